// Ends of slices that are obeyed at once, one grace period too late, and never: how long the others
// wait, and what it costs who is late.
#include "workloads/protocols/layout.h"
#include "workloads/protocols/protocols.hpp"

extern "C" {
void hog_slice_start();
void hog_prompt_end();
void hog_late_end();
void hog_stubborn_end();
}

namespace protocols {
namespace {

constexpr uint32_t kHogsPerSecond = 10'000;   // slices of the hogs
constexpr uint32_t kOthersPerSecond = 2'000;  // and of the one that waits
constexpr uint32_t kTables = 0x30000000;

using Entry = void (*)();
void end_at(Entry entry) { exo::context().slice_end = reinterpret_cast<uint32_t>(entry); }

/// From now on the caller's only slice is so short.
void take_short_slices(uint32_t position, uint32_t per_second) {
  CHECK(exo::slice_alloc(EXO_SLICE_ANY, exo::info().timer_hz / per_second).ok());
  CHECK(exo::slice_dealloc(position).ok());
}

volatile uint32_t first_position;  // of the hog
volatile uint32_t slices;          // that the hog has begun

void become_hog() {
  const auto* own = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  test::word_at(HOG_EXCESS) = reinterpret_cast<uint32_t>(&own[exo::info().environment].excess);
  take_short_slices(first_position, kHogsPerSecond);
  exo::context().slice_start = reinterpret_cast<uint32_t>(&hog_slice_start);
  slices = 0;
}

void be_late_once() {
  become_hog();
  end_at(hog_prompt_end);
  exo::yield(EXO_YIELD_NEXT);
}

void be_stubborn() {
  become_hog();
  end_at(hog_stubborn_end);
  exo::yield(EXO_YIELD_NEXT);
}

/// Its slices end before it does.
void wait_for(void (*hog)()) {
  const test::Child child = test::create_child(hog);
  first_position = static_cast<uint32_t>(exo::env_start(child.capability).value);
  test_yield(child.id);
  while (records[child.id].state != exo::EnvironmentState::kEnded) test::burn(100);
}

bool has_short_slices;

}  // namespace

/// A slice of the hog's begins. The one that is late once ends its first slice promptly, and itself
/// in the third; the stubborn one has only one.
extern "C" void hog_next() {
  slices = slices + 1;
  if (slices == 2) end_at(hog_late_end);
  if (slices == 3) exo::env_exit(0u);
  for (;;) test::burn(100);
}

void overrun_slices() {
  if (!has_short_slices) take_short_slices(exo::info().slice_position, kOthersPerSecond);
  has_short_slices = true;
  wait_for(be_late_once);
  wait_for(be_stubborn);
}

}  // namespace protocols
