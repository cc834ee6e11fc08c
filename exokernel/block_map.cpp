// Ranges of bits.
#include "exokernel/block_map.hpp"

#include "isa/markers.h"

namespace aegis {
namespace {

constexpr uint32_t kBits = 32;  // of a word
constexpr uint32_t kAll = 0xffffffff;

uint32_t* map;

uint32_t words_for(uint32_t blocks) { return (blocks + kBits - 1) / kBits; }

/// A range of blocks as words of the map: all of them, but of the first and the last only a part.
struct Words {
  Words(uint32_t first, uint32_t count)
      : begin(map + first / kBits),
        last(map + (first + count - 1) / kBits),
        of_first(kAll << first % kBits),
        of_last(kAll >> (kBits - 1 - (first + count - 1) % kBits)) {
    if (begin == last) of_first = of_last = of_first & of_last;
  }

  uint32_t* begin;
  uint32_t* last;
  uint32_t of_first, of_last;
};

void fill(uint32_t* begin, const uint32_t* end, uint32_t value) {
#pragma GCC unroll 16
  for (uint32_t* word = begin; word < end; ++word) *word = value;
}

}  // namespace

uint32_t block_map_bytes(uint32_t blocks) { return words_for(blocks) * uint32_t{sizeof(uint32_t)}; }

void block_map_start(uint32_t blocks, uintptr_t where) {
  map = reinterpret_cast<uint32_t*>(where);
  fill(map, map + words_for(blocks), kAll);
}

bool blocks_may_be_read(uint32_t first, uint32_t count) {
  const Words words(first, count);
  return (~*words.begin & words.of_first) == 0 && (~*words.last & words.of_last) == 0;
}

void blocks_written(uint32_t first, uint32_t count) {
  const Words words(first, count);
  *words.begin |= words.of_first;
  *words.last |= words.of_last;
}

[[gnu::noinline]] void blocks_forget(uint32_t first, uint32_t count) {
  EXO_DOMAIN("protection");
  const Words words(first, count);
  *words.begin &= ~words.of_first;
  fill(words.begin + 1, words.last, 0);
  *words.last &= ~words.of_last;
}

}  // namespace aegis
