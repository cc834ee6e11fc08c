// Pages on demand: more than the TLB and the software TLB hold at once, over many pages of the page
// table; faults inside a handler; a deep stack; static objects.
#include "libos/api/vm.hpp"

#include "libos/api/exception.hpp"
#include "libos/tests/check.hpp"

namespace {

constexpr uint32_t kPageSize = 4096;
constexpr uint32_t kPages = 5000;  // 20 MB
constexpr uint32_t kStride = 64;   // one page in 64: 16 pages of memory for each of the table
constexpr uint32_t kSparsePages = 512;

struct Counted {
  Counted() { ++count; }
  ~Counted() { --count; }
  static unsigned count;
};
unsigned Counted::count;
Counted before_main;

void dense() {
  auto* memory = static_cast<volatile uint8_t*>(exos::grow_heap(kPages * kPageSize));
  const exos::VmCounts before = exos::vm_counts();
  for (uint32_t page = 0; page < kPages; ++page) {
    CHECK(memory[page * kPageSize] == 0);
    memory[page * kPageSize + page % kPageSize] = static_cast<uint8_t>(page | 1);
  }
  CHECK(exos::vm_counts().faults == before.faults + kPages);
  for (uint32_t page = 0; page < kPages; ++page)
    CHECK(memory[page * kPageSize + page % kPageSize] == static_cast<uint8_t>(page | 1));
  CHECK(exos::vm_counts().faults == before.faults + kPages);
  CHECK(exos::vm_counts().misses > before.misses);  // 5000 pages do not fit into 4096 entries
}

void sparse() {
  auto* memory =
      static_cast<volatile uint32_t*>(exos::grow_heap(kSparsePages * kStride * kPageSize));
  constexpr uint32_t kStep = kStride * kPageSize / sizeof(uint32_t);
  for (uint32_t page = 0; page < kSparsePages; ++page) memory[page * kStep] = page;
  for (uint32_t page = 0; page < kSparsePages; ++page) CHECK(memory[page * kStep] == page);
}

volatile uint32_t* fresh;

bool fault_in_handler(exos::ExceptionFrame& frame) {
  fresh[0] = fresh[kPageSize] + 1;  // two pages that nobody has touched
  frame.reg[16] = fresh[0];
  frame.pc += 4;
  return true;
}

void nested() {
  fresh = static_cast<volatile uint32_t*>(exos::grow_heap(8 * kPageSize));
  exos::on_exception(EXC_BP, fault_in_handler);
  register uint32_t s0 asm("$16") = 0;
  asm volatile("break" : "+r"(s0) : : "memory");
  const uint32_t seen = s0;
  CHECK(seen == 1);
}

uint32_t deep(uint32_t levels) {
  volatile uint8_t room[1000];
  room[levels % sizeof(room)] = 1;
  return levels == 0 ? 0 : deep(levels - 1) + room[levels % sizeof(room)];
}

}  // namespace

int main() {
  CHECK(Counted::count == 1);
  sparse();
  dense();
  nested();
  CHECK(deep(900) == 900);
  return 0;
}
