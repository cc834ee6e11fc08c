// The device's registers, and who may reach its pixels.
//
// Only an environment that has bound pixels can be refused any, so only these have to be told from
// each other. TAG is written when one of them begins to run, and left alone when another begins,
// which cannot reach pixels whatever TAG says: its address space has none. So a transfer needs to
// know only whom it enters, and transfer.S leaves those that have bound pixels to C++.
#include "exokernel/framebuffer.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/binding.hpp"
#include "exokernel/call_frame.h"
#include "exokernel/console.hpp"
#include "exokernel/device_register.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/tile.hpp"
#include "exokernel/tlb.hpp"
#include "isa/devices/framebuffer.h"
#include "isa/machine/cp0.h"
#include "isa/machine/memory_map.h"
#include "isa/markers.h"

namespace aegis {

exo::InfoFramebuffer framebuffer;

namespace {

/// What clearing a tile may take, in pixels (ours): as many stores as zeroing a page.
constexpr uint32_t kTilePixelsMax = PAGE_SIZE;

uintptr_t device;  // its registers
uint32_t tag = FRAMEBUFFER_KERNEL;

volatile uint32_t& framebuffer_register(uint32_t offset) { return device_register(device, offset); }

/// Stores that wait in the write buffer are checked against the old tag: they arrive before it.
/// Reads do not wait for them, so the new one must have arrived before anyone reads.
void set_tag(uint32_t wanted) {
  framebuffer_register(FRAMEBUFFER_TAG) = wanted;
  wait_for_writes();
}

uint32_t columns() {
  return (framebuffer.width + framebuffer.tile_width - 1) / framebuffer.tile_width;
}

uint32_t smaller(uint32_t one, uint32_t other) { return one < other ? one : other; }

/// From now on the device is told when the environment runs.
void let_see_pixels(Environment& environment) {
  if (environment.sees_pixels) return;
  environment.sees_pixels = true;
  transfer_record_update(environment);
  framebuffer_follow(environment);
}

}  // namespace

void framebuffer_start(const DeviceEntry& entry) {
  device = entry.registers;
  if (device == 0) return;
  const uint32_t width = framebuffer_register(FRAMEBUFFER_WIDTH);
  const uint32_t height = framebuffer_register(FRAMEBUFFER_HEIGHT);
  const exo::InfoFramebuffer found{
      .first_pfn = static_cast<uint32_t>((device & KSEG_MASK) + FRAMEBUFFER_PIXELS) >> PAGE_SHIFT,
      .pages = (width * height + PAGE_SIZE - 1) >> PAGE_SHIFT,
      .width = width,
      .height = height,
      .tile_width = framebuffer_register(FRAMEBUFFER_TILE_WIDTH),
      .tile_height = framebuffer_register(FRAMEBUFFER_TILE_HEIGHT),
      .tiles = framebuffer_register(FRAMEBUFFER_TILES)};
  if (found.tiles <= kTilesMax && found.tile_width * found.tile_height <= kTilePixelsMax)
    framebuffer = found;
  else
    print("aegis: the frame buffer is not used: it has more than ", uint32_t{kTilesMax},
          " tiles, or they have more than ", uint32_t{kTilePixelsMax}, " pixels\n");
}

void framebuffer_follow(const Environment& environment) {
  const uint32_t wanted = scaled_id(environment.id);
  if (!environment.sees_pixels || tag == wanted) return;
  EXO_DOMAIN("protection");
  tag = wanted;
  set_tag(wanted);
}

void framebuffer_set_owner(uint32_t tile, uint32_t owner, uint32_t access) {
  framebuffer_register(FRAMEBUFFER_TILE) = tile;
  framebuffer_register(FRAMEBUFFER_OWNER) = owner;
  framebuffer_register(FRAMEBUFFER_ACCESS) = access;
  wait_for_writes();
}

[[gnu::noinline]] void framebuffer_clear(uint32_t tile) {
  EXO_DOMAIN("protection");
  const uint32_t left = tile % columns() * framebuffer.tile_width;
  const uint32_t top = tile / columns() * framebuffer.tile_height;
  const uint32_t right = smaller(left + framebuffer.tile_width, framebuffer.width);
  const uint32_t bottom = smaller(top + framebuffer.tile_height, framebuffer.height);
  framebuffer_register(FRAMEBUFFER_TAG) = FRAMEBUFFER_KERNEL;
  for (uint32_t line = top; line < bottom; ++line) {
    const uintptr_t pixels = device + FRAMEBUFFER_PIXELS + line * framebuffer.width;
    for (uint32_t pixel = left; pixel < right; pixel += sizeof(uint32_t))
      device_register(pixels, pixel) = 0;
  }
  set_tag(tag);
}

extern "C" void sys_pixels_bind(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const uint32_t virt = call.a[0], page = call.a[1];
  if (framebuffer.pages == 0) return call.fail(EXO_ERROR_NO_DEVICE);
  if (const uint32_t error = check_bindable(virt)) return call.fail(error);
  if (page >= framebuffer.pages) return call.fail(EXO_ERROR_BAD_ARGUMENT);
  Environment& caller = current_environment();
  let_see_pixels(caller);
  const uint32_t pfn = framebuffer.first_pfn + page;
  tlb_insert(
      {.hi = virt | caller.space, .lo = (pfn << PAGE_SHIFT) | ENTRYLO_V | ENTRYLO_D | ENTRYLO_N});
  call.succeed(0);
}

}  // namespace aegis
