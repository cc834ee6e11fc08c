// See point.hpp.
#include "bench/suite/point.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bench/suite/digest.hpp"

namespace exosim::bench {
namespace {

constexpr size_t kKeyDigits = 32;

std::string shell_word(const std::string& word) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_./=:,@%+-").find(c) != std::string_view::npos;
  };
  if (!word.empty() && std::ranges::all_of(word, is_plain)) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? "'\\''" : std::string(1, c);
  return quoted + "'";
}

}  // namespace

std::string Point::label() const {
  return fmt::format("{} {} {} {}{}", workload, machine, kernel, cold ? "cold" : "warm",
                     seed == 1 ? "" : fmt::format(" seed {}", seed));
}

std::string json_text(const nlohmann::ordered_json& json, int indent) {
  return json.dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

nlohmann::ordered_json point_head(const Point& point) {
  auto inputs = nlohmann::ordered_json::array();
  for (const InputFile& input : point.inputs)
    inputs.push_back({{"role", input.role}, {"name", input.name}, {"sha256", input.sha256}});
  return {{"schema", "exosim-result"},
          {"version", 1},
          {"point",
           {{"workload", point.workload},
            {"machine", point.machine},
            {"kernel", point.kernel},
            {"seed", point.seed},
            {"cold", point.cold}}},
          {"command", point.portable},
          {"inputs", inputs}};
}

std::string key_of_head(const nlohmann::ordered_json& head) {
  return sha256(json_text(head)).substr(0, kKeyDigits);
}

std::string shell_line(const std::vector<std::string>& command) {
  std::string line;
  for (const std::string& word : command) line += (line.empty() ? "" : " ") + shell_word(word);
  return line;
}

}  // namespace exosim::bench
