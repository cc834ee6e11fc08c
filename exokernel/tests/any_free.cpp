// Any position, any tile, an id: the lowest that is free, the id that has not been used for
// longest; and it takes no longer to find the more are taken.
// options: --set arguments=slice=1000000
#include "exokernel/abi/time.hpp"
#include "exokernel/tests/harness/child.hpp"
#include "exokernel/tests/harness/random.hpp"

namespace {

constexpr uint32_t kTimer = 0x10012000;
constexpr uint32_t kTimed = 50;
constexpr uint32_t kMost = 1024;
constexpr uint32_t kSteps = 3000;
constexpr uint32_t kHeld = 300;  // environments

uint32_t timer;  // address of its registers
bool is_taken[kMost];
exo::Capability tiles[kMost];
exo::Capability children[kMost];

/// Two resources that are allocated in the same way.
struct Positions {
  static uint32_t count() { return exo::info().slice_positions; }
  static exo::CallResult allocate(uint32_t which) { return exo::slice_alloc(which, 0u); }
  static bool free(uint32_t which) { return exo::slice_dealloc(which).ok(); }
};
struct Tiles {
  static uint32_t count() { return exo::info().framebuffer.tiles; }
  static exo::CallResult allocate(uint32_t which) {
    const exo::CallResult made = exo::tile_alloc(which, 0u);
    if (made.ok()) tiles[made.value] = made.capability();
    return made;
  }
  static bool free(uint32_t which) { return exo::tile_dealloc(tiles[which]).ok(); }
};

uint32_t lowest_free(uint32_t count) {
  uint32_t lowest = 0;
  while (lowest < count && is_taken[lowest]) ++lowest;
  return lowest;
}

template <typename Resource>
void take_any() {
  const uint32_t lowest = lowest_free(Resource::count());
  const exo::CallResult made = Resource::allocate(0xffffffff);
  if (lowest == Resource::count()) {
    CHECK(test::refused(made, EXO_ERROR_LIMIT));
    return;
  }
  CHECK(made.value == static_cast<int32_t>(lowest));
  is_taken[lowest] = true;
}

/// Takes any, takes one by number, gives one back, at random, with all taken at times.
template <typename Resource>
void finds_the_lowest() {
  test::Random random(7);
  for (uint32_t step = 0; step < kSteps; ++step) {
    const uint32_t which = random.below(Resource::count());
    const uint32_t what = random.below(step % 1500 < 1200 ? 4 : 40);
    if (what == 0 && is_taken[which]) {
      CHECK(Resource::free(which));
      is_taken[which] = false;
    } else if (what == 1) {
      CHECK(Resource::allocate(which).ok() == !is_taken[which]);
      is_taken[which] = true;
    } else {
      take_any<Resource>();
    }
  }
}

template <typename Resource>
void free_all() {
  for (uint32_t which = 0; which < Resource::count(); ++which)
    if (is_taken[which]) CHECK(Resource::free(which));
  for (bool& taken : is_taken) taken = false;
}

template <typename Resource>
uint32_t time_of_some() {
  const uint32_t begin = exo::ticks(timer);
  for (uint32_t count = 0; count < kTimed; ++count) Resource::allocate(0xffffffff);
  return exo::ticks(timer) - begin;
}

/// A tile is made black only for another's sake: these have all been the test's. What has been
/// taken by number is passed once.
template <typename Resource>
void takes_as_long_with_many() {
  time_of_some<Resource>();
  const uint32_t few = time_of_some<Resource>();
  for (uint32_t which = 0; which + kTimed + 1 < Resource::count(); ++which)
    Resource::allocate(which);
  Resource::allocate(0xffffffff);
  const uint32_t many = time_of_some<Resource>();
  CHECK(many <= few + few / 8);
  for (uint32_t which = 0; which < Resource::count(); ++which) is_taken[which] = true;
}

/// One that does nothing. Its id.
uint32_t create(exo::Capability& child) {
  const exo::Capability context = exo::page_alloc(EXO_PAGE_ANY).capability();
  const exo::Capability information = exo::page_alloc(EXO_PAGE_ANY).capability();
  const exo::CallResult made = exo::env_create(context, information);
  CHECK(made.ok());
  child = made.capability();
  return static_cast<uint32_t>(made.value);
}

/// Cycles that it takes to create and to end one.
uint32_t time_of_one(uint32_t expected) {
  exo::Capability child;
  const uint32_t begin = exo::ticks(timer);
  CHECK(create(child) == expected);
  const uint32_t ticks = exo::ticks(timer) - begin;
  CHECK(exo::env_destroy(child).ok());
  return ticks * (exo::info().cpu_hz / exo::info().timer_hz);
}

/// 1 is the test, and the next ones stay; those behind them end in another order than they began.
void ids_are_used_seldom() {
  const uint32_t most = exo::info().environment_max;
  for (uint32_t id = 2; id <= most; ++id) CHECK(create(children[id]) == id);
  for (uint32_t id = most; id > kHeld; --id) CHECK(exo::env_destroy(children[id]).ok());
  uint32_t least = 0xffffffff, longest = 0;
  for (uint32_t id = most; id > kHeld; --id) {
    const uint32_t cycles = time_of_one(id);
    if (cycles < least) least = cycles;
    if (cycles > longest) longest = cycles;
  }
  CHECK(longest < least + least / 8);
  for (uint32_t id = 2; id <= kHeld; ++id) CHECK(exo::env_destroy(children[id]).ok());
  CHECK(time_of_one(most) < least + least / 8);
}

}  // namespace

void run_tests() {
  timer = kTimer + static_cast<uint32_t>(exo::timer_bind(kTimer).value);
  is_taken[exo::info().slice_position] = true;
  finds_the_lowest<Positions>();
  free_all<Positions>();
  CHECK(exo::slice_alloc(0u, 0u).ok());
  takes_as_long_with_many<Positions>();
  free_all<Positions>();
  CHECK(exo::slice_alloc(0u, 0u).ok());
  finds_the_lowest<Tiles>();
  free_all<Tiles>();
  takes_as_long_with_many<Tiles>();
  free_all<Tiles>();
  ids_are_used_seldom();
}
