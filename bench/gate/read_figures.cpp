// See read_figures.hpp.
#include "bench/gate/read_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "bench/gate/json_counts.hpp"

namespace exosim::bench {
namespace {

using nlohmann::ordered_json;

/// Null where nothing was completed.
Spread spread_or_none(const ordered_json& json) {
  return json.is_null() ? Spread{} : spread_of(json);
}

OperationFigures operation_of(const ordered_json& row) {
  OperationFigures operation{.image = row.at("image"), .name = row.at("name")};
  operation.count = count_of(row.at("count"));
  operation.cycles = spread_or_none(row.at("cycles"));
  operation.instructions = spread_or_none(row.at("instructions"));
  if (const auto ledger = row.value("ledger", ordered_json()); ledger.is_object())
    for (const auto& [domain, causes] : ledger.items())
      operation.ledger[domain] = causes_of(causes);
  return operation;
}

/// A run without operations is one itself.
OperationFigures whole_run(const ordered_json& stats) {
  const auto& run = stats.at("run");
  const int64_t cycles = count_of(run.at("cycles"));
  const int64_t instructions = count_of(run.at("instructions"));
  OperationFigures whole{.image = "", .name = kWholeRun, .count = 1};
  whole.cycles = {cycles, cycles, cycles, cycles};
  whole.instructions = {instructions, instructions, instructions, instructions};
  for (const auto& entry : stats.at("ledger"))
    for (const auto& [cause, number] : causes_of(entry.at("causes")))
      whole.ledger[entry.at("domain")][cause] += number;
  return whole;
}

class ProfileReader {
 public:
  ProfileReader(const ordered_json& profile, SourceTexts& sources)
      : functions_(profile.at("functions")), sources_(sources) {}

  std::vector<FunctionFigures> functions_of(const ordered_json& operation) {
    std::map<std::pair<std::string, std::string>, FunctionFigures> all;
    for (const auto& row : operation.at("functions")) {
      FunctionFigures function = function_of(row);
      const auto [same, is_new] = all.try_emplace({function.image, function.name}, function);
      if (!is_new) merge(function, same->second);
    }
    std::vector<FunctionFigures> functions;
    for (auto& [name, function] : all) functions.push_back(std::move(function));
    return functions;
  }

 private:
  /// Functions of one name in several files of an image.
  static void merge(const FunctionFigures& other, FunctionFigures& into) {
    into.calls += other.calls;
    for (const auto& [cause, cycles] : other.causes) into.causes[cause] += cycles;
    into.lines.insert(into.lines.end(), other.lines.begin(), other.lines.end());
  }

  FunctionFigures function_of(const ordered_json& row) {
    const auto& named = functions_.at(static_cast<size_t>(count_of(row.at("function"))));
    FunctionFigures function{.image = text_of(named, "image"), .name = text_of(named, "name")};
    function.file = text_of(named, "file");
    function.line = number_of(named, "line");
    function.calls = static_cast<uint64_t>(count_of(row.at("calls")));
    function.causes = causes_of(row.at("causes"));
    if (row.contains("lines"))
      for (const auto& line : row.at("lines")) function.lines.push_back(line_of(line, function));
    std::ranges::stable_sort(
        function.lines, {}, [](const LineFigures& line) { return std::tie(line.file, line.line); });
    return function;
  }

  LineFigures line_of(const ordered_json& row, const FunctionFigures& function) {
    LineFigures line{.causes = causes_of(row.at("causes"))};
    line.file = text_of(row, "file");
    line.line = number_of(row, "line");
    line.text = sources_.line(line.file, line.line);
    if (!line.text.empty())
      line.id = SourceTexts::id_of(line.text);
    else if (line.line >= function.line && line.file == function.file)
      line.id = fmt::format("+{}", line.line - function.line);
    else
      line.id = fmt::format("+{}", line.line);
    return line;
  }

  static std::string text_of(const ordered_json& json, const char* member) {
    const auto value = json.value(member, ordered_json());
    return value.is_string() ? value.get<std::string>() : std::string();
  }
  static unsigned number_of(const ordered_json& json, const char* member) {
    const auto value = json.value(member, ordered_json());
    return value.is_number_unsigned() ? static_cast<unsigned>(count_of(value)) : 0;
  }

  const ordered_json& functions_;
  SourceTexts& sources_;
};

void add_profile(const ordered_json& profile, SourceTexts& sources, RunFigures& figures) {
  ProfileReader reader(profile, sources);
  for (const auto& row : profile.at("operations")) {
    const bool is_of_none = row.at("name").is_null();
    const std::string name = is_of_none ? kWholeRun : row.at("name").get<std::string>();
    const std::string image = is_of_none ? "" : row.at("image").get<std::string>();
    for (OperationFigures& operation : figures.operations)
      if (operation.name == name && operation.image == image)
        operation.functions = reader.functions_of(row);
  }
}

}  // namespace

Result<RunFigures> read_figures(const ordered_json& stats, const ordered_json& profile,
                                SourceTexts& sources) {
  try {
    RunFigures figures;
    for (const auto& row : stats.at("operations")) figures.operations.push_back(operation_of(row));
    if (figures.operations.empty()) figures.operations.push_back(whole_run(stats));
    if (profile.is_object()) add_profile(profile, sources, figures);
    return figures;
  } catch (const ordered_json::exception& exception) {
    return Error{{}, exception.what()};
  }
}

}  // namespace exosim::bench
