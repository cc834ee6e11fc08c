// A frame buffer with too many tiles, or too large ones, is not used: the calls say so, and there
// are no tiles to be had.
// options: --set devices.framebuffer.tile_width=16
// options: --set devices.framebuffer.tile_height=65
// output: the frame buffer is not used: it has more than 512 tiles, or they have more than 4096
#include "exokernel/tests/harness/child.hpp"

using test::refused;

void run_tests() {
  const auto* machine = test::bind_table<exo::SystemRecord>(exo::Exposed::kSystem, 0x30040000);
  CHECK(refused(exo::tile_alloc(EXO_TILE_ANY, 0u), EXO_ERROR_NO_DEVICE));
  CHECK(refused(exo::tile_alloc(0u, 0u), EXO_ERROR_NO_DEVICE));
  CHECK(refused(exo::pixels_bind(test::kVirt, 0u), EXO_ERROR_NO_DEVICE));
  CHECK(refused(exo::tile_dealloc(exo::Capability{}), EXO_ERROR_BAD_CAPABILITY));
  const uint32_t word = exo::capability_word(EXO_KIND_TILE, EXO_RIGHT_ALL, 0);
  CHECK(refused(exo::capability_mint(word), EXO_ERROR_BAD_ARGUMENT));
  CHECK(exo::info().framebuffer.pages == 0 && exo::info().framebuffer.tiles == 0);
  CHECK(exo::exposed_table(exo::info(), exo::Exposed::kTiles).entries == 0);
  CHECK(machine->stock[EXO_RESOURCE_TILES].free == 0);
  CHECK(test::raises(EXC_TLBL, [] { test::touch(test::kVirt); }));
}
