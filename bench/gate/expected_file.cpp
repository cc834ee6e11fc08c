// See expected_file.hpp.
#include "bench/gate/expected_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>
#include <vector>

#include "bench/gate/cause_letters.hpp"
#include "bench/gate/expected_text.hpp"
#include "bench/gate/expected_ways.hpp"
#include "bench/gate/json_counts.hpp"
#include "sim/base/file.hpp"

namespace exosim::bench {
namespace {

using nlohmann::ordered_json;

constexpr uint64_t kMaxExpectedBytes = uint64_t{256} << 20;

/// "dec3100 aegis cold" without its last word.
ExpectedKey key_of(const std::string& workload, const std::string& run) {
  const size_t end = run.rfind(' ');
  return {workload, run.substr(0, end), end != run.npos && run.substr(end + 1) == "cold"};
}

CauseLetters letters_of(const ordered_json& causes) {
  CauseLetters letters;
  for (const auto& [letter, cause] : causes.items())
    if (letter.size() == 1) letters.add(letter.front(), cause.get<std::string>());
  return letters;
}

/// One of a run's figures: [min, median, max, total], or one number for each.
Spread spread_from(const ordered_json& json, int64_t count) {
  if (json.is_array())
    return {count_of(json.at(0)), count_of(json.at(1)), count_of(json.at(2)), count_of(json.at(3))};
  const int64_t each = count_of(json);
  __extension__ using Wide = __int128;
  constexpr Wide kMost = 1'000'000'000'000'000;
  return {each, each, each, static_cast<int64_t>(std::min(Wide{each} * count, kMost))};
}

class WorkloadReader {
 public:
  WorkloadReader(const ordered_json& json, const CauseLetters& letters) : letters_(letters) {
    for (const auto& name : json.at("runs")) names_.push_back(name.get<std::string>());
    runs_.resize(names_.size());
    for (const auto& row : json.at("operations")) operation(row);
  }

  const std::vector<std::string>& names() const { return names_; }
  RunFigures& run(size_t number) { return runs_[number]; }

 private:
  void operation(const ordered_json& json) {
    std::vector<OperationFigures*> rows(runs_.size());
    for (const auto& [name, figures] : json.at("runs").items()) {
      const auto found = std::ranges::find(names_, name);
      if (found == names_.end()) continue;
      const auto number = static_cast<size_t>(found - names_.begin());
      auto& operations = runs_[number].operations;
      operations.push_back(figures_of(figures));
      operations.back().image = json.at("image");
      operations.back().name = json.at("operation");
      rows[number] = &operations.back();
    }
    if (!json.contains("functions")) return;
    for (const auto& row : json.at("functions")) {
      const FunctionFigures named{.image = row.at(1), .name = row.at(0)};
      for (size_t way = 2; way < row.size(); ++way)
        add_way(row.at(way).get_ref<const std::string&>(), named, letters_, rows);
    }
  }

  /// [completed, cycles, instructions, {domain: causes}]
  OperationFigures figures_of(const ordered_json& json) const {
    OperationFigures operation{.count = count_of(json.at(0))};
    operation.cycles = spread_from(json.at(1), operation.count);
    operation.instructions = spread_from(json.at(2), operation.count);
    for (const auto& [domain, causes] : json.at(3).items())
      operation.ledger[domain] = letters_.decode(causes.get_ref<const std::string&>());
    return operation;
  }

  const CauseLetters& letters_;
  std::vector<std::string> names_;
  std::vector<RunFigures> runs_;
};

}  // namespace

ExpectedKey ExpectedKey::of(const Point& point) {
  const std::string seed = point.seed == 1 ? "" : fmt::format(" seed {}", point.seed);
  return {point.workload, point.machine + ' ' + point.kernel + seed, point.cold};
}

const RunFigures* ExpectedFile::find(const ExpectedKey& key) const {
  const auto found = runs_.find(key);
  return found == runs_.end() ? nullptr : &found->second;
}

Result<ExpectedFile> ExpectedFile::parse(const std::string& text) {
  try {
    const auto json = ordered_json::parse(text);
    if (json.at("schema") != "exosim-expected" || json.at("version") != 1)
      return Error{{}, "is no expected.json of version 1"};
    const CauseLetters letters = letters_of(json.at("causes"));
    ExpectedFile file;
    for (const auto& [workload, row] : json.at("workloads").items()) {
      WorkloadReader reader(row, letters);
      for (size_t number = 0; number < reader.names().size(); ++number)
        file.set(key_of(workload, reader.names()[number]), std::move(reader.run(number)));
    }
    return file;
  } catch (const ordered_json::exception& exception) {
    return Error{{}, fmt::format("is no expected.json: {}", exception.what())};
  }
}

Result<ExpectedFile> ExpectedFile::read(const std::filesystem::path& path) {
  const auto bytes = read_file(path, kMaxExpectedBytes);
  if (!bytes) return bytes.error();
  auto file = parse({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
  if (!file) return Error{path.string(), file.error().message};
  return file;
}

Result<std::monostate> ExpectedFile::write(const std::filesystem::path& path,
                                           const ExpectedFile& file) {
  const std::string text = file.text();
  return write_file(path, std::as_bytes(std::span(text.data(), text.size())));
}

std::string ExpectedFile::text() const {
  std::map<std::string, NamedRuns> workloads;
  for (const auto& [key, figures] : runs_)
    workloads[key.workload].emplace_back(key.where + (key.cold ? " cold" : " warm"), &figures);
  ExpectedText text;
  for (const auto& [name, runs] : workloads) text.workload(name, runs);
  return text.finish();
}

}  // namespace exosim::bench
