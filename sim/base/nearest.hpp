// "Did you mean ...": the known name that is nearest to a misspelt one.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace exosim {

/// The candidate with the fewest edits (insert, delete, replace, swap neighbours; case does not
/// count) from `given`, the first of several. nullopt if none is within a third of its length.
std::optional<std::string> nearest_name(std::string_view given,
                                        std::span<const std::string> candidates);

}  // namespace exosim
