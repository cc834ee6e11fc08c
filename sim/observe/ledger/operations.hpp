// How long the operations take that images declare by markers (isa/markers.h): samples of cycles
// and instructions from the first instruction after BEGIN to the last before END.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sim/observe/code_map.hpp"
#include "sim/observe/distribution.hpp"
#include "sim/observe/ledger/cycle_table.hpp"
#include "sim/observe/word_map.hpp"

namespace exosim {

/// One completed occurrence.
struct OperationSample {
  uint64_t cycles;
  bool cold;

  friend bool operator==(const OperationSample&, const OperationSample&) = default;
};

/// The figures of one operation of one image (of all environments that run it, together).
struct OperationRow {
  std::string name;
  std::string image;
  uint64_t count = 0;  // completed
  uint64_t cold = 0;   // of these, begun with empty caches and TLB
  Summary cycles;
  Summary instructions;
  CycleTable table;         // of the completed ones together: it adds up to cycles.total
  uint64_t unfinished = 0;  // BEGIN without END
  uint64_t unmatched = 0;   // END without BEGIN
  std::vector<OperationSample> samples;  // in the order of completion, if they were to be kept
};

/// The clock and the ledger's totals before a step.
struct Moment {
  Cycles now;
  uint64_t instructions;
  const CycleTable& table;
};

/// Is told of what begins and ends, before the step at whose beginning it does.
class OperationListener {
 public:
  virtual ~OperationListener() = default;
  /// `operation` of `whose` begins cold at `at`, if a begin() with `is_cold` follows; or is said to
  /// once more.
  virtual void begin_cold(uint32_t operation, uint64_t whose, Cycles at) = 0;
  /// `number` is another each time.
  virtual void begin(uint32_t operation, uint64_t whose, uint64_t number, Cycles at,
                     bool is_cold) = 0;
  /// Or is forgotten, without having been completed.
  virtual void end(uint64_t number, Cycles at, bool is_completed) = 0;
};

/// Operations in progress and completed. A marker fires at the begin cycle of the step that
/// completes the instruction at its address; one that faults and is restarted fires once. Markers
/// at one address fire in section order. BEGIN and END nest, apart for each operation and, in
/// applications, for each owner, so that environments that run the same operation do not mix;
/// passages may end in another environment than they began in. One that begins cold begins where
/// the machine has emptied the caches: what the fetch of its first instruction takes is its own.
/// (If a program ends within that fetch, and another gets its number, the other's first sample
/// begins there.)
class Operations {
 public:
  enum class Samples : uint8_t { kSummarize, kKeep };
  /// Of all operations that the images declare: images in the order of loading, names sorted.
  using Index = uint32_t;
  static constexpr Index kNone = ~Index{0};

  /// All images must be in `code`, which must outlive this.
  Operations(const CodeMap& code, Samples samples);

  /// `listener` must outlive this.
  void listen(OperationListener& listener) { listeners_.push_back(&listener); }
  /// Where markers stand.
  const std::vector<PhysAddr>& addresses() const { return addresses_; }
  /// Not 0: markers stand at this address.
  uint32_t site_at(PhysAddr address) const { return sites_.get(address); }
  /// The instruction at `site` completes, run by `owner`.
  void fire(uint32_t site, uint32_t owner, const Moment& moment);
  /// The operations that begin at `address` begin now, if the next instruction is completed there.
  void begin_cold(PhysAddr address, uint32_t owner, const Moment& moment);

  /// Those in progress that what `owner` runs belongs to, in the order in which they began.
  std::vector<Index> open_for(uint32_t owner) const;
  /// The last of these, or kNone.
  Index innermost(uint32_t owner) const;

  const std::string& name(Index operation) const { return operations_[operation].name; }
  const std::string& image(Index operation) const { return operations_[operation].image; }
  size_t size() const { return operations_.size(); }
  /// As of now: operations in progress count as unfinished. Those that never began or ended are
  /// left out. Images in the order of loading, names sorted.
  std::vector<OperationRow> rows() const;

 private:
  struct Operation {
    std::string name;
    std::string image;
    uint64_t cold = 0;
    Distribution cycles;
    Distribution instructions;
    CycleTable table;
    uint64_t unfinished = 0;
    uint64_t unmatched = 0;
    std::vector<OperationSample> samples;
  };
  struct Action {
    bool begins;
    bool is_of_environment;  // its BEGIN and END are in one environment
    Index operation;
  };
  struct Start {
    Cycles cycle;
    uint64_t instructions;
    CycleTable table;
    bool cold;
  };
  struct Open {
    Index operation;
    uint64_t order;  // of all that began
    Start start;
  };
  using Place = std::pair<Index, uint64_t>;  // operation, whose

  Index operation_of(const ImageInfo& image, const std::string& name);
  void watch(const CodeRange& range, const Marker& marker);
  static uint64_t whose(const Action& action, uint32_t owner);
  void begin(const Action& action, uint64_t whose, const Moment& moment);
  void end(const Action& action, uint64_t whose, const Moment& moment);
  void complete(Operation& operation, const Start& start, const Moment& moment);
  const std::vector<Open>& stack(uint64_t whose) const;

  Samples keeps_;
  WordMap<uint32_t> sites_;                   // 1 + index in actions_; 0: not watched
  std::vector<PhysAddr> addresses_;           // of the sites
  std::vector<std::vector<Action>> actions_;  // of one address, in section order
  std::vector<Operation> operations_;         // in the order of rows()
  std::map<std::pair<std::string, std::string>, Index> numbers_;  // by image and name
  std::map<uint64_t, std::vector<Open>> stacks_;                  // the innermost last
  std::map<Place, Start> cold_starts_;  // whose first instruction has not completed
  std::vector<OperationListener*> listeners_;
  uint64_t begun_ = 0;
  size_t open_ = 0;  // in all stacks
};

}  // namespace exosim
