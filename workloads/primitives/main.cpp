// The primitives of the kernel, each often enough for a median: for the table of published figures
// in docs/exokernel.md (.ci/gen_primitives.py). Started twice, the second environment is the
// partner of the first one's transfers; started once, there are none.
#include <cstdint>

#include "exokernel/abi/calls.hpp"
#include "exokernel/abi/env.h"
#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"
#include "isa/markers.h"
#include "libos/api/environment.hpp"
#include "libos/api/print.hpp"

extern "C" {
extern const char skip_handler[];
extern const char skip_handler_end[];
void null_procedure();
void not_mips1_coprocessor();
void round_trips_synchronous(uint32_t v0, uint32_t count);
void round_trips_asynchronous(uint32_t v0, uint32_t count);
void ping_synchronous();
void ping_asynchronous();
void pong_entry();
}

namespace {

constexpr uint32_t kRounds = 100;
constexpr uint32_t kPartner = 2;
// Addresses that the library OS does not use, and whose entries in the software TLB nothing else
// takes.
constexpr uint32_t kPage = 0x50700000;
constexpr uint32_t kManyPages = 0x51800000;
constexpr uint32_t kManyPageCount = 256;  // the TLB has 64 entries

template <typename Pointer>
uint32_t address(Pointer* pointer) {
  return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(pointer));
}

/// Ends the program with a message if a step did not do what it should.
void require(bool condition, const char* what) {
  if (condition) return;
  exos::print("primitives: %s failed\n", what);
  exos::exit(1);
}

/// Begins a slice, so that it does not end in a measurement.
void take_new_slice() { exos::yield(); }

void call() {
  take_new_slice();
  for (uint32_t round = 0; round < kRounds; ++round) {
    EXO_OP_BEGIN("null procedure call");
    null_procedure();
    EXO_OP_END("null procedure call");
  }
  for (uint32_t round = 0; round < kRounds; ++round) {
    EXO_OP_BEGIN("null system call");
    exo::null();
    EXO_OP_END("null system call");
  }
  for (uint32_t round = 0; round < kRounds; ++round) {
    EXO_OP_BEGIN("null system call with stack");
    exo::env_id();
    EXO_OP_END("null system call with stack");
  }
}

/// Handlers of the program's own, without the library OS, as long as it lives.
class OwnHandlers {
 public:
  OwnHandlers() {
    exo::context().restart_begin = address(skip_handler);
    exo::context().restart_end = address(skip_handler_end);
    for (unsigned index = 0; index < kCount; ++index) {
      saved_[index] = exo::context().handlers[kCodes[index]];
      exo::context().handlers[kCodes[index]] = address(skip_handler);
    }
  }
  ~OwnHandlers() {
    for (unsigned index = 0; index < kCount; ++index)
      exo::context().handlers[kCodes[index]] = saved_[index];
    exo::context().restart_begin = restart_begin_;
    exo::context().restart_end = restart_end_;
  }

 private:
  static constexpr unsigned kCount = 4;
  static constexpr unsigned kCodes[kCount] = {EXC_MOD, EXC_ADEL, EXC_OV, EXC_CPU};
  uint32_t saved_[kCount];
  uint32_t restart_begin_ = exo::context().restart_begin;
  uint32_t restart_end_ = exo::context().restart_end;
};

// An operation begins when its first instruction completes, which one that raises an exception or
// misses the TLB does not do before its handler has run: another comes first, for a store the load
// that brings its page into the TLB.

void raise_exceptions() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  require(page.ok() && exo::tlb_write(kPage, 0u, page.capability()).ok(), "a read-only page");
  take_new_slice();
  const OwnHandlers handlers;
  for (uint32_t round = 0; round < kRounds; ++round) {
    EXO_OP_BEGIN("exception unaligned");
    asm volatile("nop\n\tlw $2, 1($29)\n\tnop" : : : "$2", "memory");
    EXO_OP_END("exception unaligned");
  }
  const uint32_t large = 0x7fffffff;
  for (uint32_t round = 0; round < kRounds; ++round) {
    EXO_OP_BEGIN("exception overflow");
    asm volatile("nop\n\tadd $2, %0, %0" : : "r"(large) : "$2");
    EXO_OP_END("exception overflow");
  }
  for (uint32_t round = 0; round < kRounds; ++round) not_mips1_coprocessor();
  for (uint32_t round = 0; round < kRounds; ++round) {
    EXO_OP_BEGIN("exception protection");
    asm volatile("lw $0, 0(%0)\n\tsw $0, 0(%0)" : : "r"(kPage) : "memory");
    EXO_OP_END("exception protection");
  }
  require(exo::page_dealloc(page.capability()).ok(), "page_dealloc");
}

void read(uint32_t virt) { asm volatile("nop\n\tlw $0, 0(%0)\n\tnop" : : "r"(virt) : "memory"); }

void miss_tlb() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  require(page.ok(), "page_alloc");
  for (uint32_t index = 0; index < kManyPageCount; ++index)
    require(exo::tlb_write(kManyPages + index * PAGE_SIZE, 0u, page.capability()).ok(),
            "tlb_write");
  take_new_slice();
  for (uint32_t index = 0; index < kManyPageCount; ++index) {
    EXO_OP_BEGIN("software TLB hit");
    read(kManyPages + index * PAGE_SIZE);
    EXO_OP_END("software TLB hit");
  }
  require(exo::guarantee(kPage, 0u, page.capability()).ok(), "guarantee");
  for (uint32_t round = 0; round < kRounds; ++round) {
    EXO_OP_BEGIN("tlb_delete");
    exo::tlb_delete(kPage);
    EXO_OP_END("tlb_delete");
    EXO_OP_BEGIN("guaranteed page refill");
    read(kPage);
    EXO_OP_END("guaranteed page refill");
  }
  require(exo::unguarantee(kPage).ok(), "unguarantee");
  require(exo::page_dealloc(page.capability()).ok(), "page_dealloc");
}

void use_pages() {
  for (uint32_t round = 0; round < kRounds; ++round) {
    take_new_slice();
    EXO_OP_BEGIN("page_alloc");
    const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
    EXO_OP_END("page_alloc");
    EXO_OP_BEGIN("tlb_write");
    const exo::CallResult bound = exo::tlb_write(kPage, EXO_MAP_WRITE, page.capability());
    EXO_OP_END("tlb_write");
    EXO_OP_BEGIN("tlb_write again");
    exo::tlb_write(kPage, EXO_MAP_WRITE, page.capability());
    EXO_OP_END("tlb_write again");
    EXO_OP_BEGIN("capability_derive");
    const exo::CallResult derived = exo::capability_derive(page.capability(), EXO_RIGHT_READ);
    EXO_OP_END("capability_derive");
    EXO_OP_BEGIN("page_dealloc");
    const exo::CallResult freed = exo::page_dealloc(page.capability());
    EXO_OP_END("page_dealloc");
    require(page.ok() && bound.ok() && derived.ok() && freed.ok(), "a page");
  }
}

void transfer() {
  take_new_slice();
  exo::context().synchronous_entry = address(&ping_synchronous);
  round_trips_synchronous(EXO_SCALL | (kPartner << EXO_TRANSFER_SHIFT), kRounds);
  take_new_slice();
  exo::context().asynchronous_entry = address(&ping_asynchronous);
  round_trips_asynchronous(EXO_ACALL | (kPartner << EXO_TRANSFER_SHIFT), kRounds);
}

/// Gives its slices to the first environment until that one has ended.
void be_partner() {
  exo::context().synchronous_entry = address(&pong_entry);
  exo::context().asynchronous_entry = address(&pong_entry);
  while (exos::yield(1) == 0) {
  }
}

}  // namespace

int main() {
  if (exos::environment_id() == kPartner) {
    be_partner();
    return 0;
  }
  call();
  raise_exceptions();
  miss_tlb();
  use_pages();
  if (exos::environment_count() >= kPartner) transfer();
  exos::print("primitives: done\n");
  return 0;
}
