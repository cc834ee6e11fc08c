// Console output by polling: the device takes a character at any time.
#include "exokernel/console.hpp"

#include "exokernel/abi/env.h"
#include "exokernel/abi/errors.h"
#include "exokernel/abi/syscalls.h"
#include "exokernel/call_frame.h"
#include "exokernel/device_register.hpp"
#include "exokernel/environment.hpp"
#include "isa/devices/console.h"
#include "isa/markers.h"

namespace aegis {
namespace {

uintptr_t console_registers;

[[noreturn]] void end_run(uint32_t offset, uint32_t word) {
  if (console_registers != 0) device_register(console_registers, offset) = word;
  // The machine stops when the store arrives. Without a console it never does.
  for (;;) asm volatile("");
}

}  // namespace

void console_attach(uintptr_t registers) { console_registers = registers; }

void print_part(char character) {
  if (console_registers == 0) return;
  device_register(console_registers, CONSOLE_DATA) = static_cast<uint8_t>(character);
  wait_for_writes();
}

void print_part(const char* text) {
  for (; *text != '\0'; ++text) print_part(*text);
}

void print_part(uint32_t value) {
  char digits[10];
  unsigned count = 0;
  do {
    digits[count++] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value != 0);
  while (count != 0) print_part(digits[--count]);
}

void print_part(Hex value) {
  print_part("0x");
  for (int shift = 28; shift >= 0; shift -= 4)
    print_part("0123456789abcdef"[(value.value >> shift) & 15]);
}

void machine_exit(uint32_t status) { end_run(CONSOLE_EXIT, status); }

void machine_panic(uint32_t reason) { end_run(CONSOLE_PANIC, reason); }

extern "C" void sys_console_write(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const uint32_t offset = call.a[0];
  const uint32_t bytes = call.a[1];
  if (bytes > EXO_CONSOLE_MAX || offset > EXO_CONTEXT_SIZE - bytes)
    return call.fail(EXO_ERROR_BAD_ARGUMENT);
  const auto* text = reinterpret_cast<const char*>(current_environment().context) + offset;
  for (uint32_t index = 0; index < bytes; ++index) print_part(text[index]);
  call.succeed(0);
}

}  // namespace aegis
