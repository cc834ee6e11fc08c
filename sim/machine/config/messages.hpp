// Wording shared by all that refuse a piece of configuration.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace exosim {

/// The text in double quotes as it may stand in a one-line message: cut when long, control
/// characters replaced.
std::string shown_text(std::string_view text);

/// `unknown device type "tmer"; did you mean "timer"? (one of: console, timer)`. The nearest is
/// left out if nothing is near.
std::string unknown_name(std::string_view what, std::string_view given,
                         std::span<const std::string> known);

}  // namespace exosim
