// Formatted output.
#include "libos/api/print.hpp"

#include <cstdarg>
#include <cstdint>

#include "exokernel/abi/calls.hpp"
#include "isa/markers.h"
#include "libos/layout.h"

namespace exos {
namespace {

unsigned line_length;

volatile char* line() { return reinterpret_cast<volatile char*>(EXOS_LINE); }

void put(char character) {
  line()[line_length++] = character;
  if (character == '\n' || line_length == EXOS_LINE_SIZE) flush();
}

/// What stands between % and the conversion.
struct Spec {
  bool is_zero_padded = false;
  bool is_left = false;
  bool is_alternate = false;
  unsigned width = 0;
};

bool is_digit(char character) { return character >= '0' && character <= '9'; }

Spec parse_spec(const char*& at) {
  Spec spec;
  for (;; ++at) {
    if (*at == '0')
      spec.is_zero_padded = true;
    else if (*at == '-')
      spec.is_left = true;
    else if (*at == '#')
      spec.is_alternate = true;
    else
      break;
  }
  for (; is_digit(*at); ++at) spec.width = spec.width * 10 + static_cast<unsigned>(*at - '0');
  while (*at == 'l') ++at;
  return spec;
}

void put_field(const char* prefix, const char* text, unsigned text_length, const Spec& spec) {
  unsigned length = text_length;
  for (const char* at = prefix; *at != '\0'; ++at) ++length;
  const bool is_zero_padded = spec.is_zero_padded && !spec.is_left;
  if (!spec.is_left && !is_zero_padded)
    for (unsigned column = length; column < spec.width; ++column) put(' ');
  for (const char* at = prefix; *at != '\0'; ++at) put(*at);
  if (is_zero_padded)
    for (unsigned column = length; column < spec.width; ++column) put('0');
  for (unsigned index = 0; index < text_length; ++index) put(text[index]);
  if (spec.is_left)
    for (unsigned column = length; column < spec.width; ++column) put(' ');
}

void put_text(const char* text, const Spec& spec) {
  unsigned length = 0;
  while (text[length] != '\0') ++length;
  put_field("", text, length, spec);
}

void put_number(uint32_t value, uint32_t base, const char* digits, const char* prefix,
                const Spec& spec) {
  char text[10];
  unsigned first = sizeof(text);
  do {
    text[--first] = digits[value % base];
    value /= base;
  } while (value != 0);
  put_field(prefix, text + first, sizeof(text) - first, spec);
}

void put_signed(int32_t value, const Spec& spec) {
  const auto bits = static_cast<uint32_t>(value);
  put_number(value < 0 ? 0 - bits : bits, 10, "0123456789", value < 0 ? "-" : "", spec);
}

/// The arguments, by reference: a va_list itself cannot be passed on and continued.
struct Arguments {
  va_list list;
};

void put_conversion(char conversion, Spec spec, Arguments& arguments) {
  constexpr const char* kLower = "0123456789abcdef";
  switch (conversion) {
    case 'd':
    case 'i':
      return put_signed(va_arg(arguments.list, int32_t), spec);
    case 'u':
      return put_number(va_arg(arguments.list, uint32_t), 10, kLower, "", spec);
    case 'p':
      spec.is_alternate = true;
      [[fallthrough]];
    case 'x':
      return put_number(va_arg(arguments.list, uint32_t), 16, kLower, spec.is_alternate ? "0x" : "",
                        spec);
    case 'X':
      return put_number(va_arg(arguments.list, uint32_t), 16, "0123456789ABCDEF",
                        spec.is_alternate ? "0X" : "", spec);
    case 's':
      return put_text(va_arg(arguments.list, const char*), spec);
    case 'c': {
      const char character = static_cast<char>(va_arg(arguments.list, int));
      return put_field("", &character, 1, spec);
    }
    default:
      return put(conversion);
  }
}

}  // namespace

void flush() {
  const unsigned length = line_length;
  line_length = 0;
  if (length != 0) exo::console_write(EXOS_LINE - EXO_CONTEXT_VA, length);
}

void print(const char* format, ...) {
  EXO_DOMAIN("management");
  Arguments arguments;
  va_start(arguments.list, format);
  for (const char* at = format; *at != '\0'; ++at) {
    if (*at != '%') {
      put(*at);
      continue;
    }
    ++at;
    const Spec spec = parse_spec(at);
    if (*at == '\0') break;
    put_conversion(*at, spec, arguments);
  }
  va_end(arguments.list);
}

}  // namespace exos
