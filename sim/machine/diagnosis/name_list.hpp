// Lists of names on the command line: "rom-write,tlb-shutdown" or "all".
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace exosim {

struct NamedRow {
  std::string_view name;  // on the command line and in reports
  std::string_view doc;
};

/// Calls `choose` with the index of each row that the text names; a message if that cannot be.
/// `noun` says what the rows are.
std::optional<std::string> read_names(const std::string& text, std::string_view noun,
                                      std::span<const NamedRow> rows,
                                      const std::function<void(size_t)>& choose);

}  // namespace exosim
