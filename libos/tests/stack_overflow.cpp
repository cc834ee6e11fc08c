// The program's stack has an end, and reaching it has a message.
// status: 110
// output: TLBS at 0x4[0-9a-f]{5}, address 0x7fee[0-9a-f]{4}: nothing is mapped there
#include <cstdint>

#include "libos/tests/check.hpp"

namespace {

uint32_t endless(uint32_t level) {
  volatile uint8_t room[1000];
  room[level % sizeof(room)] = 1;
  if (level == UINT32_MAX) return 0;
  return endless(level + 1) + room[level % sizeof(room)];
}

}  // namespace

int main() { return static_cast<int>(endless(0)); }
