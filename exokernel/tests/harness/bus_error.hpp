// An interrupt that no driver of the kernel's acknowledges: a store to the frame buffer behind its
// last pixel, which nothing takes. The line of the error register is raised and stays so. The test
// must be run with devices.framebuffer.height=863: the picture then ends within a page.
#pragma once

#include "exokernel/tests/harness/harness.hpp"

namespace test {

inline void raise_bus_error() {
  constexpr uint32_t kWindow = 0x2d000000;
  const exo::InfoFramebuffer& framebuffer = exo::info().framebuffer;
  check(framebuffer.width * framebuffer.height % PAGE_SIZE != 0, "there is such a place", __LINE__);
  check(exo::pixels_bind(kWindow, framebuffer.pages - 1).ok(), "it can be bound", __LINE__);
  poke(kWindow + PAGE_SIZE - sizeof(uint32_t), 0);
  burn(50);  // until it has left the write buffer
}

}  // namespace test
