// See point_result.hpp.
#include "bench/results/point_result.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string>
#include <utility>

#include "bench/results/bytes_json.hpp"

namespace exosim::bench {
namespace {

using nlohmann::ordered_json;

/// As point_head() made it, from the file of a result.
ordered_json head_of(const ordered_json& file) {
  ordered_json head;
  for (const char* member : {"schema", "version", "point", "command", "inputs"})
    head[member] = file.value(member, ordered_json());
  return head;
}

bool has_counts(const ordered_json& json, std::initializer_list<const char*> names) {
  return json.is_object() && std::ranges::all_of(names, [&](const char* name) {
           return json.contains(name) && json[name].is_number_integer();
         });
}

bool has_texts(const ordered_json& json, std::initializer_list<const char*> names) {
  return json.is_object() && std::ranges::all_of(names, [&](const char* name) {
           return json.contains(name) && json[name].is_string();
         });
}

/// Null where the operation was never completed.
bool is_distribution(const ordered_json& figures) {
  return figures.is_null() || has_counts(figures, {"min", "median", "p99", "max", "total"});
}

template <class Check>
bool all_of(const ordered_json& members, Check check) {
  return std::ranges::all_of(members, check);
}

bool is_count(const ordered_json& number) { return number.is_number_integer(); }

/// {cause: cycles}
bool are_causes(const ordered_json& causes) {
  return causes.is_object() && all_of(causes, is_count);
}

/// {domain: {cause: cycles}}; null where the operation was never completed.
bool are_cells(const ordered_json& domains) {
  return domains.is_null() || (domains.is_object() && all_of(domains, are_causes));
}

bool are_samples(const ordered_json& samples) {
  if (samples.is_null()) return true;
  if (!samples.is_object()) return false;
  const ordered_json cycles = samples.value("cycles", ordered_json());
  const ordered_json cold = samples.value("cold", ordered_json());
  return cycles.is_array() && cold.is_array() && cycles.size() == cold.size() &&
         all_of(cycles, is_count) && all_of(cold, is_count);
}

bool is_operation(const ordered_json& row) {
  return has_texts(row, {"name", "image"}) &&
         has_counts(row, {"count", "cold", "unfinished", "unmatched"}) &&
         is_distribution(row.value("cycles", ordered_json())) &&
         is_distribution(row.value("instructions", ordered_json())) &&
         are_cells(row.value("ledger", ordered_json())) &&
         are_samples(row.value("samples", ordered_json()));
}

/// Every operation in it has its row.
bool is_ledger(const ordered_json& ledger, const ordered_json& operations) {
  std::set<std::pair<std::string, std::string>> rows;
  for (const ordered_json& row : operations)
    rows.emplace(row["name"].get<std::string>(), row["image"].get<std::string>());
  const auto is_entry = [&](const ordered_json& entry) {
    if (!has_texts(entry, {"owner", "domain"}) ||
        !are_causes(entry.value("causes", ordered_json())))
      return false;
    if (entry.value("operation", ordered_json(true)).is_null()) return true;
    return has_texts(entry, {"operation", "image"}) &&
           rows.contains(
               {entry["operation"].get<std::string>(), entry["image"].get<std::string>()});
  };
  return ledger.is_array() && all_of(ledger, is_entry);
}

bool is_profile_line(const ordered_json& line) {
  return has_counts(line, {"line"}) && are_causes(line.value("causes", ordered_json()));
}

bool is_profile_function(const ordered_json& function, size_t functions) {
  const ordered_json lines = function.value("lines", ordered_json());
  return has_counts(function, {"function", "calls"}) &&
         function["function"].get<uint64_t>() < functions &&
         are_causes(function.value("causes", ordered_json())) && lines.is_array() &&
         all_of(lines, is_profile_line);
}

}  // namespace

bool is_profile(const ordered_json& profile) {
  if (!has_texts(profile, {"schema"}) || profile["schema"] != "exosim-profile") return false;
  const ordered_json functions = profile.value("functions", ordered_json());
  const ordered_json operations = profile.value("operations", ordered_json());
  const auto is_named = [](const ordered_json& function) { return has_texts(function, {"name"}); };
  const auto is_operation = [&functions](const ordered_json& operation) {
    return operation.is_object() && operation.contains("name") &&
           all_of(operation.value("functions", ordered_json::array()),
                  [&functions](const ordered_json& function) {
                    return is_profile_function(function, functions.size());
                  });
  };
  return functions.is_array() && all_of(functions, is_named) && operations.is_array() &&
         all_of(operations, is_operation);
}

bool is_statistics(const ordered_json& stats) {
  if (!has_texts(stats, {"schema"}) || stats["schema"] != "exosim-stats") return false;
  const ordered_json run = stats.value("run", ordered_json());
  const ordered_json operations = stats.value("operations", ordered_json());
  const ordered_json ledger = stats.value("ledger", ordered_json());
  return has_counts(run, {"instructions", "cycles", "clock_hz", "exit_status"}) &&
         has_texts(run, {"exit_reason", "exit_detail"}) && operations.is_array() &&
         all_of(operations, is_operation) && is_ledger(ledger, operations);
}

std::string result_text(const Point& point, const PointResult& result) {
  ordered_json file = point_head(point);
  file["exit_status"] = result.exit_status;
  file["console"] = bytes_to_json(result.console);
  file["messages"] = bytes_to_json(result.messages);
  file["stats"] = result.stats;
  file["profile"] = result.profile;
  // A line for each member: samples and ledgers are long.
  std::string text;
  for (const auto& [member, value] : file.items())
    text += fmt::format("{}\n \"{}\": {}", text.empty() ? "{" : ",", member, json_text(value));
  return text + "\n}\n";
}

Result<PointResult> parse_result(const std::string& text, const std::string& key) {
  const ordered_json file = ordered_json::parse(text, nullptr, false);
  if (!file.is_object()) return Error{{}, "is no JSON object"};
  if (key_of_head(head_of(file)) != key) return Error{{}, "is the result of another run"};
  PointResult result;
  result.profile = file.value("profile", ordered_json());
  const ordered_json status = file.value("exit_status", ordered_json());
  result.stats = file.value("stats", ordered_json());
  if (!status.is_number_integer() || !is_statistics(result.stats) || !is_profile(result.profile))
    return Error{{}, "lacks a member"};
  result.exit_status = status.get<int>();
  auto console = bytes_from_json(file.value("console", ordered_json()));
  if (!console) return Error{"console", console.error().message};
  auto messages = bytes_from_json(file.value("messages", ordered_json()));
  if (!messages) return Error{"messages", messages.error().message};
  result.console = std::move(*console);
  result.messages = std::move(*messages);
  return result;
}

}  // namespace exosim::bench
