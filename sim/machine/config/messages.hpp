// Wording shared by all that refuse a piece of configuration.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "sim/base/result.hpp"

namespace exosim {

/// The text in double quotes as it may stand in a one-line message: cut when long, control
/// characters replaced.
std::string shown_text(std::string_view text);

/// `unknown device type "tmer"; did you mean "timer"? (one of: console, timer)`. The nearest is
/// left out if nothing is near.
std::string unknown_name(std::string_view what, std::string_view given,
                         std::span<const std::string> known);

/// All in one, a line for each, at most 50; its place is that of the first. `errors` is not empty.
Error all_in_one(std::span<const Error> errors);

}  // namespace exosim
