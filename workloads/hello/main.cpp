// The first program: a tour of what the kernel and the library OS do, each step marked as an
// operation. Started from several images, it takes turns with the other environments.
#include <cstdint>

#include "exokernel/abi/calls.hpp"
#include "isa/machine/cp0.h"
#include "isa/markers.h"
#include "libos/api/environment.hpp"
#include "libos/api/exception.hpp"
#include "libos/api/print.hpp"
#include "libos/api/unaligned.hpp"
#include "libos/api/vm.hpp"

namespace {

constexpr unsigned kNullCalls = 1000;
constexpr unsigned kPages = 16;
constexpr unsigned kHeapPages = 64;
constexpr unsigned kTurns = 3;
// A page of address space that the library OS does not use.
constexpr uint32_t kScratchPage = 0x50000000;

unsigned repairs;
unsigned breakpoints;

/// Ends the program with a message if a step did not do what it should.
void require(bool condition, const char* what) {
  if (condition) return;
  exos::print("hello: %s failed\n", what);
  exos::exit(1);
}

void call_kernel() {
  for (unsigned call = 0; call < kNullCalls; ++call) {
    EXO_OP_BEGIN("null system call");
    exo::null();
    EXO_OP_END("null system call");
  }
  exos::print("%u null system calls\n", kNullCalls);
  exos::print("a line written by a single call of the kernel");
  EXO_OP_BEGIN("console write");
  exos::flush();
  EXO_OP_END("console write");
  exos::print("\n");
}

void use_pages() {
  for (uint32_t index = 0; index < kPages; ++index) {
    EXO_OP_BEGIN("page allocate");
    const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
    EXO_OP_END("page allocate");
    require(page.ok(), "page_alloc");
    EXO_OP_BEGIN("TLB write");
    const exo::CallResult bound = exo::tlb_write(kScratchPage, EXO_MAP_WRITE, page.capability());
    EXO_OP_END("TLB write");
    require(bound.ok(), "tlb_write");
    auto* word = reinterpret_cast<volatile uint32_t*>(kScratchPage);
    *word = index;
    require(*word == index, "a page of its own");
    EXO_OP_BEGIN("page free");
    const exo::CallResult freed = exo::page_dealloc(page.capability());
    EXO_OP_END("page free");
    require(freed.ok(), "page_dealloc");
  }
  exos::print("%u pages allocated, bound, used and freed\n", kPages);
}

void grow_heap() {
  auto* heap = static_cast<volatile uint8_t*>(exos::grow_heap(kHeapPages * PAGE_SIZE));
  require(heap != nullptr, "grow_heap");
  const uint32_t before = exos::vm_counts().faults;
  for (uint32_t page = 0; page < kHeapPages; ++page) {
    EXO_OP_BEGIN("page fault served");
    heap[page * PAGE_SIZE] = static_cast<uint8_t>(page);
    EXO_OP_END("page fault served");
  }
  for (uint32_t page = 0; page < kHeapPages; ++page)
    require(heap[page * PAGE_SIZE] == page, "the heap");
  exos::print("%u pages of heap, %u page faults served by the program\n", kHeapPages,
              exos::vm_counts().faults - before);
}

bool skip_breakpoint(exos::ExceptionFrame& frame) {
  ++breakpoints;
  frame.pc += sizeof(uint32_t);
  return true;
}

void break_and_continue() {
  exos::on_exception(EXC_BP, skip_breakpoint);
  for (unsigned index = 0; index < kPages; ++index) {
    EXO_OP_BEGIN("exception round trip");
    asm volatile("break" ::: "memory");
    EXO_OP_END("exception round trip");
  }
  exos::print("%u breakpoints passed\n", breakpoints);
}

bool repair(exos::ExceptionFrame& frame) {
  ++repairs;
  return exos::repair_unaligned(frame);
}

/// Loads in the delay slot of a branch that is taken.
uint32_t load_in_delay_slot(const uint8_t* address) {
  uint32_t value;
  uint32_t is_skipped = 1;
  asm volatile(
      ".set push\n.set noreorder\n"
      "b 1f\n"
      "lw %0, 0(%2)\n"
      "move %1, $0\n"
      "1: nop\n"
      ".set pop\n"
      : "=&r"(value), "+r"(is_skipped)
      : "r"(address)
      : "memory");
  require(is_skipped == 1, "the branch before an unaligned load");
  return value;
}

void access_unaligned() {
  alignas(4) uint8_t bytes[12] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  exos::on_exception(EXC_ADEL, repair);
  exos::on_exception(EXC_ADES, repair);
  auto* word = reinterpret_cast<volatile uint32_t*>(bytes + 1);
  asm volatile("" : "+r"(word));  // the compiler must not know that it is unaligned
  // An operation begins with an instruction that completes; one that is emulated does not.
  EXO_OP_BEGIN("unaligned access repaired");
  asm volatile("nop");
  const uint32_t loaded = *word;
  EXO_OP_END("unaligned access repaired");
  require(loaded == 0x04030201, "an unaligned load");
  EXO_OP_BEGIN("unaligned access repaired");
  asm volatile("nop");
  *word = 0xaabbccdd;
  EXO_OP_END("unaligned access repaired");
  require(bytes[0] == 0 && bytes[1] == 0xdd && bytes[4] == 0xaa && bytes[5] == 5,
          "an unaligned store");
  EXO_OP_BEGIN("unaligned access repaired");
  asm volatile("nop");
  const uint32_t in_delay_slot = load_in_delay_slot(bytes + 6);
  EXO_OP_END("unaligned access repaired");
  require(in_delay_slot == 0x09080706, "an unaligned load in a delay slot");
  exos::print("%u unaligned accesses repaired\n", repairs);
}

/// Each environment prints its turn and gives the processor to the next one that is left.
void take_turns() {
  const uint32_t own = exos::environment_id();
  for (unsigned turn = 1; turn <= kTurns; ++turn) {
    exos::print("environment %u: turn %u\n", own, turn);
    EXO_OP_BEGIN("yield round");
    uint32_t next = own;
    do {
      next = next % exos::environment_count() + 1;
    } while (exos::yield(next) != 0);
    EXO_OP_END("yield round");
  }
}

}  // namespace

int main() {
  exos::print("hello from environment %u of %u\n", exos::environment_id(),
              exos::environment_count());
  call_kernel();
  use_pages();
  grow_heap();
  break_and_continue();
  access_unaligned();
  take_turns();
  exos::print("environment %u: done\n", exos::environment_id());
  return 0;
}
