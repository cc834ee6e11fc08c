// See name_list.hpp.
#include "sim/machine/diagnosis/name_list.hpp"

#include <fmt/format.h>

#include <sstream>
#include <vector>

#include "sim/base/nearest.hpp"

namespace exosim {
namespace {

constexpr auto kAll = "all";

std::string all_names(std::span<const NamedRow> rows) {
  std::string names;
  for (const NamedRow& row : rows) names += std::string(row.name) + ", ";
  return names + kAll;
}

std::optional<std::string> read_name(const std::string& name, std::string_view noun,
                                     std::span<const NamedRow> rows,
                                     const std::function<void(size_t)>& choose) {
  std::vector<std::string> names{kAll};
  bool found = false;
  for (size_t index = 0; index < rows.size(); ++index) {
    names.emplace_back(rows[index].name);
    if (name != rows[index].name && name != kAll) continue;
    choose(index);
    found = true;
  }
  if (found) return std::nullopt;
  const auto nearest = nearest_name(name, names);
  return fmt::format("unknown {} \"{}\"{} (one of: {})", noun, name,
                     nearest ? fmt::format("; did you mean \"{}\"?", *nearest) : "",
                     all_names(rows));
}

}  // namespace

std::optional<std::string> read_names(const std::string& text, std::string_view noun,
                                      std::span<const NamedRow> rows,
                                      const std::function<void(size_t)>& choose) {
  std::istringstream names(text);
  std::string name;
  bool any = false;
  while (std::getline(names, name, ',')) {
    any = true;
    if (auto message = read_name(name, noun, rows, choose)) return message;
  }
  if (!any || text.back() == ',')
    return fmt::format("expected a {} after each comma: {}", noun, all_names(rows));
  return std::nullopt;
}

}  // namespace exosim
