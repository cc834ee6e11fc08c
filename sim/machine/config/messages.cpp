// Messages that name what was written and what could have been meant.
#include "sim/machine/config/messages.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>

#include "sim/base/nearest.hpp"

namespace exosim {

std::string shown_text(std::string_view text) {
  constexpr size_t kShown = 40;
  std::string shown = "\"";
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool inside_character = (byte & 0xc0) == 0x80;  // UTF-8 continuation
    if (i >= kShown && !inside_character) return shown + "...\"";
    shown += byte < 0x20 || byte == 0x7f ? '?' : text[i];
  }
  return shown + '"';
}

std::string unknown_name(std::string_view what, std::string_view given,
                         std::span<const std::string> known) {
  const std::string unknown = fmt::format("unknown {} {}", what, shown_text(given));
  if (known.empty()) return unknown + ": there is none";
  const std::optional<std::string> nearest = nearest_name(given, known);
  return fmt::format("{}{} (one of: {})", unknown,
                     nearest ? fmt::format("; did you mean {}?", shown_text(*nearest)) : "",
                     fmt::join(known, ", "));
}

Error all_in_one(std::span<const Error> errors) {
  constexpr size_t kMaxShown = 50;
  Error all = errors.front();
  for (size_t i = 1; i < errors.size() && i < kMaxShown; ++i) {
    all.message += '\n' + errors[i].text();
  }
  if (errors.size() > kMaxShown) {
    all.message += fmt::format("\n... and {} more", errors.size() - kMaxShown);
  }
  return all;
}

}  // namespace exosim
