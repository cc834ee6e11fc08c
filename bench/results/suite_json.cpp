// See suite_json.hpp.
#include "bench/results/suite_json.hpp"

#include <nlohmann/json.hpp>
#include <optional>

#include "bench/suite/places.hpp"
#include "bench/suite/points.hpp"

namespace exosim::bench {
namespace {

using nlohmann::ordered_json;

class SuiteWriter {
 public:
  explicit SuiteWriter(const std::filesystem::path& path) : path_(path) {}

  ordered_json suite(const Suite& suite, const std::vector<Point>& points) const {
    ordered_json json = {{"schema", "exosim-suite"},           {"version", 1},
                         {"name", path_.stem().string()},      {"file", shown_path(path_)},
                         {"description", suite.description},   {"published", file(suite.published)},
                         {"workloads", ordered_json::array()}, {"points", ordered_json::array()}};
    for (const Workload& workload : suite.workloads)
      json["workloads"].push_back(this->workload(workload));
    for (const Point& each : points) json["points"].push_back(point(each));
    return json;
  }

 private:
  /// null if the suite names none.
  ordered_json file(const std::optional<Placed>& named) const {
    if (!named) return nullptr;
    return shown_path(beside_suite(path_, named->text));
  }

  ordered_json workload(const Workload& workload) const {
    auto operations = ordered_json::object();
    for (const OperationRule& rule : workload.operations)
      operations[rule.name.text] = {{"tolerance", rule.tolerance},
                                    {"max_cycles", or_null(rule.max_cycles)}};
    const Expectation& expect = workload.expect;
    return {{"name", workload.name.text},
            {"folder", file(workload.folder)},
            {"expect",
             {{"exit_reason", expect.exit_reason},
              {"exit_status", or_null(expect.exit_status)},
              {"console", file(expect.console)},
              {"max_cycles", or_null(expect.max_cycles)}}},
            {"operations", operations}};
  }

  static ordered_json point(const Point& point) {
    auto inputs = ordered_json::array();
    for (const InputFile& input : point.inputs)
      inputs.push_back({{"role", input.role},
                        {"name", input.name},
                        {"file", input.path.string()},
                        {"sha256", input.sha256}});
    return {{"key", point.key},         {"workload", point.workload},
            {"machine", point.machine}, {"kernel", point.kernel},
            {"seed", point.seed},       {"cold", point.cold},
            {"command", point.command}, {"inputs", inputs}};
  }

  template <class T>
  static ordered_json or_null(const std::optional<T>& value) {
    return value ? ordered_json(*value) : ordered_json();
  }

  const std::filesystem::path& path_;
};

}  // namespace

std::string suite_json(const Suite& suite, const std::filesystem::path& suite_path,
                       const std::vector<Point>& points) {
  return json_text(SuiteWriter(suite_path).suite(suite, points), 1) + '\n';
}

}  // namespace exosim::bench
