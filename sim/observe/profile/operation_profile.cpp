// Words of code to lines, lines to functions.
#include "sim/observe/profile/operation_profile.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace exosim {
namespace {

using Json = nlohmann::ordered_json;

struct LineKey {
  std::string file;  // empty: unknown
  unsigned line = 0;
  auto operator<=>(const LineKey&) const = default;
};

struct FunctionCost {
  uint64_t calls = 0;
  CauseTotals causes;
  DomainTotals domains{};
  std::map<LineKey, WordCost> lines;
};

using FunctionCosts = std::map<FunctionId, FunctionCost>;

LineKey line_of(const CodeFunction& function, uint32_t address) {
  if (function.info == nullptr || !function.info->lines) return {};
  const auto line = function.info->lines->find(address);
  return line ? LineKey{line->file, line->line} : LineKey{};
}

FunctionCosts by_function(const CodeSites& sites, const WordCosts& words) {
  FunctionCosts functions;
  for (const auto& [key, word] : words.sorted()) {
    const CodeSite& site = sites.site(WordCosts::site_of(key));
    FunctionCost& cost = functions[site.function];
    cost.calls += word.calls;
    cost.causes += word.causes;
    cost.domains[static_cast<size_t>(WordCosts::domain_of(key))] += word.causes.sum();
    cost.lines[line_of(sites.function(site.function), site.address)] += word;
  }
  return functions;
}

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

/// Those that occurred.
template <class Names, class Counts>
Json counts_json(const Names& names, const Counts& counts) {
  Json json = Json::object();
  for (size_t index = 0; index < counts.size(); ++index)
    if (counts[index] != 0) json[std::string(names[index])] = counts[index];
  return json;
}

class ProfileWriter {
 public:
  explicit ProfileWriter(const CodeSites& sites) : sites_(sites) {}

  /// Before the operations are written: functions are numbered by where they stand.
  void use(const FunctionCosts& costs) {
    for (const auto& [function, cost] : costs) numbers_.try_emplace(function, 0);
  }
  Json functions() {
    Json functions = Json::array();
    for (auto& [id, number] : numbers_) {
      number = functions.size();
      const CodeFunction& function = sites_.function(id);
      const LineKey place = line_of(function, function.begin);
      functions.push_back({{"image", text_or_null(function.image)},
                           {"name", function.name},
                           {"file", text_or_null(place.file)},
                           {"line", place.line}});
    }
    return functions;
  }
  Json costs(const FunctionCosts& costs) const {
    Json functions = Json::array();
    for (const auto& [id, cost] : costs)
      functions.push_back({{"function", numbers_.at(id)},
                           {"calls", cost.calls},
                           {"causes", counts_json(kCycleCauseNames, cost.causes.cycles)},
                           {"domains", counts_json(kDomainNames, cost.domains)},
                           {"lines", lines(cost)}});
    return functions;
  }

 private:
  static Json lines(const FunctionCost& cost) {
    Json lines = Json::array();
    for (const auto& [place, word] : cost.lines)
      lines.push_back({{"file", text_or_null(place.file)},
                       {"line", place.line},
                       {"executions", word.executions},
                       {"causes", counts_json(kCycleCauseNames, word.causes.cycles)}});
    return lines;
  }

  const CodeSites& sites_;
  std::map<FunctionId, size_t> numbers_;
};

struct Entry {
  Json name;
  Json image;
  uint64_t count;
  FunctionCosts costs;
};

std::vector<Entry> entries_of(const OperationCosts& costs, const Operations& operations) {
  const CodeSites& sites = costs.profile().sites();
  std::map<std::pair<std::string, std::string>, uint64_t> counts;
  for (const OperationRow& row : operations.rows()) counts[{row.image, row.name}] = row.count;
  std::vector<Entry> entries;
  for (Operations::Index index = 0; index < operations.size(); ++index) {
    const std::string& name = operations.name(index);
    const std::string& image = operations.image(index);
    const uint64_t count = counts[{image, name}];
    if (count != 0) entries.push_back({name, image, count, by_function(sites, costs.of(index))});
  }
  entries.push_back({Json(), Json(), 1, by_function(sites, costs.outside())});
  return entries;
}

}  // namespace

std::string operation_profile_json(const OperationCosts& costs, const Operations& operations) {
  const std::vector<Entry> entries = entries_of(costs, operations);
  ProfileWriter writer(costs.profile().sites());
  for (const Entry& entry : entries) writer.use(entry.costs);
  Json json = {{"schema", "exosim-profile"}, {"version", 1}, {"functions", writer.functions()}};
  json["operations"] = Json::array();
  for (const Entry& entry : entries)
    json["operations"].push_back({{"name", entry.name},
                                  {"image", entry.image},
                                  {"count", entry.count},
                                  {"functions", writer.costs(entry.costs)}});
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace exosim
