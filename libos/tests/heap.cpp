// The heap: blocks do not overlap, freed memory comes back, neighbours are joined.
#include "libos/api/heap.hpp"

#include "libos/api/vm.hpp"
#include "libos/layout.h"
#include "libos/tests/check.hpp"

namespace {

constexpr unsigned kBlocks = 200;
constexpr unsigned kRounds = 5000;

struct Owned {
  uint8_t* memory;
  size_t bytes;
  uint8_t pattern;
};

Owned blocks[kBlocks];
uint32_t random_state = 1;

uint32_t random_number() {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 17;
  random_state ^= random_state << 5;
  return random_state;
}

bool is_intact(const Owned& block) {
  for (size_t index = 0; index < block.bytes; ++index)
    if (block.memory[index] != block.pattern) return false;
  return true;
}

void replace(Owned& block) {
  CHECK(is_intact(block));
  exos::release(block.memory);
  block.bytes = random_number() % 300;
  block.pattern = static_cast<uint8_t>(random_number());
  block.memory = static_cast<uint8_t*>(exos::allocate(block.bytes));
  CHECK(block.memory != nullptr);
  CHECK(reinterpret_cast<uintptr_t>(block.memory) % 8 == 0);
  for (size_t index = 0; index < block.bytes; ++index) block.memory[index] = block.pattern;
}

void allocates_at_random() {
  for (unsigned round = 0; round < kRounds; ++round) replace(blocks[random_number() % kBlocks]);
  for (Owned& block : blocks) {
    CHECK(is_intact(block));
    exos::release(block.memory);
    block = {};
  }
}

/// All of it is free again, in one piece: the next large block does not make the heap grow.
void joins_what_is_freed() {
  const auto* end = static_cast<uint8_t*>(exos::grow_heap(0));
  void* large = exos::allocate(60000);
  CHECK(large != nullptr);
  CHECK(exos::grow_heap(0) == end);
  exos::release(large);
}

void refuses_what_cannot_be() {
  CHECK(exos::allocate(0xfffffff0) == nullptr);
  CHECK(exos::allocate(EXOS_HEAP_LIMIT - EXOS_HEAP_BASE) == nullptr);
  CHECK(exos::grow_heap(0x7fffffff) == nullptr);
  exos::release(nullptr);
}

void serves_new_and_delete() {
  auto* numbers = new uint32_t[1000];
  for (uint32_t index = 0; index < 1000; ++index) numbers[index] = index;
  CHECK(numbers[999] == 999);
  delete[] numbers;
}

}  // namespace

int main() {
  allocates_at_random();
  joins_what_is_freed();
  refuses_what_cannot_be();
  serves_new_and_delete();
  return 0;
}
