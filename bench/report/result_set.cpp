// See result_set.hpp.
#include "bench/report/result_set.hpp"

#include <fmt/format.h>

#include <charconv>
#include <set>
#include <system_error>

#include "sim/base/file.hpp"

namespace exosim::bench {

namespace fs = std::filesystem;

namespace {

using nlohmann::ordered_json;

constexpr uint64_t kMaxResultBytes = uint64_t{1} << 30;

Result<std::string> text_of(const fs::path& path) {
  const auto bytes = read_file(path, kMaxResultBytes);
  if (!bytes) return bytes.error();
  return std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size());
}

/// Members of one JSON object. What is missing or of another type is noted, and reads as empty.
class Members {
 public:
  explicit Members(const ordered_json& json) : json_(json) {}

  std::string text(const char* name) { return get<std::string>(name, &ordered_json::is_string); }
  bool flag(const char* name) { return get<bool>(name, &ordered_json::is_boolean); }
  uint64_t number(const char* name) {
    return get<uint64_t>(name, &ordered_json::is_number_unsigned);
  }
  ordered_json list(const char* name) { return get<ordered_json>(name, &ordered_json::is_array); }
  /// Empty if it is null.
  std::string text_or_null(const char* name) {
    return json_.is_object() && json_.contains(name) && json_[name].is_null() ? "" : text(name);
  }
  std::vector<std::string> texts(const char* name) {
    std::vector<std::string> all;
    for (const ordered_json& each : list(name)) {
      if (each.is_string())
        all.push_back(each.get<std::string>());
      else
        fail(name);
    }
    return all;
  }
  const std::optional<std::string>& wrong() const { return wrong_; }

 private:
  template <class T>
  T get(const char* name, bool (ordered_json::*is_right)() const noexcept) {
    if (json_.is_object() && json_.contains(name) && (json_[name].*is_right)())
      return json_[name].get<T>();
    fail(name);
    return T();
  }
  void fail(const char* name) {
    if (!wrong_) wrong_ = name;
  }

  const ordered_json& json_;
  std::optional<std::string> wrong_;
};

Result<std::monostate> take_published(ResultSet& set, const fs::path& path,
                                      std::optional<std::string> workload) {
  auto operations = read_published(path);
  if (!operations) return operations.error();
  set.published.push_back({std::move(workload), std::move(*operations)});
  return std::monostate{};
}

class SetReader {
 public:
  explicit SetReader(fs::path folder) : folder_(std::move(folder)) {}

  Result<ResultSet> read() {
    std::error_code ignored;
    if (!fs::is_directory(folder_, ignored))
      return Error{folder_.string(),
                   fs::exists(folder_, ignored) ? "is no folder" : "no such folder"};
    if (!fs::exists(suite_path(), ignored))
      return Error{folder_.string(), "has no suite.json: no folder of exosim-bench run"};
    const auto text = text_of(suite_path());
    if (!text) return text.error();
    const ordered_json suite = ordered_json::parse(*text, nullptr, false);
    if (!suite.is_object() || suite.value("schema", ordered_json()) != "exosim-suite")
      return damaged("is no suite as exosim-bench run writes it");
    if (suite.value("version", ordered_json()) != 1)
      return damaged("is of another version of exosim-bench");
    if (auto error = read_suite(suite)) return *error;
    return std::move(set_);
  }

 private:
  fs::path suite_path() const { return folder_ / "suite.json"; }
  Error damaged(const std::string& why) const { return {suite_path().string(), why}; }

  std::optional<Error> read_suite(const ordered_json& suite) {
    Members members(suite);
    set_.folder = folder_.string();
    set_.name = members.text("name");
    set_.description = members.text("description");
    const ordered_json points = members.list("points");
    const ordered_json workloads = members.list("workloads");
    set_.published_file = members.text_or_null("published");
    if (members.wrong()) return damaged("is damaged: " + *members.wrong());
    if (points.empty()) return damaged("has no points");
    std::vector<Error> broken;
    for (const ordered_json& point : points)
      if (auto error = read_point(point, broken)) return error;
    if (!broken.empty()) return not_whole(broken, points.size());
    if (set_.points.empty())
      return Error{folder_.string(), "has no results; the exosim-bench run that made it adds them"};
    for (const ordered_json& workload : workloads)
      if (auto error = read_workload(workload)) return error;
    return std::nullopt;
  }

  std::optional<Error> read_point(const ordered_json& json, std::vector<Error>& broken) {
    Members members(json);
    const std::string key = members.text("key");
    ReportPoint point;
    std::tie(point.workload, point.placement) = split_placement(members.text("workload"));
    const auto [kernel, placement] = split_placement(members.text("kernel"));
    point.kernel = kernel;
    if (point.placement == 0) point.placement = placement;
    point.machine = members.text("machine");
    point.seed = members.number("seed");
    point.cold = members.flag("cold");
    point.command = members.texts("command");
    for (const ordered_json& input : members.list("inputs")) {
      Members fields(input);
      point.inputs.emplace_back(fields.text("role") + " " + fields.text("name"),
                                fields.text("sha256"));
      if (fields.wrong()) return damaged("is damaged: points.inputs." + *fields.wrong());
    }
    if (members.wrong()) return damaged("is damaged: points." + *members.wrong());
    if (key.find('/') != key.npos) return damaged("is damaged: points.key");
    std::error_code ignored;
    if (!fs::exists(point_path(key), ignored)) {
      set_.missing.push_back(point.label());
      return std::nullopt;
    }
    auto result = read_result(key);
    if (!result) {
      broken.push_back({point.label(), result.error().text()});
      return std::nullopt;
    }
    point.result = std::move(*result);
    point.result.profile = nullptr;  // most of it, and nothing that a report shows
    point.clock_hz = point.result.stats["run"]["clock_hz"].get<double>();
    if (point.clock_hz <= 0) return damaged("a point's run.clock_hz is not above 0");
    set_.points.push_back(std::move(point));
    return std::nullopt;
  }

  fs::path point_path(const std::string& key) const { return folder_ / "points" / (key + ".json"); }

  Result<PointResult> read_result(const std::string& key) const {
    const fs::path path = point_path(key);
    const auto text = text_of(path);
    if (!text) return text.error();
    auto result = parse_result(*text, key);
    if (!result) return Error{path.string(), result.error().text()};
    return result;
  }

  Error not_whole(const std::vector<Error>& broken, size_t points) const {
    constexpr size_t kShown = 3;
    std::string text = fmt::format(
        "the results of {} of {} points are not whole; the exosim-bench run that made the folder, "
        "once more, replaces them",
        broken.size(), points);
    for (size_t index = 0; index < std::min(kShown, broken.size()); ++index)
      text += "\n  " + broken[index].text();
    if (broken.size() > kShown) text += fmt::format("\n  and {} more", broken.size() - kShown);
    return {folder_.string(), text};
  }

  std::optional<Error> read_workload(const ordered_json& json) {
    Members members(json);
    const std::string name = members.text("name");
    const std::string folder = members.text_or_null("folder");
    if (members.wrong()) return damaged("is damaged: workloads." + *members.wrong());
    if (!folder.empty()) set_.folders.emplace_back(name, folder);
    return std::nullopt;
  }

  const fs::path folder_;
  ResultSet set_;
};

}  // namespace

std::string ReportPoint::label() const {
  return fmt::format(
      "{} {} {}{}{}{}", workload, machine, kernel, seed == 1 ? "" : fmt::format(" seed {}", seed),
      placement == 0 ? "" : fmt::format(" placement {}", placement), cold ? " cold" : "");
}

std::pair<std::string, unsigned> split_placement(const std::string& name) {
  constexpr std::string_view kWord = ".placement";
  const size_t at = name.rfind(kWord);
  if (at == name.npos) return {name, 0};
  const char* end = name.data() + name.size();
  unsigned number = 0;
  const auto [stop, status] = std::from_chars(name.data() + at + kWord.size(), end, number);
  if (status != std::errc() || stop != end) return {name, 0};
  return {name.substr(0, at), number};
}

Result<ResultSet> read_result_set(const fs::path& folder) { return SetReader(folder).read(); }

Result<std::monostate> add_published(ResultSet& set, const std::optional<std::string>& file) {
  if (file) return take_published(set, *file, {});
  std::set<fs::path> taken;
  for (const auto& [workload, folder] : set.folders) {
    const fs::path path = (fs::path(folder) / "published.yaml").lexically_normal();
    std::error_code ignored;
    if (!fs::exists(path, ignored)) continue;
    taken.insert(path);
    if (auto added = take_published(set, path, workload); !added) return added;
  }
  const fs::path path = fs::path(set.published_file).lexically_normal();
  if (path.empty() || taken.contains(path)) return std::monostate{};
  auto added = take_published(set, path, {});
  std::error_code ignored;
  if (added || fs::exists(path, ignored)) return added;
  return Error{added.error().where,
               added.error().message +
                   "; the suite's files are looked for from the folder in which "
                   "it was run; --published FILE names another"};
}

}  // namespace exosim::bench
