// Operations on the timeline: each from its BEGIN to its END, under the environment that began it.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "sim/observe/ledger/ledger.hpp"
#include "sim/observe/ledger/operations.hpp"
#include "sim/observe/profile/trace_events.hpp"

namespace exosim {

/// Listens to the ledger's operations. Those that are open when writing starts are begun then;
/// those that are when it stops are ended then.
class OperationTracks final : public OperationListener {
 public:
  /// The groups of tracks from this number on are for the owners.
  static constexpr unsigned kFirstGroup = 16;

  /// Both must outlive this. What happens later than `last` is left out.
  OperationTracks(TraceEvents& events, const Ledger& ledger, Cycles last)
      : events_(events), ledger_(ledger), last_(last) {}

  void begin_cold(uint32_t /*operation*/, uint64_t /*whose*/, Cycles /*at*/) override {}
  void begin(uint32_t operation, uint64_t whose, uint64_t number, Cycles at, bool is_cold) override;
  void end(uint64_t number, Cycles at, bool is_completed) override;

  void start(Cycles at);
  void stop(Cycles at);

 private:
  struct Open {
    std::string name;
    uint32_t owner;
  };
  void write_begin(uint64_t number, const Open& open, Cycles at);
  void write_end(uint64_t number, const Open& open, Cycles at);

  TraceEvents& events_;
  const Ledger& ledger_;
  const Cycles last_;
  bool is_writing_ = false;
  std::set<uint32_t> owners_;      // that have a group
  std::map<uint64_t, Open> open_;  // by number; the ledger bounds how many
};

}  // namespace exosim
