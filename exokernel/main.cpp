// The kernel's start: look at the machine, make an environment of each boot module, run them.
#include "exokernel/arguments.hpp"
#include "exokernel/boot_info.hpp"
#include "exokernel/boot_module.hpp"
#include "exokernel/cache.hpp"
#include "exokernel/capability.hpp"
#include "exokernel/console.hpp"
#include "exokernel/cp0.hpp"
#include "exokernel/device_table.hpp"
#include "exokernel/disk.hpp"
#include "exokernel/dma.hpp"
#include "exokernel/downloaded_code.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/environment_end.hpp"
#include "exokernel/fpu.hpp"
#include "exokernel/framebuffer.hpp"
#include "exokernel/info_page.hpp"
#include "exokernel/interrupt_line.hpp"
#include "exokernel/memory.hpp"
#include "exokernel/page.hpp"
#include "exokernel/panic.hpp"
#include "exokernel/processor.h"
#include "exokernel/quota.hpp"
#include "exokernel/slice.hpp"
#include "exokernel/slice_vector.hpp"
#include "exokernel/tile.hpp"
#include "exokernel/timer.hpp"
#include "exokernel/tlb.hpp"
#include "exokernel/transfer.h"
#include "isa/devices/console.h"
#include "isa/devices/disk.h"
#include "isa/devices/framebuffer.h"
#include "isa/devices/timer.h"
#include "isa/machine/boot.h"
#include "isa/machine/device_directory.h"

namespace aegis {
namespace {

const char* processor_name() {
  constexpr uint32_t kImplementationMask = 0xff00;
  const uint32_t id = read_cp0<CP0_PRID>();
  return (id & kImplementationMask) == (PRID_R2000 & kImplementationMask) || id == PRID_R2000A
             ? "R2000"
             : "R3000";
}

void print_banner(const BootInfo& boot) {
  constexpr uint32_t kMebibyte = 1 << 20;
  const uint32_t ram = boot.ram_bytes();
  const bool is_whole = ram % kMebibyte == 0;
  const uint32_t programs = boot.module_count();
  print("aegis: ", processor_name(), ", ", is_whole ? ram / kMebibyte : ram / 1024,
        is_whole ? " MiB, " : " KiB, ", page_count(), " pages (", free_page_count(), " free), ",
        programs, programs == 1 ? " environment\n" : " environments\n");
}

void start_timer(const BootInfo& boot, uint32_t slice) {
  const DeviceEntry timer = boot.find_device(TIMER_ID);
  if (timer.registers == 0 || timer.interrupt == DIRECTORY_NO_INTERRUPT)
    panic("the machine has no timer with an interrupt line");
  timer_attach(timer, boot.cpu_hz(), slice);
}

static_assert(BOOT_MODULE_MAX <= kEnvironmentMax);

/// `present` modules are still in memory.
void start_environments(const BootInfo& boot, unsigned present) {
  const uint32_t count = boot.module_count();
  info_pages_start(count, boot.cpu_hz());
  for (unsigned index = 0; index < count; ++index)
    environment_create(boot.module(index).name, exo::kOwnerNone);
  for (unsigned index = 0; index < count; ++index) {
    Environment& environment = environment_slot(index + 1);
    environment_make_current(environment);
    const char* fault = index < present ? boot_module_start(environment, boot.module(index))
                                        : "there is not enough memory";
    if (fault != nullptr) environment_destroy(environment, fault);
    while (has_ending_environments()) environments_reclaim();
  }
  for (unsigned index = 0; index < present; ++index) boot_module_release(boot.module(index));
}

}  // namespace

extern "C" [[noreturn]] void kernel_main(uint32_t magic, const uint32_t* table) {
  tlb_wire();
  transfers_start();
  const BootInfo boot(table);
  if (magic != BOOT_MAGIC || !boot.is_valid()) panic("not started by a boot PROM that it knows");
  console_attach(boot.find_device(CONSOLE_ID).registers);
  const Arguments arguments = read_arguments(boot.arguments(), boot.module_count());
  start_timer(boot, arguments.slice);
  caches_start();
  tlb_reset();
  capabilities_start({boot.seed(0), boot.seed(1)});
  const unsigned present = memory_start(boot);
  tlb_expose();
  environments_start(arguments.environments);
  environment_ends_start(boot.module_count());
  quotas_start();
  slices_start();
  code_start();
  devices_start(boot);
  interrupt_lines_start();
  dma_start(boot.find_device(DMA_ID));
  disk_start(boot.find_device(DISK_ID));
  framebuffer_start(boot.find_device(FRAMEBUFFER_ID));
  tiles_start();
  fpu_start();
  print_banner(boot);
  if (boot.module_count() == 0) panic("there is no program to run");
  start_environments(boot, present);
  slice_run_next();
}

}  // namespace aegis
