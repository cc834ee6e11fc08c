// See functions.hpp.
#include "sim/observe/explain/functions.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>

#include "sim/base/nearest.hpp"
#include "sim/observe/demangle.hpp"

namespace exosim {
namespace {

constexpr std::string_view kUnnamed = "(anonymous namespace)::";
constexpr std::string_view kScope = "::";

/// Where the parameters of a demangled name begin; its length if it has none.
size_t parameters_of(std::string_view name) {
  const size_t close = name.rfind(')');
  if (close == name.npos || name.substr(close + 1).starts_with(kScope)) return name.size();
  int depth = 0;
  for (size_t at = close + 1; at-- > 0;) {
    if (name[at] == ')') ++depth;
    if (name[at] == '(' && --depth == 0) return at == 0 ? name.size() : at;
  }
  return name.size();
}

/// "run" of "ns::Type<a::b>::run", "run<int>" of "void ns::run<int>".
std::string name_without_scope(const std::string& name) {
  int depth = 0;
  for (size_t at = name.size(); at-- > 0;) {
    if (name[at] == '>') ++depth;
    if (name[at] == '<') --depth;
    if (depth == 0 && (name[at] == ':' || name[at] == ' ')) return name.substr(at + 1);
  }
  return name;
}

/// "image.elf:run", but not "ns::run".
struct Wanted {
  std::string image;  // empty: any
  std::string name;   // demangled
};

Wanted parse_wanted(const std::string& text) {
  const size_t colon = text.find(':');
  if (colon == text.npos || text.compare(colon, 2, kScope) == 0) return {{}, demangle(text)};
  return {text.substr(0, colon), demangle(text.substr(colon + 1))};
}

/// The part of a symbol that lies in one range of code; nullopt if none does.
std::optional<Function> function_in(const CodeMap& code, const ImageInfo& image,
                                    const Symbol& symbol) {
  for (const auto& [phys, range] : code.ranges()) {
    if (range.image != &image || symbol.address - range.virt >= range.size) continue;
    const uint32_t available = range.size - (symbol.address - range.virt);
    const uint32_t size = std::min(available, image.end_of(symbol) - symbol.address);
    const uint32_t begin = symbol.address / 4 * 4;
    return Function{&image, &symbol, begin, begin + (size + 3) / 4 * 4};
  }
  return std::nullopt;
}

/// All functions, an image's copies and a function's other names left out of those asked for.
class Search {
 public:
  Search(const CodeMap& code, Wanted wanted) : code_(code), wanted_(std::move(wanted)) {
    for (const auto& image : code.images()) {
      if (std::ranges::find(images_, image->name) == images_.end()) images_.push_back(image->name);
      if (wanted_.image.empty() || wanted_.image == image->name) add(*image);
    }
  }

  Result<std::vector<Function>> find(const std::string& text) const {
    for (const std::vector<Function>& found : found_) {
      if (found.empty()) continue;
      std::set<std::string> owners;
      for (const Function& function : found) owners.insert(function.image->name);
      if (owners.size() > 1) return ambiguous(text, owners);
      return found;
    }
    return unknown();
  }

 private:
  void add(const ImageInfo& image) {
    for (const Symbol& symbol : image.symbols) {
      const auto names = function_names(symbol);
      const auto way = std::ranges::find(names, wanted_.name);
      const auto function = function_in(code_, image, symbol);
      if (!function) continue;
      known_.insert(known_.end(), names.begin() + 1, names.end());
      if (way != names.end()) add(found_[static_cast<size_t>(way - names.begin())], *function);
    }
  }

  static void add(std::vector<Function>& found, const Function& function) {
    const bool is_known = std::ranges::any_of(found, [&](const Function& other) {
      return other.image->name == function.image->name && other.begin == function.begin &&
             other.end == function.end;
    });
    if (!is_known) found.push_back(function);
  }

  Error ambiguous(const std::string& text, const std::set<std::string>& owners) const {
    return {"--explain", fmt::format("\"{}\" is in {}; say which, as in {}:{}", text,
                                     fmt::join(owners, " and in "), *owners.begin(), text)};
  }

  Error unknown() const {
    const bool has_image =
        wanted_.image.empty() || std::ranges::find(images_, wanted_.image) != images_.end();
    if (!has_image)
      return {"--explain", fmt::format("no image \"{}\"; loaded are {}", wanted_.image,
                                       fmt::join(images_, ", "))};
    const auto nearest = nearest_name(wanted_.name, known_);
    return {"--explain",
            fmt::format(
                "no function \"{}\" in {}{}", wanted_.name,
                wanted_.image.empty() ? fmt::format("{}", fmt::join(images_, ", ")) : wanted_.image,
                nearest ? fmt::format("; did you mean \"{}\"?", *nearest) : "")};
  }

  const CodeMap& code_;
  Wanted wanted_;
  std::vector<std::string> images_;
  std::vector<std::string> known_;              // names to propose
  std::array<std::vector<Function>, 3> found_;  // by the way of naming
};

}  // namespace

std::string name_without_parameters(const std::string& name) {
  std::string text = name.substr(0, name.find(" [clone "));
  text.resize(parameters_of(text));
  for (size_t at = text.find(kUnnamed); at != text.npos; at = text.find(kUnnamed))
    text.erase(at, kUnnamed.size());
  return text;
}

std::array<std::string, 3> function_names(const Symbol& symbol) {
  const std::string name = name_without_parameters(symbol.name);
  return {symbol.name, name, name_without_scope(name)};
}

Result<std::vector<Function>> find_functions(const CodeMap& code, const std::string& wanted) {
  return Search(code, parse_wanted(wanted)).find(wanted);
}

}  // namespace exosim
