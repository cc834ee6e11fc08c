/* The kernel calls as C++ functions for applications: exo::page_alloc(EXO_PAGE_ANY). One for each
 * row of syscalls.def, with as many arguments as the row says; capabilities count as three. */
#pragma once

#include <cstdint>

#include "exokernel/abi/capability.h"
#include "exokernel/abi/errors.h"
#include "exokernel/abi/syscalls.h"

namespace exo {

/// What a call returns in v0, v1, a0, a1.
struct CallResult {
  int32_t value;  // or a negated error
  uint32_t word[3];

  bool ok() const { return value >= 0; }
  /// The capability that page_alloc, env_create and the calls on capabilities return.
  Capability capability() const { return {{word[0], word[1], word[2]}}; }
};

/// Arguments a0 to a3 and t0 to t3 of a call. Capabilities are taken apart into their words.
struct CallArguments {
  uint32_t word[8] = {};
  unsigned count = 0;

  constexpr void add(uint32_t value) { word[count++] = value; }
  constexpr void add(const Capability& capability) {
    for (const uint32_t part : capability.word) add(part);
  }
};

/// The register of an argument that the call does not read: no instruction sets it. The number
/// keeps the compiler from making them all one value, which it would have to copy.
template <unsigned kArgument>
[[gnu::always_inline]] inline uint32_t unset() {
  uint32_t value;
  asm volatile("" : "=r"(value) : "i"(kArgument));
  return value;
}

template <unsigned kCount>
[[gnu::always_inline]] inline CallResult raw_call(uint32_t number, const CallArguments& arguments) {
  const uint32_t* const word = arguments.word;
  register uint32_t v0 asm("$2") = number;
  register uint32_t v1 asm("$3");
  register uint32_t a0 asm("$4") = kCount > 0 ? word[0] : unset<0>();
  register uint32_t a1 asm("$5") = kCount > 1 ? word[1] : unset<1>();
  register uint32_t a2 asm("$6") = kCount > 2 ? word[2] : unset<2>();
  register uint32_t a3 asm("$7") = kCount > 3 ? word[3] : unset<3>();
  register uint32_t t0 asm("$8") = kCount > 4 ? word[4] : unset<4>();
  register uint32_t t1 asm("$9") = kCount > 5 ? word[5] : unset<5>();
  register uint32_t t2 asm("$10") = kCount > 6 ? word[6] : unset<6>();
  register uint32_t t3 asm("$11") = kCount > 7 ? word[7] : unset<7>();
  asm volatile("syscall"
               : "+r"(v0), "=r"(v1), "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3), "+r"(t0), "+r"(t1),
                 "+r"(t2), "+r"(t3)
               :
               : "$1", "$12", "$13", "$14", "$15", "$24", "$25", "hi", "lo", "memory");
  return {static_cast<int32_t>(v0), {v1, a0, a1}};
}

template <typename... Arguments>
constexpr CallArguments pack(const Arguments&... arguments) {
  CallArguments packed;
  (packed.add(arguments), ...);
  return packed;
}

template <typename... Arguments>
constexpr unsigned kWords = (0u + ... +
                             ((sizeof(Arguments) + sizeof(uint32_t) - 1) / sizeof(uint32_t)));

#define EXO_SYSCALL(number, name, kind, arguments, documentation)             \
  template <typename... Arguments>                                            \
  [[gnu::always_inline]] inline CallResult name(const Arguments&... values) { \
    static_assert(kWords<Arguments...> == arguments);                         \
    return raw_call<arguments>(number, pack(values...));                      \
  }
#include "exokernel/abi/syscalls.def"
#undef EXO_SYSCALL

/// Transfers control to an environment's synchronous entry, with all registers as they are but v0.
/// Returns only if that is refused: the negated error. Otherwise the caller goes on when another
/// environment transfers control to its own entry, or when it runs in a slice.
[[gnu::always_inline]] inline int32_t transfer(uint32_t kind, uint32_t environment) {
  register uint32_t v0 asm("$2") = kind | (environment << EXO_TRANSFER_SHIFT);
  asm volatile("syscall" : "+r"(v0) : : "memory");
  return static_cast<int32_t>(v0);
}
[[gnu::always_inline]] inline int32_t scall(uint32_t environment) {
  return transfer(EXO_SCALL, environment);
}
/// The same to its asynchronous entry.
[[gnu::always_inline]] inline int32_t acall(uint32_t environment) {
  return transfer(EXO_ACALL, environment);
}

/// A capability for the caller's page.
[[gnu::always_inline]] inline CallResult page_capability(uint32_t pfn, uint32_t rights) {
  return capability_mint(capability_word(EXO_KIND_PAGE, rights, pfn));
}

}  // namespace exo
