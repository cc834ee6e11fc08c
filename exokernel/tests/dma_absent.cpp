// No DMA engine, or one without an interrupt line, which can tell nobody that it is through.
// options: --set devices.dma=null
// options: --set devices.dma=null --set devices.mute.type=dma --set devices.mute.address=0x10002000
#include "exokernel/tests/harness/child.hpp"
#include "isa/devices/dma.h"

using test::refused;

void run_tests() {
  const auto* devices = test::bind_table<exo::DeviceRecord>(exo::Exposed::kDevices, 0x30040000);
  uint32_t index = 0, engines = 0;
  for (; index < exo::exposed_table(exo::info(), exo::Exposed::kDevices).entries; ++index)
    engines += devices[index].id == DMA_ID;
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(refused(exo::dma_copy(page, page, 0u, 4u | EXO_DMA_TELL), EXO_ERROR_NO_DEVICE));
  const exo::CallResult silent = exo::dma_copy(page, page, 0u, 4u);
  CHECK(engines == 0 ? refused(silent, EXO_ERROR_NO_DEVICE) : silent.ok());
  CHECK(refused(exo::interrupt_bind(4u), EXO_ERROR_BAD_ARGUMENT));
}
