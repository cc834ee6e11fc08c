// Formatted output.
// output: \|0\|-1\|2147483647\|-2147483648\|4294967295\|
// output: \|ff\|FF\|0xff\|0x10\|0x12345678\|
// output: \|   42\|00042\|42   \|  -42\|-0042\|0x002a\|
// output: \|text\|  text\|text  \|\|c\|%\|
// output: [a]{300}
// output: unfinished$
#include "libos/api/print.hpp"

#include <cstdint>

int main() {
  exos::print("|%d|%i|%d|%d|%u|\n", 0, -1, INT32_MAX, INT32_MIN, UINT32_MAX);
  exos::print("|%x|%X|%#x|%p|%#lx|\n", 255, 255, 255, reinterpret_cast<void*>(16), 0x12345678ul);
  exos::print("|%5d|%05d|%-5d|%5d|%05d|%#06x|\n", 42, 42, 42, -42, -42, 42);
  exos::print("|%s|%6s|%-6s|%s|%c|%%|\n", "text", "text", "text", "", 'c');
  for (unsigned index = 0; index < 300; ++index) exos::print("a");
  exos::print("\nunfinished");
  return 0;
}
