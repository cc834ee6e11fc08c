// Last words of a program.
#include "libos/fatal.hpp"

#include "exokernel/abi/info.hpp"
#include "libos/api/environment.hpp"
#include "libos/api/print.hpp"

namespace exos {
namespace {

[[noreturn]] void end(const char* what, uint32_t pc, uint32_t address, const char* reason) {
  flush();
  print("exos: environment %u (%s): %s at %#x, address %#x: %s\n", environment_id(),
        exo::info().name, what, pc, address, reason);
  exit(kFatalStatus);
}

}  // namespace

const char* exception_name(unsigned code) {
  constexpr const char* kNames[EXC_COUNT] = {"Int", "Mod", "TLBL", "TLBS", "AdEL", "AdES", "IBE",
                                             "DBE", "Sys", "Bp",   "RI",   "CpU",  "Ov"};
  return code < EXC_COUNT ? kNames[code] : "reserved exception";
}

void fatal_exception(const ExceptionFrame& frame, const char* reason) {
  const uint32_t pc = frame.is_in_delay_slot() ? frame.pc + 4 : frame.pc;
  end(exception_name(frame.code()), pc, frame.address, reason);
}

/// From the upcall: there is no room for one more frame.
extern "C" [[noreturn]] void exos_exception_stack_overflow(uint32_t pc, uint32_t address,
                                                           uint32_t cause) {
  const ExceptionFrame frame{
      .reg = {}, .hi = 0, .lo = 0, .pc = pc, .address = address, .cause = cause, .padding = 0};
  fatal_exception(frame, "the exception stack is full");
}

}  // namespace exos
