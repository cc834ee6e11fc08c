// The heap: a list of free blocks in the order of their addresses, first fit, neighbours joined.
//
// A block begins with a header of 8 bytes, which holds its size. Blocks are multiples of 8 bytes.
#include "libos/api/heap.hpp"

#include <cstdint>
#include <new>

#include "isa/machine/cp0.h"
#include "isa/markers.h"
#include "libos/api/vm.hpp"
#include "libos/layout.h"
#include "libos/pinned/vm.hpp"

namespace exos {
namespace {

constexpr size_t kUnit = 8;
constexpr size_t kGrowBytes = 16 * PAGE_SIZE;  // at once: touched only when used

struct Block {
  size_t bytes;  // header included
  Block* next;   // while it is free

  Block* end() { return reinterpret_cast<Block*>(reinterpret_cast<uint8_t*>(this) + bytes); }
  void* contents() { return reinterpret_cast<uint8_t*>(this) + kUnit; }
};

Block* first_free;

size_t round_up(size_t bytes, size_t unit) { return (bytes + unit - 1) / unit * unit; }

/// Puts a block into the list and joins it with its neighbours.
void insert(Block* block) {
  Block** link = &first_free;
  Block* previous = nullptr;
  while (*link != nullptr && *link < block) {
    previous = *link;
    link = &previous->next;
  }
  block->next = *link;
  *link = block;
  if (block->next != nullptr && block->end() == block->next) {
    block->bytes += block->next->bytes;
    block->next = block->next->next;
  }
  if (previous != nullptr && previous->end() == block) {
    previous->bytes += block->bytes;
    previous->next = block->next;
  }
}

/// Takes the first block that is large enough out of the list; what is too much stays.
Block* take(size_t bytes) {
  for (Block** link = &first_free; *link != nullptr; link = &(*link)->next) {
    Block* block = *link;
    if (block->bytes < bytes) continue;
    if (block->bytes - bytes < sizeof(Block)) {
      *link = block->next;
      return block;
    }
    auto* rest = reinterpret_cast<Block*>(reinterpret_cast<uint8_t*>(block) + bytes);
    *rest = {.bytes = block->bytes - bytes, .next = block->next};
    *link = rest;
    block->bytes = bytes;
    return block;
  }
  return nullptr;
}

bool grow(size_t bytes) {
  const size_t pages = round_up(bytes < kGrowBytes ? kGrowBytes : bytes, PAGE_SIZE);
  auto* block = static_cast<Block*>(grow_heap(pages));
  if (block == nullptr) return false;
  block->bytes = pages;
  insert(block);
  return true;
}

}  // namespace

void* grow_heap(size_t bytes) {
  Region& heap = vm_heap();
  if (bytes > EXOS_HEAP_LIMIT - heap.end) return nullptr;
  auto* begin = reinterpret_cast<void*>(heap.end);
  heap.end += round_up(bytes, PAGE_SIZE);
  return begin;
}

void* allocate(size_t bytes) {
  EXO_DOMAIN("management");
  if (bytes > EXOS_HEAP_LIMIT - EXOS_HEAP_BASE) return nullptr;
  const size_t size = round_up(bytes + kUnit, 2 * kUnit);
  Block* block = take(size);
  if (block == nullptr && grow(size)) block = take(size);
  return block == nullptr ? nullptr : block->contents();
}

void release(void* memory) {
  EXO_DOMAIN("management");
  if (memory == nullptr) return;
  insert(reinterpret_cast<Block*>(static_cast<uint8_t*>(memory) - kUnit));
}

}  // namespace exos
