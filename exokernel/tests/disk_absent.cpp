// Without a disk, or a DMA engine, the calls say so, and there is nothing to be had.
// options: --set devices.disk=null
// options: --set devices.disk=null --set devices.dma=null
#include "exokernel/tests/harness/disk.hpp"

using test::refused;

void run_tests() {
  test::bind_disk_tables();
  const exo::Info& info = exo::info();
  CHECK(info.disk_blocks == 0 && info.disk_heads == 0 && info.disk_sectors == 0);
  CHECK(test::stock(EXO_RESOURCE_BLOCKS).free == 0);
  CHECK(test::stock(EXO_RESOURCE_REQUESTS).free == 0);
  CHECK(refused(exo::extent_alloc(0u, 1u), EXO_ERROR_NO_DEVICE));
  CHECK(refused(exo::extent_alloc(0u, 0u), EXO_ERROR_NO_DEVICE));
  CHECK(refused(exo::extent_dealloc(exo::Capability{}), EXO_ERROR_BAD_CAPABILITY));
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  const exo::CallResult asked = exo::disk_transfer(exo::Capability{}, page, 0u, test::blocks(1));
  CHECK(refused(asked, EXO_ERROR_NO_DEVICE));
  CHECK(exo::page_dealloc(page).ok());
}
