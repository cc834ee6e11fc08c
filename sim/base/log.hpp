// Messages to the user on stderr: "exosim: <level>: <message>", without the time of day, so that
// two runs log the same bytes.
#pragma once

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

namespace exosim {

enum class LogLevel { kTrace, kDebug, kInfo, kWarn, kError, kOff };

/// The names that set_log_level() takes, in the order of LogLevel.
inline constexpr std::array<std::string_view, 6> kLogLevelNames = {"trace", "debug", "info",
                                                                   "warn",  "error", "off"};

/// Shows messages of this level and above; "warn" until told otherwise. False if the name is not
/// one of kLogLevelNames.
bool set_log_level(std::string_view name);
bool log_enabled(LogLevel level);
void log_message(LogLevel level, std::string_view message);

template <class... Args>
void log(LogLevel level, fmt::format_string<Args...> format, Args&&... args) {
  if (log_enabled(level)) log_message(level, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void log_trace(fmt::format_string<Args...> format, Args&&... args) {
  log(LogLevel::kTrace, format, std::forward<Args>(args)...);
}
template <class... Args>
void log_debug(fmt::format_string<Args...> format, Args&&... args) {
  log(LogLevel::kDebug, format, std::forward<Args>(args)...);
}
template <class... Args>
void log_info(fmt::format_string<Args...> format, Args&&... args) {
  log(LogLevel::kInfo, format, std::forward<Args>(args)...);
}
template <class... Args>
void log_warn(fmt::format_string<Args...> format, Args&&... args) {
  log(LogLevel::kWarn, format, std::forward<Args>(args)...);
}
template <class... Args>
void log_error(fmt::format_string<Args...> format, Args&&... args) {
  log(LogLevel::kError, format, std::forward<Args>(args)...);
}

}  // namespace exosim
