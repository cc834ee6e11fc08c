// The console: the kernel's own messages, characters of environments, and the end of the run.
#pragma once

#include <cstdint>

namespace aegis {

/// A number to be printed in hexadecimal.
struct Hex {
  uint32_t value;
};

/// `registers` in kseg1; 0 if the machine has no console: then nothing is printed.
void console_attach(uintptr_t registers);

void print_part(char character);
void print_part(const char* text);
void print_part(uint32_t value);
void print_part(Hex value);

/// Prints the parts one after the other.
template <typename... Parts>
void print(const Parts&... parts) {
  (print_part(parts), ...);
}

/// Ends the run with an exit status.
[[noreturn]] void machine_exit(uint32_t status);
/// Ends the run as a panic of the guest.
[[noreturn]] void machine_panic(uint32_t reason);

}  // namespace aegis
