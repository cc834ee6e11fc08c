// See suite_run.hpp.
#include "bench/run/suite_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <span>
#include <utility>

#include "bench/run/process_pool.hpp"
#include "bench/suite/points.hpp"
#include "sim/base/file.hpp"

namespace exosim::bench {

namespace fs = std::filesystem;

namespace {

using How = PointOutcome::How;

constexpr uint64_t kMaxOutputBytes = uint64_t{64} << 20;  // of a console, of messages

Result<std::string> read_text(const fs::path& path, uint64_t max_bytes) {
  const auto bytes = read_file(path, max_bytes);
  if (!bytes) return bytes.error();
  return std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size());
}

/// What exosim leaves behind while it runs.
struct Outputs {
  fs::path console;
  fs::path messages;
  fs::path stats;
  fs::path profile;

  Outputs(const ResultsFolder& folder, const Point& point)
      : console(folder.scratch() / (point.key + ".console")),
        messages(folder.scratch() / (point.key + ".messages")),
        stats(folder.scratch() / (point.key + ".stats.json")),
        profile(folder.scratch() / (point.key + ".profile.json")) {}
  void remove() const {
    std::error_code ignored;
    for (const fs::path& path : {console, messages, stats, profile}) fs::remove(path, ignored);
  }
};

Task task_of(const Point& point, const Outputs& outputs) {
  Task task{point.command, outputs.console, outputs.messages};
  const std::vector<std::string> options = {"--quiet",   "--samples",
                                            "--stats",   outputs.stats.string(),
                                            "--profile", outputs.profile.string()};
  task.command.insert(task.command.begin() + 1, options.begin(), options.end());
  return task;
}

std::string end_text(const TaskEnd& end) {
  switch (end.how) {
    case TaskEnd::How::kSignal:
      return fmt::format("exosim was ended by signal {} ({})", end.number, strsignal(end.number));
    case TaskEnd::How::kTimeout:
      return "exosim took longer than --timeout allows, and was ended";
    case TaskEnd::How::kNotStarted:
      return fmt::format("exosim could not be started: {}", std::strerror(end.number));
    case TaskEnd::How::kExited:
      break;
  }
  return fmt::format("exosim ended with exit status {} and wrote no statistics", end.number);
}

/// The result of a run that has ended; the Error says why it has none.
Result<PointResult> collect(const Outputs& outputs, const TaskEnd& end) {
  if (end.how != TaskEnd::How::kExited) return Error{{}, end_text(end)};
  const auto stats = read_text(outputs.stats, uint64_t{1} << 30);
  if (!stats) return Error{{}, end_text(end)};
  PointResult result;
  result.exit_status = end.number;
  result.stats = nlohmann::ordered_json::parse(*stats, nullptr, false);
  if (!is_statistics(result.stats)) return Error{{}, end_text(end)};
  const auto profile = read_text(outputs.profile, uint64_t{1} << 30);
  if (!profile) return Error{{}, "the profile: " + profile.error().message};
  result.profile = nlohmann::ordered_json::parse(*profile, nullptr, false);
  if (!is_profile(result.profile)) return Error{{}, "the profile is not what exosim writes"};
  auto console = read_text(outputs.console, kMaxOutputBytes);
  if (!console) return Error{{}, "the console's output: " + console.error().message};
  auto messages = read_text(outputs.messages, kMaxOutputBytes);
  if (!messages) return Error{{}, "exosim's messages: " + messages.error().message};
  result.console = std::move(*console);
  result.messages = std::move(*messages);
  return result;
}

class SuiteRun final : public PoolListener {
 public:
  SuiteRun(const std::vector<Point>& points, const std::vector<Expected>& expected,
           const ResultsFolder& folder, RunDisplay& display)
      : points_(points), expected_(expected), folder_(folder), display_(display) {
    outcome_.points.resize(points.size());
  }

  Result<SuiteOutcome> run(const RunOptions& options) {
    std::vector<Task> tasks;
    for (size_t index = 0; index < points_.size(); ++index) {
      const auto [first, is_first] = first_of_.try_emplace(points_[index].key, index);
      if (!is_first || (!options.force && take_cached(index))) continue;
      to_run_.push_back(index);
      tasks.push_back(task_of(points_[index], Outputs(folder_, points_[index])));
    }
    progress_ = {points_.size() - to_run_.size(), points_.size(), to_run_.size(), 0, {}};
    outcome_.stopped_by = run_tasks(tasks, {options.jobs, options.timeout}, *this);
    display_.clear();
    if (lost_) return *lost_;
    for (size_t index = 0; index < points_.size(); ++index) copy_first(index);
    return std::move(outcome_);
  }

 private:
  void started(size_t task) override {
    progress_.running.push_back(points_[to_run_[task]].label());
    display_.update(progress_);
  }

  bool ended(size_t task, TaskEnd end) override {
    const size_t index = to_run_[task];
    const Point& point = points_[index];
    std::erase(progress_.running, point.label());
    ++progress_.ran;
    ++progress_.done;
    const Outputs outputs(folder_, point);
    keep(index, outputs, collect(outputs, end));
    outputs.remove();
    const PointOutcome& outcome = outcome_.points[index];
    display_.ended(point.label(), outcome.wrong.empty() ? "as expected" : outcome.wrong);
    display_.update(progress_);
    return !lost_;
  }

  void tick() override { display_.update(progress_); }

  void keep(size_t index, const Outputs& outputs, const Result<PointResult>& result) {
    if (!result) {
      outcome_.points[index] = {How::kFailed, result.error().message,
                                messages_of_failed(outputs.messages)};
      return;
    }
    if (const auto written = folder_.write(points_[index], *result); !written && !lost_)
      lost_ = written.error();
    judge(index, How::kRan, *result);
  }

  static std::string messages_of_failed(const fs::path& path) {
    auto messages = read_text(path, kMaxOutputBytes);
    return messages ? std::move(*messages) : std::string();
  }

  bool take_cached(size_t index) {
    const auto result = folder_.read(points_[index]);
    if (result) judge(index, How::kCached, *result);
    return result.has_value();
  }

  void judge(size_t index, How how, const PointResult& result) {
    const auto wrong = unexpected(expected_[points_[index].of_workload], result);
    outcome_.points[index] = {how, wrong.value_or(""), wrong ? result.messages : ""};
  }

  /// A point that is the same run as an earlier one; what is expected of it may be another thing.
  void copy_first(size_t index) {
    const size_t first = first_of_.at(points_[index].key);
    if (first == index) return;
    const auto result = folder_.read(points_[index]);
    if (result)
      judge(index, How::kCached, *result);
    else
      outcome_.points[index] = outcome_.points[first];
  }

  const std::vector<Point>& points_;
  const std::vector<Expected>& expected_;
  const ResultsFolder& folder_;
  RunDisplay& display_;
  std::map<std::string, size_t> first_of_;  // by key
  std::vector<size_t> to_run_;              // the tasks' points
  SuiteProgress progress_;
  SuiteOutcome outcome_;
  std::optional<Error> lost_;
};

}  // namespace

size_t SuiteOutcome::count(How how) const {
  return static_cast<size_t>(std::ranges::count(points, how, &PointOutcome::how));
}

size_t SuiteOutcome::wrong() const {
  return static_cast<size_t>(std::ranges::count_if(
      points, [](const PointOutcome& point) { return !point.wrong.empty(); }));
}

Result<std::vector<Expected>> read_expectations(const Suite& suite, const fs::path& suite_path) {
  std::vector<Expected> all;
  for (const Workload& workload : suite.workloads) {
    Expected expected{workload.expect, std::nullopt};
    if (const auto& console = workload.expect.console) {
      auto text = read_text(beside_suite(suite_path, console->text), kMaxOutputBytes);
      if (!text) return Error{console->place.text(), text.error().text()};
      expected.console = std::move(*text);
    }
    all.push_back(std::move(expected));
  }
  return all;
}

Result<SuiteOutcome> run_points(const std::vector<Point>& points,
                                const std::vector<Expected>& expected, const RunOptions& options,
                                const ResultsFolder& folder, RunDisplay& display) {
  return SuiteRun(points, expected, folder, display).run(options);
}

}  // namespace exosim::bench
