// Harness of the kernel's tests: applications that call the kernel directly, without a library OS.
//
// A test is one file exokernel/tests/NAME.cpp with a function run_tests, and becomes the image
// tests/exokernel_NAME.elf. Its head says how it is run (.ci/guest_test.py).
#pragma once

#include <cstdint>

#include "exokernel/abi/calls.hpp"
#include "exokernel/abi/env.h"
#include "exokernel/abi/info.hpp"
#include "exokernel/tests/harness/layout.h"
#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"

/// The test itself. Afterwards the environment exits: 0 if every check held, else 1.
extern "C" void run_tests();

extern "C" {
void test_upcall();
void test_slice_start();
void test_slice_end();
void test_notice();
/// Yields; returns at the next slice: 0, or the call's error.
int32_t test_yield(uint32_t environment);
/// Sleeps; returns when it has been woken: 0, or the call's error.
int32_t test_sleep(uint32_t events, uint32_t cycles);
/// Transfers control: `v0` is EXO_SCALL or EXO_ACALL and the scaled id. Returns the scaled id of
/// who transfers control to this environment's entry, 0 at its next slice, or the error.
int32_t test_transfer(uint32_t v0);
/// Where the environment is entered while it is in test_transfer or test_yield.
void test_entry();
/// The same at any time: what a slice's end has interrupted goes on if it is in neither.
void test_entry_anywhere();
/// Goes round until so many slices have ended; 0 if no register has changed meanwhile.
uint32_t spin_with_patterns(uint32_t until);
}

namespace test {

/// The exception that was raised last. Its instruction has been skipped.
struct Caught {
  uint32_t count;  // so far
  uint32_t pc;
  uint32_t address;
  uint32_t cause;

  uint32_t code() const volatile { return (cause & CAUSE_EXCCODE_MASK) >> CAUSE_EXCCODE_SHIFT; }
};

inline volatile Caught& caught() { return *reinterpret_cast<volatile Caught*>(TEST_CAUGHT_COUNT); }

/// Ends of slices that this environment has seen.
inline uint32_t slices() { return *reinterpret_cast<volatile uint32_t*>(TEST_SLICES); }

/// All registers as they were at the starts of this environment's slices, or-ed.
inline uint32_t registers_at_slice_start() {
  return *reinterpret_cast<volatile uint32_t*>(TEST_START_REGISTERS);
}

/// Prints a line with the file's line number if the condition does not hold.
void check(bool condition, const char* text, unsigned line);
/// Checks that have not held so far.
unsigned failures();
void print(const char* text);
void print(uint32_t value);

/// A word of memory at any address.
inline volatile uint32_t& word_at(uint32_t address) {
  return *reinterpret_cast<volatile uint32_t*>(address);
}

/// True if `action` raises exactly one exception, with this code.
template <typename Action>
bool raises(uint32_t code, Action action) {
  const uint32_t before = caught().count;
  action();
  return caught().count == before + 1 && caught().code() == code;
}

/// Loads the word; the exception it raises, if any, is caught.
inline void touch(uint32_t address) {
  asm volatile("lw $0, 0(%0)\n\tnop" : : "r"(address) : "memory");
}

/// Stores to the word; the exception it raises, if any, is caught.
inline void poke(uint32_t address, uint32_t value) {
  asm volatile("sw %1, 0(%0)" : : "r"(address), "r"(value) : "memory");
}

/// 2 * rounds + 3 instructions, without a memory access.
inline void burn(uint32_t rounds) {
  asm volatile(
      ".set push\n\t.set noreorder\n\tmove $8, %0\n"
      "1:\n\tbne $8, $0, 1b\n\taddiu $8, $8, -1\n\t.set pop"
      :
      : "r"(rounds)
      : "$8");
}

/// True if a call failed with this EXO_ERROR_.
inline bool refused(const exo::CallResult& result, int32_t error) { return result.value == -error; }

/// Has `function` called at the start of each slice that comes with a notice.
inline void on_notice(void (*function)()) {
  word_at(TEST_NOTICE_FUNCTION) = reinterpret_cast<uint32_t>(function);
  exo::context().notice_entry = reinterpret_cast<uint32_t>(&test_notice);
}

/// Somewhere that nothing is mapped.
inline constexpr uint32_t kVirt = 0x10000000;

}  // namespace test

#define CHECK(condition) test::check(condition, #condition, __LINE__)
