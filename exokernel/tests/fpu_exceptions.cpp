// Exceptions of the floating-point coprocessor: each kind goes to the handler of EXC_INT of the
// environment that has the coprocessor, with the instruction that raised it and the status; nothing
// of it is left for another one.
// run: exokernel_fpu_exceptions
// options:
// options: --set cpu.model=r2000 --set arguments=slice=100
// options: --set fpu.interrupt=4 --set arguments=slice=100
// output: no handler at 0x00000000 for Int
#include "exokernel/tests/harness/child.hpp"
#include "isa/machine/fpu.h"

// A slice_end that raises an exception. Status: invalid, enabled and caused.
asm(R"(
  .set push
  .set noreorder
  .set hardfloat
  .text
  .globl raising_slice_end
raising_slice_end:
  lui   $4, 1
  ori   $4, $4, 0x0800
  ctc1  $4, $31
  nop
  nop
  j     test_slice_end
  nop
  .set pop
)");
extern "C" void raising_slice_end();

namespace {

constexpr uint32_t kTables = 0x30040000;
constexpr uint32_t kOne = 0x3f800000, kThree = 0x40400000, kHuge = 0x7f000000, kTiny = 0x00800000;
constexpr uint32_t kSignalling = 0x7fc00001;  // a NaN
constexpr uint32_t kNoResult = 0x12345678;
constexpr uint32_t kCauses = 0x3f << FCSR_CAUSE_SHIFT;
constexpr uint32_t kFlags = 0x1f << FCSR_FLAG_SHIFT;

const volatile exo::EnvironmentRecord* records;

void run(void (*function)(), uint32_t status) {
  const test::Child child = test::create_child(function);
  test::start_child(child);
  CHECK(test::wait_for(child, records) == status);
}

constexpr uint32_t enable(uint32_t kinds) { return kinds << FCSR_ENABLE_SHIFT; }
constexpr uint32_t cause(uint32_t kinds) { return kinds << FCSR_CAUSE_SHIFT; }

void write_status(uint32_t value) {
  asm volatile(".set push\n\t.set hardfloat\n\tctc1 %0, $31\n\tnop\n\tnop\n\t.set pop"
               :
               : "r"(value));
}

uint32_t read_status() {
  uint32_t value = 0;
  asm volatile(".set push\n\t.set hardfloat\n\tcfc1 %0, $31\n\tnop\n\t.set pop" : "+r"(value));
  return value;
}

/// f4 = f2 `operation` f0. Its place and its result.
struct Done {
  uint32_t pc;
  uint32_t result;
};

#define DEFINE_OPERATION(name, instruction)                   \
  Done name(uint32_t f2, uint32_t f0) {                       \
    Done done{0, kNoResult};                                  \
    asm volatile(                                             \
        ".set push\n\t.set noreorder\n\t.set hardfloat\n\t"   \
        "mtc1 %3, $f0\n\tmtc1 %2, $f2\n\tmtc1 %1, $f4\n\t"    \
        "lui %0, %%hi(1f)\n\taddiu %0, %0, %%lo(1f)\n\tnop\n" \
        "1:\t" instruction                                    \
        "\n\tnop\n\tmfc1 %1, $f4\n\tnop\n\t"                  \
        ".set pop"                                            \
        : "=&r"(done.pc), "+r"(done.result)                   \
        : "r"(f2), "r"(f0));                                  \
    return done;                                              \
  }
DEFINE_OPERATION(divide, "div.s $f4, $f2, $f0")
DEFINE_OPERATION(multiply, "mul.s $f4, $f2, $f0")
DEFINE_OPERATION(convert, "cvt.w.s $f4, $f2")

/// The operation raises one exception that shows `kinds`, and writes no result and no flags.
void raises(Done (*operation)(uint32_t, uint32_t), uint32_t f2, uint32_t f0, uint32_t enabled,
            uint32_t kinds) {
  write_status(enable(enabled));
  const uint32_t before = test::caught().count;
  const Done done = operation(f2, f0);
  const volatile test::Caught& caught = test::caught();
  CHECK(caught.count == before + 1);
  CHECK(caught.code() == EXC_INT && (caught.cause & CAUSE_BD) == 0);
  CHECK(caught.pc == done.pc);
  CHECK(caught.address == (enable(enabled) | cause(kinds)));
  CHECK(done.result == kNoResult);
  CHECK(read_status() == enable(enabled));
}

void goes_on(Done (*operation)(uint32_t, uint32_t), uint32_t f2, uint32_t f0, uint32_t enabled) {
  write_status(enable(enabled));
  const uint32_t before = test::caught().count;
  const Done done = operation(f2, f0);
  CHECK(test::caught().count == before);
  CHECK(done.result != kNoResult && (read_status() & kFlags) != 0);
}

void raises_each_kind() {
  raises(divide, kOne, kThree, FCSR_INEXACT, FCSR_INEXACT);
  raises(multiply, kHuge, kHuge, FCSR_OVERFLOW, FCSR_OVERFLOW | FCSR_INEXACT);
  raises(divide, kOne, 0, FCSR_DIVIDE_BY_ZERO, FCSR_DIVIDE_BY_ZERO);
  raises(divide, 0, 0, FCSR_INVALID, FCSR_INVALID);
  raises(convert, kHuge, 0, FCSR_INVALID, FCSR_INVALID);
  // What only software can do has no enable.
  raises(multiply, kTiny, kTiny, 0, FCSR_UNIMPLEMENTED);
  raises(divide, kSignalling, kOne, 0, FCSR_UNIMPLEMENTED);
  goes_on(divide, kOne, kThree, FCSR_OVERFLOW | FCSR_DIVIDE_BY_ZERO | FCSR_INVALID);
  goes_on(multiply, kHuge, kHuge, FCSR_DIVIDE_BY_ZERO | FCSR_INVALID);
  goes_on(divide, kOne, 0, FCSR_INEXACT | FCSR_OVERFLOW | FCSR_INVALID);
}

constexpr uint32_t kRaised = enable(FCSR_INVALID) | cause(FCSR_INVALID);

/// Returns the instruction behind the ctc1, which waits for the division before it; that one is
/// skipped, the next `executed`.
uint32_t raise_by_ctc1(uint32_t& executed) {
  uint32_t next = 0;
  executed = 0;
  asm volatile(
      ".set push\n\t.set noreorder\n\t.set hardfloat\n\t"
      "lui %0, %%hi(1f)\n\taddiu %0, %0, %%lo(1f)\n\t"
      "mtc1 %3, $f0\n\tnop\n\tdiv.s $f4, $f0, $f0\n\tctc1 %2, $31\n"
      "1:\tnop\n\tli %1, 1\n\t.set pop"
      : "=&r"(next), "=&r"(executed)
      : "r"(kRaised), "r"(kOne));
  return next;
}

/// ctc1 has completed when its exception comes.
void comes_behind_ctc1() {
  const uint32_t before = test::caught().count;
  uint32_t executed;
  const uint32_t next = raise_by_ctc1(executed);
  CHECK(test::caught().count == before + 1 && test::caught().pc == next);
  CHECK(test::caught().address == kRaised && executed == 1);
  CHECK(read_status() == enable(FCSR_INVALID));
}

/// a0 to a2 are in the context page, where the handler finds them; all else is untouched.
void leaves_the_registers() {
  write_status(enable(FCSR_INVALID));
  register uint32_t a0 asm("$4") = 0x41;
  register uint32_t a1 asm("$5") = 0x51;
  register uint32_t a2 asm("$6") = 0x61;
  register uint32_t v0 asm("$2") = 0x21;
  register uint32_t t9 asm("$25") = 0x91;
  asm volatile(
      ".set push\n\t.set hardfloat\n\tmtc1 $0, $f0\n\tnop\n\tdiv.s $f4, $f0, $f0\n\t.set pop"
      : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(v0), "+r"(t9));
  const bool is_kept = a0 == 0x41 && a1 == 0x51 && a2 == 0x61 && v0 == 0x21 && t9 == 0x91;
  CHECK(is_kept);
  const volatile exo::Context& context = exo::context();
  CHECK(context.exception_a0 == 0x41 && context.exception_a1 == 0x51);
  CHECK(context.exception_a2 == 0x61);
}

/// In a delay slot EPC is the branch. The harness goes on at the instruction behind that, which
/// raises it again, by itself.
void tells_a_delay_slot() {
  write_status(enable(FCSR_INVALID));
  const uint32_t before = test::caught().count;
  uint32_t slot = 0;
  asm volatile(
      ".set push\n\t.set noreorder\n\t.set hardfloat\n\tmtc1 $0, $f0\n\t"
      "lui %0, %%hi(1f)\n\taddiu %0, %0, %%lo(1f)\n\t"
      "b 2f\n"
      "1:\tdiv.s $f4, $f0, $f0\n"
      "2:\tnop\n\t.set pop"
      : "=&r"(slot));
  CHECK(test::caught().count == before + 2);
  CHECK(test::caught().pc == slot && test::caught().code() == EXC_INT);
}

/// The first instruction behind a kernel call is no exception.
void comes_right_behind_a_call() {
  write_status(enable(FCSR_INVALID));
  const uint32_t before = test::caught().count;
  uint32_t place = 0;
  register uint32_t v0 asm("$2") = static_cast<uint32_t>(exo::Syscall::k_null);
  asm volatile(
      ".set push\n\t.set noreorder\n\t.set hardfloat\n\tmtc1 $0, $f0\n\t"
      "lui %0, %%hi(1f)\n\taddiu %0, %0, %%lo(1f)\n\t"
      "syscall\n"
      "1:\tdiv.s $f4, $f0, $f0\n\tnop\n\t.set pop"
      : "=&r"(place), "+r"(v0));
  CHECK(test::caught().count == before + 1 && test::caught().pc == place);
}

/// None is lost and none comes twice, also when the slice ends at the same instruction.
void comes_once_each() {
  constexpr uint32_t kCount = 10'000;
  write_status(enable(FCSR_DIVIDE_BY_ZERO));
  const uint32_t before = test::caught().count;
  const uint32_t slices = test::slices();
  uint32_t wrong = 0;
  for (uint32_t count = 0; count < kCount; ++count) {
    const Done done = divide(kOne, 0);
    wrong += test::caught().pc != done.pc || done.result != kNoResult;
  }
  // An end of the slice during the ctc1 is there when its exception is.
  for (uint32_t count = 0; count < kCount; ++count) {
    uint32_t executed;
    wrong += raise_by_ctc1(executed) != test::caught().pc || executed != 1;
  }
  CHECK(test::caught().count == before + 2 * kCount && wrong == 0);
  CHECK(test::slices() > slices);
}

/// Exceptions less ends of slices, when neither changes.
uint32_t exceptions_more_than_slices() {
  uint32_t slices, more;
  do {
    slices = test::slices();
    more = test::caught().count - slices;
  } while (test::slices() != slices);
  return more;
}

/// The grace period is no time without exceptions.
void comes_in_the_grace_period() {
  static_assert(kRaised == 0x10800);
  volatile uint32_t& slice_end = exo::context().slice_end;
  const uint32_t usual = slice_end;
  slice_end = reinterpret_cast<uint32_t>(&raising_slice_end);
  const uint32_t before = exceptions_more_than_slices();
  const uint32_t slices = test::slices();
  while (test::slices() < slices + 8) {
  }
  CHECK(exceptions_more_than_slices() == before);
  slice_end = usual;
}

/// Interrupts of a device that may share the coprocessor's line are none of its exceptions.
void copy_pages() {
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  for (unsigned count = 0; count < 20; ++count)
    CHECK(exo::dma_copy(page, page, 0u, uint32_t{PAGE_SIZE} | EXO_DMA_TELL).ok());
  test::burn(100'000);
}

void shares_its_line() {
  const uint32_t before = test::caught().count;
  write_status(enable(FCSR_INVALID));
  copy_pages();
  run(copy_pages, 0);
  CHECK(test::caught().count == before);
  raises_each_kind();
}

/// Who gets the coprocessor has none of the former user's exceptions, and raises its own.
void is_another() {
  CHECK(test::raises(EXC_CPU, [] { read_status(); }));
  CHECK(exo::fpu_mod(1u).ok());
  CHECK((read_status() & (kCauses | enable(0x1f))) == 0);
  raises(divide, kOne, 0, FCSR_DIVIDE_BY_ZERO, FCSR_DIVIDE_BY_ZERO);
  CHECK(test::caught().count == 2);
}

/// Has no coprocessor while another one has enabled everything.
void runs_without() {
  test::burn(1000);
  CHECK(test::caught().count == 0);
}

void is_the_users_alone() {
  write_status(enable(0x1f));
  const uint32_t before = test::caught().count;
  run(runs_without, 0);
  run(is_another, 0);
  CHECK(test::caught().count == before);
  CHECK(exo::fpu_mod(1u).ok());
  CHECK(read_status() == enable(0x1f));
  // A cause that stands in the area is not taken over: it would be an exception of nobody's.
  CHECK(exo::fpu_mod(0u).ok());
  exo::context().fpu[32] = enable(FCSR_INVALID) | cause(FCSR_INVALID | FCSR_UNIMPLEMENTED);
  CHECK(exo::fpu_mod(1u).ok());
  CHECK(read_status() == enable(FCSR_INVALID));
  CHECK(test::caught().count == before);
}

void has_no_handler() {
  exo::context().handlers[EXC_INT] = 0;
  CHECK(exo::fpu_mod(1u).ok());
  write_status(enable(FCSR_INVALID));
  divide(0, 0);
}

void ends_without_a_handler() {
  run(has_no_handler, EXO_STATUS_DESTROYED);
  CHECK(exo::fpu_mod(1u).ok());
  CHECK(read_status() == enable(FCSR_INVALID));
  raises_each_kind();
}

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  exo::context().handlers[EXC_INT] = reinterpret_cast<uint32_t>(&test_upcall);
  CHECK(exo::fpu_mod(1u).ok());
  raises_each_kind();
  comes_behind_ctc1();
  leaves_the_registers();
  tells_a_delay_slot();
  comes_right_behind_a_call();
  comes_once_each();
  comes_in_the_grace_period();
  shares_its_line();
  is_the_users_alone();
  ends_without_a_handler();
}
