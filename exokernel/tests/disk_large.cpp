// A disk with more blocks than the kernel keeps a map of: the first ones are used.
// options: --set devices.disk.cylinders=16384 --set devices.disk.heads=64
#include "exokernel/tests/harness/disk.hpp"

using test::refused;

void run_tests() {
  constexpr uint32_t kUsed = 1 << 20;
  test::bind_disk_tables();
  CHECK(exo::info().disk_blocks == kUsed && exo::info().disk_heads == 64);
  CHECK(test::stock(EXO_RESOURCE_BLOCKS).free == kUsed);
  CHECK(refused(exo::extent_alloc(kUsed, 1u), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::extent_alloc(kUsed - 1, 2u), EXO_ERROR_BAD_ARGUMENT));
  const exo::Capability last = test::new_extent(kUsed - 1, 1);
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  const uint32_t ticket =
      test::ticket_of(exo::disk_transfer(last, page, 0u, test::blocks(1, EXO_DISK_WRITE)));
  CHECK(test::wait(ticket) == EXO_REQUEST_DONE && test::request(ticket).block == kUsed - 1);
  CHECK(exo::extent_dealloc(last).ok());
  CHECK(refused(exo::disk_transfer(test::new_extent(kUsed - 1, 1), page, 0u, test::blocks(1)),
                EXO_ERROR_NOT_WRITTEN));
}
