// How long the operations take that images declare by markers (isa/markers.h): samples of cycles
// and instructions from the first instruction after BEGIN to the last before END.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sim/observe/code_map.hpp"
#include "sim/observe/cycle_causes.hpp"
#include "sim/observe/distribution.hpp"
#include "sim/observe/observer.hpp"
#include "sim/observe/word_map.hpp"

namespace exosim {

/// The figures of one operation of one image (of all environments that run it, together).
struct OperationRow {
  std::string name;
  std::string image;
  uint64_t count = 0;  // completed
  uint64_t cold = 0;   // of these, begun with empty caches and TLB
  Summary cycles;
  Summary instructions;
  CauseTotals causes;       // of the completed ones together: they add up to cycles.total
  uint64_t unfinished = 0;  // BEGIN without END
  uint64_t unmatched = 0;   // END without BEGIN
};

/// Watches the markers' addresses. A marker fires at the begin cycle of the step that completes the
/// instruction at its address; one that faults and is restarted fires once. Markers at one address
/// fire in section order. BEGIN and END nest, apart for each operation and, in applications, for
/// each address space identifier, so that environments that run the same operation do not mix;
/// passages may end in another environment than they began in. One
/// that begins cold begins where the machine has emptied the caches: what the fetch of its first
/// instruction takes is its own. (If a program ends within that fetch, and another gets its address
/// space identifier, the other's first sample begins there.)
class Operations final : public Observer {
 public:
  /// All images must be in `code`, which must outlive this.
  explicit Operations(const CodeMap& code);

  void on_retired(Cycles begin, const StepCost& cost, const Retired& retired) override;
  void on_cold_start(Cycles now, PhysAddr site, unsigned asid) override;
  /// As of now: operations in progress count as unfinished. Those that never began or ended are
  /// left out. Images in the order of loading, names sorted.
  std::vector<OperationRow> rows() const;
  /// The clock by cause: of all steps, inside and outside of operations.
  const CauseTotals& causes() const { return causes_; }

 private:
  struct Operation {
    std::string name;
    std::string image;
    uint64_t cold = 0;
    Distribution cycles;
    Distribution instructions;
    CauseTotals causes;
    uint64_t unfinished = 0;
    uint64_t unmatched = 0;
  };
  struct Action {
    bool begins;
    bool is_of_environment;  // its BEGIN and END are in one address space
    size_t operation;        // in operations_
  };
  struct Start {
    Cycles cycle;
    uint64_t instructions;
    CauseTotals causes;
    bool cold;
  };
  /// Operations in progress of one key, the innermost last.
  using Nest = std::deque<Start>;
  using NestKey = std::pair<size_t, unsigned>;  // operation, address space

  size_t operation_of(const ImageInfo& image, const std::string& name);
  void watch(const CodeRange& range, const Marker& marker);
  static NestKey nest_of(const Action& action, unsigned asid);
  void fire(const Action& action, Cycles now, unsigned asid);
  void finish(Operation& operation, Nest& nest, Cycles now);

  WordMap<uint32_t> sites_;                   // 1 + index in actions_; 0: not watched
  std::vector<std::vector<Action>> actions_;  // of one address, in section order
  std::vector<Operation> operations_;         // in the order of rows()
  std::map<std::pair<std::string, std::string>, size_t> numbers_;  // by image and name
  std::map<NestKey, Nest> nests_;
  std::map<NestKey, Start> cold_starts_;  // whose first instruction has not completed
  uint64_t instructions_ = 0;
  CauseTotals causes_;  // before a step's markers fire: of all steps before it
};

}  // namespace exosim
