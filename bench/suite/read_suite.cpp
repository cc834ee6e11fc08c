// From the YAML tree to the suite, key by key.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <utility>

#include "bench/suite/suite.hpp"
#include "sim/base/quantity.hpp"
#include "sim/machine/config/config_files.hpp"
#include "sim/machine/config/messages.hpp"
#include "sim/machine/config/yaml_fields.hpp"
#include "sim/options/exit_codes.hpp"

namespace exosim::bench {
namespace {

using Names = std::string_view;
constexpr Names kSuiteKeys[] = {"description", "machines",  "kernels",  "seeds",
                                "annotations", "published", "workloads"};
constexpr Names kWorkloadKeys[] = {"name", "images", "set",    "input",  "annotations", "kernel",
                                   "cold", "folder", "detail", "expect", "operations"};
constexpr std::pair<Names, Detail> kDetails[] = {{"operations", Detail::kOperations},
                                                 {"functions", Detail::kFunctions},
                                                 {"lines", Detail::kLines}};
constexpr Names kExpectKeys[] = {"exit_status", "exit_reason", "console", "max_cycles"};
constexpr Names kOperationKeys[] = {"tolerance", "max_cycles"};

constexpr uint64_t kMaxNumber = std::numeric_limits<int64_t>::max();
constexpr std::array kReasons = {
    ExitReason::kExit,       ExitReason::kGuestPanic,       ExitReason::kGuestBug,
    ExitReason::kCycleLimit, ExitReason::kInstructionLimit, ExitReason::kDeadlock};

/// Rows of tables and names of files are made of it.
bool is_name(std::string_view text) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  return is_letter(text.front()) && std::ranges::all_of(text, [&](char c) {
           return is_letter(c) || c == '_' || c == '-' || c == '.';
         });
}

/// "2%" or "0.5%" as a share.
std::optional<double> parse_percent(std::string_view text) {
  double percent = 0;
  if (!text.ends_with('%') || text.front() < '0' || text.front() > '9') return std::nullopt;
  const char* end = text.data() + text.size() - 1;
  const auto [stop, status] = std::from_chars(text.data(), end, percent, std::chars_format::fixed);
  if (stop != end || status != std::errc() || percent > 100) return std::nullopt;
  return percent / 100;
}

class WorkloadReader {
 public:
  WorkloadReader(const YamlNode& node, std::vector<Error>& errors)
      : fields_(node, "workloads", kWorkloadKeys, errors) {}

  Workload read() {
    read_name();
    if (fields_.has("images"))
      workload_.images = fields_.texts("images", true);
    else
      workload_.images = {{workload_.name.text + ".elf", workload_.name.place}};
    read_sets();
    workload_.input = fields_.text("input");
    workload_.annotations = fields_.texts("annotations");
    read_kernel();
    read_cold();
    workload_.folder = fields_.text("folder");
    read_detail();
    read_expect();
    read_operations();
    return std::move(workload_);
  }

 private:
  void read_name() {
    const auto name = fields_.required_text("name");
    if (!name) return;
    if (!is_name(name->text))
      fields_.fail(name->place,
                   fmt::format("workloads.name: {} has other than letters, digits, _, - and .",
                               shown_text(name->text)));
    workload_.name = *name;
  }

  void read_sets() {
    const YamlNode* sets = fields_.find("set");
    if (!sets) return;
    if (!sets->is_map()) {
      fields_.fail(sets->place, fmt::format("workloads.set: expected a mapping of keys of the "
                                            "configuration to values, got {}",
                                            sets->shown()));
      return;
    }
    for (const YamlEntry& entry : sets->entries) {
      if (entry.value.is_scalar())
        workload_.sets.emplace_back(Placed{entry.key, entry.key_place}, entry.value.text);
      else
        fields_.fail(entry.value.place, fmt::format("workloads.set: {}: expected a value, got {}",
                                                    entry.key, entry.value.shown()));
    }
  }

  void read_kernel() {
    const auto kernel = fields_.text("kernel");
    workload_.bare = kernel.has_value();
    if (kernel && kernel->text != "none")
      fields_.fail(kernel->place,
                   fmt::format("workloads.kernel: expected none, for a bare image, got {}; which "
                               "kernels there are is said by the suite's kernels",
                               shown_text(kernel->text)));
  }

  void read_cold() {
    const YamlNode* cold = fields_.find("cold");
    if (!cold) return;
    workload_.cold_all = cold->is_scalar() && cold->text == "all";
    if (workload_.cold_all) return;
    if (cold->is_scalar())
      fields_.fail(cold->place, fmt::format("workloads.cold: expected all, or a list of operations,"
                                            " got {}",
                                            cold->shown()));
    else
      workload_.cold = fields_.texts("cold", *cold, false);
  }

  void read_detail() {
    const auto detail = fields_.text("detail");
    if (!detail) return;
    std::vector<std::string> names;
    for (const auto& [name, value] : kDetails) {
      if (name == detail->text) workload_.detail = value;
      names.emplace_back(name);
    }
    if (std::ranges::find(names, detail->text) == names.end())
      fields_.fail(detail->place,
                   "workloads.detail: " + unknown_name("value", detail->text, names));
  }

  void read_expect() {
    const YamlNode* node = fields_.find("expect");
    if (!node) return;
    YamlFields fields(*node, "workloads.expect", kExpectKeys, fields_.errors());
    Expectation& expect = workload_.expect;
    if (const auto reason = fields.text("exit_reason")) {
      std::vector<std::string> names;
      for (const ExitReason each : kReasons) names.emplace_back(exit_reason_name(each));
      if (std::ranges::find(names, reason->text) == names.end())
        fields.fail(reason->place,
                    "workloads.expect.exit_reason: " + unknown_name("value", reason->text, names));
      // What a panic's number means is the kernel's own; who cares, gives it.
      if (reason->text != expect.exit_reason) expect.exit_status = std::nullopt;
      expect.exit_reason = reason->text;
    }
    const auto status = fields.count("exit_status", 0, std::numeric_limits<uint32_t>::max());
    if (status) expect.exit_status = static_cast<uint32_t>(*status);
    expect.console = fields.text("console");
    expect.max_cycles = fields.count("max_cycles", 1, kMaxNumber);
  }

  void read_operations() {
    const YamlNode* operations = fields_.find("operations");
    if (!operations) return;
    if (!operations->is_map()) {
      fields_.fail(operations->place,
                   fmt::format("workloads.operations: expected a mapping of operations to what "
                               "they are granted, got {}",
                               operations->shown()));
      return;
    }
    for (const YamlEntry& entry : operations->entries) read_operation(entry);
  }

  void read_operation(const YamlEntry& entry) {
    const std::string path = "workloads.operations." + shown_text(entry.key);
    YamlFields fields(entry.value, path, kOperationKeys, fields_.errors());
    OperationRule rule{.name = {entry.key, entry.key_place}};
    if (const auto tolerance = fields.text("tolerance")) {
      const auto share = parse_percent(tolerance->text);
      if (!share)
        fields.fail(tolerance->place,
                    fmt::format("{}.tolerance: expected a share from 0% to 100%, as in 2%, got {}",
                                path, shown_text(tolerance->text)));
      rule.tolerance = share.value_or(0);
    }
    rule.max_cycles = fields.count("max_cycles", 1, kMaxNumber);
    workload_.operations.push_back(std::move(rule));
  }

  YamlFields fields_;
  Workload workload_;
};

void read_seeds(YamlFields& fields, Suite& suite) {
  for (const Placed& text : fields.texts("seeds")) {
    const Result<uint64_t> seed = parse_number(text.text);
    if (seed)
      suite.seeds.emplace_back(*seed, text.place);
    else
      fields.fail(text.place, "seeds: " + seed.error().message);
  }
}

void read_workloads(YamlFields& fields, Suite& suite) {
  const YamlNode* list = fields.find("workloads");
  if (!list) return;
  if (!list->is_list() || list->members.empty()) {
    fields.fail(list->place,
                fmt::format("workloads: expected a list of workloads, as in [{{name: hello}}], "
                            "got {}",
                            list->is_list() ? "an empty one" : list->shown()));
    return;
  }
  std::set<std::string> names;
  for (const YamlNode& member : list->members) {
    Workload workload = WorkloadReader(member, fields.errors()).read();
    if (!names.insert(workload.name.text).second && !workload.name.text.empty())
      fields.fail(workload.name.place, fmt::format("workloads.name: {} is there already",
                                                   shown_text(workload.name.text)));
    suite.workloads.push_back(std::move(workload));
  }
}

void check_number_of_points(const YamlNode& root, const Suite& suite, std::vector<Error>& errors) {
  const size_t points = 2 * suite.workloads.size() * suite.machines.size() *
                        std::max<size_t>(suite.kernels.size(), 1) *
                        std::max<size_t>(suite.seeds.size(), 1);
  if (points > kMaxPoints)
    errors.push_back({root.place.text(), fmt::format("a suite of more than {} runs", kMaxPoints)});
}

Suite read(const YamlNode& root, std::vector<Error>& errors) {
  YamlFields fields(root, "", kSuiteKeys, errors);
  Suite suite;
  if (const auto description = fields.text("description")) suite.description = description->text;
  for (const char* key : {"machines", "workloads"})
    if (root.is_map() && !fields.has(key))
      fields.fail(root.place, fmt::format("{} is missing: expected a list", key));
  suite.machines = fields.texts("machines");
  suite.kernels = fields.texts("kernels");
  read_seeds(fields, suite);
  suite.annotations = fields.texts("annotations");
  suite.published = fields.text("published");
  read_workloads(fields, suite);
  check_number_of_points(root, suite, errors);
  return suite;
}

}  // namespace

Result<Suite> parse_suite(std::string_view text, const std::string& source) {
  std::vector<Error> errors;
  const std::optional<YamlNode> root = parse_yaml(text, source, true, errors);
  if (!root) return all_in_one(errors);
  Suite suite = read(*root, errors);
  if (!errors.empty()) return all_in_one(errors);
  return suite;
}

Result<Suite> read_suite(const std::filesystem::path& path) {
  const Result<std::string> text = read_config_file(path);
  if (!text) return Error{path.string(), text.error().message};
  return parse_suite(*text, path.string());
}

}  // namespace exosim::bench
