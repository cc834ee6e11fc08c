// Pixels of the frame buffer for tests: any word of it, and whole tiles.
#pragma once

#include "exokernel/tests/harness/harness.hpp"

namespace test {

/// Where pages of pixels are bound when they are needed. The first is not where the pages of a test
/// stand in the software TLB, so that its binding is not forgotten.
inline constexpr uint32_t kPixels = 0x11523000;

inline uint32_t tile_columns() {
  const exo::InfoFramebuffer& screen = exo::info().framebuffer;
  return (screen.width + screen.tile_width - 1) / screen.tile_width;
}
/// A tile's first column and line.
inline uint32_t left(uint32_t tile) {
  return tile % tile_columns() * exo::info().framebuffer.tile_width;
}
inline uint32_t top(uint32_t tile) {
  return tile / tile_columns() * exo::info().framebuffer.tile_height;
}

/// The word that begins with a pixel. Each page has an address of its own.
inline volatile uint32_t& pixel_word(uint32_t column, uint32_t line) {
  const uint32_t offset = line * exo::info().framebuffer.width + column;
  const uint32_t virt = kPixels + (offset & ~uint32_t{PAGE_SIZE - 1});
  exo::pixels_bind(virt, offset / PAGE_SIZE);
  return word_at(kPixels + offset);
}

/// Until stores have reached the device: a read may overtake them in the write buffer.
inline void settle() { burn(100); }

/// Calls `action` for each word of a tile.
template <typename Action>
void for_each_word(uint32_t tile, Action action) {
  const exo::InfoFramebuffer& screen = exo::info().framebuffer;
  for (uint32_t line = top(tile); line < top(tile) + screen.tile_height; ++line) {
    if (line >= screen.height) break;
    const uint32_t right = left(tile) + screen.tile_width;
    volatile uint32_t* word = &pixel_word(left(tile), line);
    uint32_t column = left(tile);
    for (; column < right && column < screen.width; column += sizeof(uint32_t), ++word) {
      // A line may go over the end of a page.
      if (reinterpret_cast<uint32_t>(word) % PAGE_SIZE == 0) word = &pixel_word(column, line);
      action(*word);
    }
  }
}

inline void fill_tile(uint32_t tile, uint32_t value) {
  for_each_word(tile, [=](volatile uint32_t& word) { word = value; });
  settle();
}

inline bool is_tile_filled(uint32_t tile, uint32_t value) {
  bool is_filled = true;
  for_each_word(tile, [&](volatile uint32_t& word) { is_filled = is_filled && word == value; });
  return is_filled;
}

}  // namespace test
