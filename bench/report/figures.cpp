// See figures.hpp.
#include "bench/report/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "bench/report/series.hpp"

namespace exosim::bench {
namespace {

using nlohmann::ordered_json;

/// Names come from guest images: what a terminal would act on is replaced.
std::string printable(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  return text;
}

/// Fills the numbers of the samples that began cold, or of those that did not.
bool take_samples(const ordered_json& row, bool cold, Measured& measured) {
  const ordered_json samples = row.value("samples", ordered_json());
  const auto all = row["count"].get<uint64_t>();
  const auto all_cold = row["cold"].get<uint64_t>();
  std::vector<uint64_t> cycles;
  if (samples.is_object()) {
    for (size_t index = 0; index < samples["cycles"].size(); ++index)
      if ((samples["cold"][index].get<uint64_t>() != 0) == cold)
        cycles.push_back(samples["cycles"][index].get<uint64_t>());
  } else if (all != 0 && all_cold == (cold ? all : 0)) {
    const ordered_json& figures = row["cycles"];
    measured.min = figures["min"].get<uint64_t>();
    measured.median = figures["median"].get<uint64_t>();
    measured.max = figures["max"].get<uint64_t>();
    measured.count = all;
    return true;
  }
  if (cycles.empty()) return false;
  std::ranges::sort(cycles);
  measured.count = cycles.size();
  measured.min = cycles.front();
  measured.median = cycles[(cycles.size() + 1) / 2 - 1];
  measured.max = cycles.back();
  return true;
}

void take_means(const ordered_json& row, Measured& measured) {
  const double count = row["count"].get<double>();
  measured.mean = row["cycles"]["total"].get<double>() / count;
  measured.is_mixed = row["cold"] != 0 && row["cold"] != row["count"];
  for (const auto& [domain, causes] : row["ledger"].items())
    for (const auto& [cause, cycles] : causes.items()) {
      measured.domains[domain] += cycles.get<double>() / count;
      measured.causes[cause] += cycles.get<double>() / count;
    }
}

std::optional<Measured> measured_of(const ordered_json& row, bool cold, size_t run) {
  Measured measured{.run = run};
  if (row["count"] == 0 || !row["cycles"].is_object() || !row["ledger"].is_object())
    return std::nullopt;
  if (!take_samples(row, cold, measured)) return std::nullopt;
  take_means(row, measured);
  return measured;
}

std::string image_of(const std::string& name, const ReportPoint& point) {
  const std::string stem = name.ends_with(".elf") ? name.substr(0, name.size() - 4) : name;
  const std::string unplaced = split_placement(stem).first;
  return unplaced == point.kernel ? "kernel" : printable(unplaced);
}

/// Operations that were never completed have none.
bool has_figures(const WarmAndCold& both) { return both.warm.built || both.cold.built; }

class FiguresMaker {
 public:
  explicit FiguresMaker(const ResultSet& set) : set_(set) {}

  Figures run() {
    for (const ReportPoint& point : set_.points) {
      add_setting(point);
      if (std::ranges::find(figures_.workloads, point.workload) == figures_.workloads.end())
        figures_.workloads.push_back(point.workload);
    }
    for (size_t run = 0; run < set_.points.size(); ++run) add_point(run);
    for (auto& [key, row] : rows_)
      if (std::ranges::any_of(row.settings, has_figures)) figures_.rows.push_back(std::move(row));
    mark_series(figures_.rows);
    return std::move(figures_);
  }

 private:
  /// Position of the workload, and of the operation among the published; image, name without its
  /// number, number, name.
  using Key = std::tuple<size_t, size_t, std::string, std::string, uint64_t, std::string>;

  void add_setting(const ReportPoint& point) {
    const Setting setting{point.machine, point.kernel, point.seed, point.clock_hz,
                          figures_.settings.size()};
    if (std::ranges::find(figures_.settings, setting) == figures_.settings.end())
      figures_.settings.push_back(setting);
  }

  const PublishedOperation* published(const std::string& workload, const std::string& name,
                                      size_t& position) const {
    position = 0;
    for (const PublishedFile& file : set_.published) {
      if (file.workload && *file.workload != workload) continue;
      for (const PublishedOperation& row : file.operations) {
        if (row.operation == name) return &row;
        ++position;
      }
    }
    return nullptr;
  }

  OperationRow& row_of(const ReportPoint& point, const std::string& image,
                       const std::string& operation) {
    const auto workload = std::ranges::find(figures_.workloads, point.workload);
    size_t position = 0;
    const PublishedOperation* theirs = published(point.workload, operation, position);
    const NumberedName name(operation);
    const Key key{
        workload - figures_.workloads.begin(), position, image, name.name, name.number, operation};
    OperationRow& row = rows_[key];
    row.workload = point.workload;
    row.image = image;
    row.operation = operation;
    row.published = theirs;
    row.settings.resize(figures_.settings.size());
    return row;
  }

  void add_point(size_t run) {
    const ReportPoint& point = set_.points[run];
    const Setting setting{point.machine, point.kernel, point.seed};
    const auto at = std::ranges::find(figures_.settings, setting) - figures_.settings.begin();
    for (const ordered_json& json : point.result.stats["operations"]) {
      const std::string image = image_of(json["image"].get<std::string>(), point);
      const std::string name = printable(json["name"].get<std::string>());
      OperationRow& row = row_of(point, image, name);
      WarmAndCold& figures = row.settings[static_cast<size_t>(at)];
      if (!point.cold) take(json, false, run, figures.warm);
      // A source can ask for a cold begin, too; who asks the suite, means that.
      take(json, true, run, figures.cold);
    }
  }

  void take(const ordered_json& json, bool cold, size_t run, Measurements& to) const {
    auto measured = measured_of(json, cold, run);
    if (!measured) return;
    const ReportPoint& point = set_.points[run];
    if (point.placement != 0)
      to.placed.push_back(std::move(*measured));
    else if (!to.built || point.cold)
      to.built = std::move(measured);
  }

  const ResultSet& set_;
  Figures figures_;
  std::map<Key, OperationRow> rows_;
};

}  // namespace

std::string Figures::label(const Setting& setting) const {
  const auto differs = [&](auto member) {
    return std::ranges::any_of(
        settings, [&](const Setting& other) { return other.*member != setting.*member; });
  };
  std::string text = setting.machine;
  if (differs(&Setting::kernel)) text += ", " + setting.kernel;
  if (differs(&Setting::seed)) text += fmt::format(", seed {}", setting.seed);
  return text;
}

Figures figures_of(const ResultSet& set) { return FiguresMaker(set).run(); }

}  // namespace exosim::bench
