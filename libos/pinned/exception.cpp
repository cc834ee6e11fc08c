// From the upcall to the handler of an exception.
#include "libos/api/exception.hpp"

#include "libos/fatal.hpp"
#include "libos/pinned/vm.hpp"

namespace exos {
namespace {

ExceptionHandler handlers[EXC_COUNT];

bool is_miss(uint32_t code) { return code == EXC_TLBL || code == EXC_TLBS; }

}  // namespace

ExceptionHandler on_exception(unsigned code, ExceptionHandler handler) {
  if (code >= EXC_COUNT) return nullptr;
  const ExceptionHandler before = handlers[code];
  handlers[code] = handler;
  return before;
}

extern "C" void exos_handle_exception(ExceptionFrame* frame) {
  const uint32_t code = frame->code();
  const char* reason = "no handler";
  if (is_miss(code)) {
    const Served served = vm_serve_miss(frame->address);
    if (served == Served::kYes) return;
    reason = served == Served::kNoMemory ? "out of memory" : "nothing is mapped there";
  }
  const ExceptionHandler handler = code < EXC_COUNT ? handlers[code] : nullptr;
  if (handler != nullptr && handler(*frame)) return;
  fatal_exception(*frame, reason);
}

}  // namespace exos
