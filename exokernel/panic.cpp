// Last words.
#include "exokernel/panic.hpp"

#include "exokernel/console.hpp"
#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"

extern "C" uint32_t panic_registers[32];

namespace aegis {
namespace {

constexpr uint32_t kPanicReason = 1;      // a check of the kernel's
constexpr uint32_t kPanicException = 16;  // plus ExcCode: a fault in kernel mode

constexpr unsigned kRegistersPerLine = 4;

constexpr const char* kRegisterNames[32] = {
    "$0", "at", "v0", "v1", "a0", "a1", "a2", "a3", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7",
    "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "t8", "t9", "k0", "k1", "gp", "sp", "fp", "ra"};

uint32_t exception_code(uint32_t cause) {
  return (cause & CAUSE_EXCCODE_MASK) >> CAUSE_EXCCODE_SHIFT;
}

void print_registers() {
  for (unsigned index = 0; index < 32; ++index)
    print(kRegisterNames[index], "=", Hex{panic_registers[index]},
          index % kRegistersPerLine == kRegistersPerLine - 1 ? '\n' : ' ');
}

}  // namespace

const char* exception_name(uint32_t cause) {
  constexpr const char* kNames[] = {"Int", "Mod", "TLBL", "TLBS", "AdEL", "AdES", "IBE",
                                    "DBE", "Sys", "Bp",   "RI",   "CpU",  "Ov"};
  const uint32_t code = exception_code(cause);
  return code < EXC_COUNT ? kNames[code] : "reserved exception";
}

void panic(const char* reason) {
  print("aegis: panic: ", reason, '\n');
  machine_panic(kPanicReason);
}

/// From kernel_exception: a fault in kernel mode.
extern "C" [[noreturn]] void panic_on_exception(uint32_t epc, uint32_t bad_vaddr, uint32_t cause) {
  print("aegis: panic: ", exception_name(cause), " in the kernel at ", Hex{epc}, ", address ",
        Hex{bad_vaddr}, ", Cause ", Hex{cause}, '\n');
  print_registers();
  machine_panic(kPanicException + exception_code(cause));
}

}  // namespace aegis
