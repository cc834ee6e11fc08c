// A suite: which workloads run on which machines, and what is expected of them. docs/bench.md
// explains every key of the file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/machine/config/yaml_fields.hpp"

namespace exosim::bench {

/// What a run must come to.
struct Expectation {
  std::string exit_reason = "exit";         // `run.exit_reason` of the statistics
  std::optional<uint32_t> exit_status = 0;  // `run.exit_status`; nullopt: any
  std::optional<Placed> console;            // a file with all that the console shows
  std::optional<uint64_t> max_cycles;       // the run is ended then
};

/// What the gate grants an operation.
struct OperationRule {
  Placed name;
  double tolerance = 0;                // a share: 0.02 of what is expected
  std::optional<uint64_t> max_cycles;  // a budget, whatever is expected
};

/// How much expected.json keeps of what a workload's operations cost.
enum class Detail : uint8_t {
  kOperations,  // figures, cycles by domain and cause
  kFunctions,   // and each function's
  kLines,       // and which source lines it executed
};

/// One row of a suite. Names of files as written.
struct Workload {
  Placed name;
  std::vector<Placed> images;
  std::vector<std::pair<Placed, std::string>> sets;  // key and value of --set
  std::optional<Placed> input;
  std::vector<Placed> annotations;  // files
  bool bare = false;                // the first image runs in the kernel's place
  bool cold_all = false;            // each operation that the images declare
  std::vector<Placed> cold;         // not empty: a second point, in which these begin cold
  std::optional<Placed> folder;
  Detail detail = Detail::kLines;
  Expectation expect;
  std::vector<OperationRule> operations;

  bool has_cold() const { return cold_all || !cold.empty(); }
};

struct Suite {
  std::string description;
  std::vector<Placed> machines;
  std::vector<Placed> kernels;                    // empty: each configuration's own
  std::vector<std::pair<uint64_t, Place>> seeds;  // empty: each configuration's own
  std::vector<Placed> annotations;  // files; each for the runs that load all images it is about
  std::optional<Placed> published;
  std::vector<Workload> workloads;
};

/// Bounds, so that no file can take the host's time.
inline constexpr size_t kMaxPoints = 10'000;

/// Reads a suite. The Error holds all that is wrong: `where` is the place of the first, text() has
/// one line for each. No other file is looked at. `source` is the file's name, for places.
Result<Suite> parse_suite(std::string_view text, const std::string& source);
/// The same from a file.
Result<Suite> read_suite(const std::filesystem::path& path);

}  // namespace exosim::bench
