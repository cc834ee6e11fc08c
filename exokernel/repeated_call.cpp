// Reclaiming before a refusal, and making calls again.
#include "exokernel/repeated_call.hpp"

#include "exokernel/environment_end.hpp"

namespace aegis {
namespace {

constexpr uint8_t kArgumentWords[EXO_SYSCALL_COUNT] = {
#define EXO_SYSCALL(number, name, kind, arguments, documentation) arguments,
#include "exokernel/abi/syscalls.def"
#undef EXO_SYSCALL
};

/// What the registers hold when the call is made again. Of those that are no arguments nothing has
/// been stored: an earlier caller's words stand there.
void put_arguments_back(CallFrame& call, uint32_t number) {
  call.v0 = number;
  uint32_t* const words[] = {&call.a[0], &call.a[1], &call.a[2], &call.a[3],
                             &call.t[0], &call.t[1], &call.t[2], &call.t[3]};
  for (uint32_t index = 2; index < 8; ++index)  // a0 and a1 always are
    if (index >= kArgumentWords[number]) *words[index] = 0;
}

}  // namespace

uint32_t unless_reclaimed(uint32_t error) { return environments_reclaim() ? kAgain : error; }

void refuse(CallFrame& call, exo::Syscall number, uint32_t error) {
  if (error != kAgain) return call.fail(error);
  put_arguments_back(call, static_cast<uint32_t>(number));
  call.pc = 0;
}

}  // namespace aegis
