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

[[noreturn]] void refuse(const char* line) {
  print("aegis: arguments: \"", line, "\": expected slice=N, the length of a slice, ",
        uint32_t{kSliceMin}, " to ", uint32_t{kSliceMax}, " microseconds\n");
  panic("it does not understand its arguments");
}

}  // namespace

Arguments read_arguments(const char* line) {
  Arguments arguments;
  for (const char* text = line; *text != '\0';) {
    if (skip(text, " ")) continue;
    if (!skip(text, "slice=")) refuse(line);
    arguments.slice = read_number(text);
    if (arguments.slice < kSliceMin || arguments.slice > kSliceMax) refuse(line);
  }
  return arguments;
}

}  // namespace aegis
