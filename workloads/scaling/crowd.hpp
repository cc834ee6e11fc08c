// What the environments share: how many there are, what they do in their slices, and the stubs that
// measure it.
#pragma once

#include "exokernel/tests/harness/child.hpp"
#include "workloads/scaling/layout.h"
#include "workloads/scaling/stubs.h"

namespace scaling {

/// Measures one primitive, with one number of environments.
using Stub = void (*)();
struct Stubs {
#define SCALING_MEMBER(id, ...) Stub id;
  SCALING_STUBS(SCALING_MEMBER, SCALING_MEMBER, SCALING_MEMBER)
#undef SCALING_MEMBER
};

}  // namespace scaling

extern "C" {
/// A call of the kernel that returns at the environment's next slice, and a transfer that returns
/// with the answer.
int32_t scaling_leave(uint32_t a0, uint32_t a1, scaling::Stub stub);
int32_t scaling_transfer(uint32_t v0, scaling::Stub stub);
}

namespace scaling {

inline constexpr uint32_t kMost = 256;
inline constexpr uint32_t kFirst = 1;             // id of the environment that creates the others
inline constexpr uint32_t kForever = 0x7fffffff;  // cycles

enum class Mode : uint8_t {
  kNothing,  // but yield
  kTurns,    // uses every primitive once, and yields
  kSleep,    // sleeps until the first environment yields to it, and yields to that one
  kYield,    // yields, all of them under revocation
  kReturn,   // returns its tile and yields
  kTake      // allocates one and yields
};

/// The crowd: who they are, in the order in which they take turns. The first is number 0.
struct Crowd {
  test::Child member[kMost];
  uint32_t count;
  uint16_t number[512];  // by id
  Mode mode;
  uint32_t round;  // of turns: some primitives have their place in one of two or four
  const Stubs* stubs;
};
extern Crowd crowd;

inline const Stubs& stubs() { return *crowd.stubs; }

/// Calls a stub with the arguments of its call in the registers that they have there.
template <typename... Arguments>
[[gnu::always_inline]] inline exo::CallResult measure(Stub stub, const Arguments&... values) {
  constexpr unsigned kCount = exo::kWords<Arguments...>;
  const exo::CallArguments arguments = exo::pack(values...);
  const uint32_t* const word = arguments.word;
  register Stub t9 asm("$25") = stub;
  register uint32_t v0 asm("$2");
  register uint32_t v1 asm("$3");
  register uint32_t a0 asm("$4") = kCount > 0 ? word[0] : exo::unset<0>();
  register uint32_t a1 asm("$5") = kCount > 1 ? word[1] : exo::unset<1>();
  register uint32_t a2 asm("$6") = kCount > 2 ? word[2] : exo::unset<2>();
  register uint32_t a3 asm("$7") = kCount > 3 ? word[3] : exo::unset<3>();
  register uint32_t t0 asm("$8") = kCount > 4 ? word[4] : exo::unset<4>();
  register uint32_t t1 asm("$9") = kCount > 5 ? word[5] : exo::unset<5>();
  register uint32_t t2 asm("$10") = kCount > 6 ? word[6] : exo::unset<6>();
  register uint32_t t3 asm("$11") = kCount > 7 ? word[7] : exo::unset<7>();
  asm volatile(".set push\n\t.set noreorder\n\tjalr %[stub]\n\tnop\n\t.set pop"
               : [stub] "+r"(t9), "=r"(v0), "=r"(v1), "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3),
                 "+r"(t0), "+r"(t1), "+r"(t2), "+r"(t3)
               :
               : "$1", "$12", "$13", "$14", "$15", "$24", "$31", "hi", "lo", "memory");
  return {static_cast<int32_t>(v0), {v1, a0, a1}};
}

/// The same for a call that must succeed.
template <typename... Arguments>
[[gnu::always_inline]] inline exo::CallResult must(Stub stub, const Arguments&... values) {
  const exo::CallResult result = measure(stub, values...);
  CHECK(result.ok());
  return result;
}

inline exo::Capability allocate() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  CHECK(page.ok());
  return page.capability();
}
inline exo::Capability kept(uint32_t where) {
  return {{test::word_at(where), test::word_at(where + 4), test::word_at(where + 8)}};
}
inline void keep(uint32_t where, const exo::Capability& capability) {
  for (uint32_t index = 0; index < 3; ++index)
    test::word_at(where + 4 * index) = capability.word[index];
}

/// What an environment has between its turns, and one turn of it.
void prepare();
void take_turn();
/// Pages that the software TLB has and the TLB has not, all the same frame.
void miss_tlb();

/// The life of one environment more, and what is done with it. All others sleep.
void live_once();
exo::Capability quota_capability();

}  // namespace scaling
