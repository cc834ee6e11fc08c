// Reading the arguments.
#include "exokernel/arguments.hpp"

#include "exokernel/console.hpp"
#include "exokernel/panic.hpp"

namespace aegis {
namespace {

constexpr uint32_t kSliceMin = 100;
constexpr uint32_t kSliceMax = 1'000'000;

/// Skips `word` if the text begins with it.
bool skip(const char*& text, const char* word) {
  const char* at = text;
  for (; *word != '\0'; ++word, ++at)
    if (*at != *word) return false;
  text = at;
  return true;
}

/// A decimal number up to a space or the end; more than any limit if it is none.
uint32_t read_number(const char*& text) {
  constexpr uint32_t kTooLarge = 0xffffffff;
  uint32_t value = 0;
  const char* const first = text;
  for (; *text >= '0' && *text <= '9'; ++text)
    value =
        value < kTooLarge / 20 ? value * 10 + static_cast<uint32_t>(*text - '0') : kTooLarge / 20;
  return text == first || (*text != ' ' && *text != '\0') ? kTooLarge : value;
}

/// The smallest number of environments that is understood.
uint32_t environments_min(uint32_t programs) { return programs == 0 ? 1 : programs; }

[[noreturn]] void refuse(const char* line, uint32_t programs) {
  print("aegis: arguments: \"", line, "\": expected slice=N, the length of a slice, ",
        uint32_t{kSliceMin}, " to ", uint32_t{kSliceMax},
        " microseconds; environments=N, the most at once, ", environments_min(programs), " to ",
        uint32_t{kEnvironmentMax}, "\n");
  panic("it does not understand its arguments");
}

/// Reads a word that begins with `name` into `value`. False if the text begins with another.
bool read_word(const char*& text, const char* name, uint32_t& value) {
  if (!skip(text, name)) return false;
  value = read_number(text);
  return true;
}

bool is_from_to(uint32_t value, uint32_t least, uint32_t most) {
  return value >= least && value <= most;
}

}  // namespace

Arguments read_arguments(const char* line, uint32_t programs) {
  Arguments arguments;
  for (const char* text = line; *text != '\0';) {
    if (skip(text, " ")) continue;
    const bool is_known = read_word(text, "slice=", arguments.slice) ||
                          read_word(text, "environments=", arguments.environments);
    if (!is_known || !is_from_to(arguments.slice, kSliceMin, kSliceMax) ||
        !is_from_to(arguments.environments, environments_min(programs), kEnvironmentMax))
      refuse(line, programs);
  }
  return arguments;
}

}  // namespace aegis
