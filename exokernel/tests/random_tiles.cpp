// Random calls on tiles and accesses to their pixels from four environments, beside a model of
// whose each tile is and what is on it. Control goes from one to the next by transfers and yields;
// one of them binds no pixels before the middle. In one slice: nobody is interrupted between an
// operation and the model's.
// options: --set arguments=slice=1000000
#include "exokernel/tests/harness/child.hpp"
#include "exokernel/tests/harness/pixels.hpp"
#include "exokernel/tests/harness/random.hpp"

namespace {

constexpr uint32_t kOperations = 16'000;
constexpr uint32_t kMembers = 4;  // ids 1 to this
constexpr uint32_t kLate = 4;     // has no pixels before the middle
constexpr uint32_t kTiles = 12;
constexpr uint32_t kApart = 31;  // one from the next
constexpr uint32_t kTables = 0x30040000;

struct Tile {
  uint32_t owner;  // id, 0: nobody
  uint32_t last_owner;
  uint32_t access;
  uint32_t word;  // its first
  exo::Capability newest;
  exo::Capability previous;  // void
};
Tile model[kTiles];
exo::Capability members[kMembers + 1];
volatile uint32_t operations;
volatile uint32_t done[5];  // what has had an effect, by kind
uint32_t turn = 1;
constinit test::Random numbers{0x2545f491};

const volatile exo::TileRecord* tiles;

uint32_t self() { return exo::info().environment; }
uint32_t errors_of(const exo::CallResult& result) {
  return result.ok() ? 0 : static_cast<uint32_t>(-result.value);
}

void allocate(uint32_t index) {
  Tile& tile = model[index];
  const uint32_t access = numbers.below(2);
  const exo::CallResult result = exo::tile_alloc(index * kApart, access);
  CHECK(errors_of(result) == (tile.owner != 0 ? EXO_ERROR_BUSY : 0));
  if (!result.ok()) return;
  if (tile.last_owner != self()) tile.word = 0;
  tile.owner = tile.last_owner = self();
  tile.access = access;
  tile.previous = tile.newest;
  tile.newest = result.capability();
  done[0] = done[0] + 1;
}

/// What parting with the tile must come to, by a capability that is genuine or not.
uint32_t error_of_parting(const Tile& tile, bool is_newest) {
  if (!is_newest || tile.owner == 0 || tile.newest.word[0] == 0) return EXO_ERROR_BAD_CAPABILITY;
  return tile.owner != self() ? EXO_ERROR_NOT_OWNER : 0;
}

void deallocate(uint32_t index) {
  Tile& tile = model[index];
  const bool is_newest = numbers.below(4) != 0;
  const exo::CallResult result = exo::tile_dealloc(is_newest ? tile.newest : tile.previous);
  CHECK(errors_of(result) == error_of_parting(tile, is_newest));
  if (!result.ok()) return;
  tile.owner = 0;
  done[1] = done[1] + 1;
}

/// The new owner has it from the old one, with a capability that the test makes for it.
void give(uint32_t index) {
  Tile& tile = model[index];
  const bool is_newest = numbers.below(4) != 0;
  const uint32_t to = 1 + numbers.below(kMembers);
  const exo::CallResult result =
      exo::tile_give(is_newest ? tile.newest : tile.previous, members[to]);
  CHECK(errors_of(result) == error_of_parting(tile, is_newest));
  if (!result.ok()) return;
  tile.owner = tile.last_owner = to;
  tile.previous = tile.newest;
  tile.newest = {};
  done[2] = done[2] + 1;
}

void mint(uint32_t index) {
  Tile& tile = model[index];
  const uint32_t word = exo::capability_word(EXO_KIND_TILE, EXO_RIGHT_ALL, index * kApart);
  const exo::CallResult result = exo::capability_mint(word);
  CHECK(errors_of(result) == (tile.owner != self() ? EXO_ERROR_NOT_OWNER : 0));
  if (result.ok()) tile.newest = result.capability();
}

volatile uint32_t& first_word(uint32_t index) {
  return test::pixel_word(test::left(index * kApart), test::top(index * kApart));
}

bool has_pixels() { return self() != kLate || operations >= kOperations / 2; }

void write(uint32_t index) {
  if (!has_pixels()) return;
  const uint32_t value = numbers.next();
  first_word(index) = value;
  test::settle();
  if (model[index].owner != self()) return;
  model[index].word = value;
  done[3] = done[3] + 1;
}

void read(uint32_t index) {
  if (!has_pixels()) return;
  const Tile& tile = model[index];
  const bool may_read = tile.owner == self() || (tile.owner != 0 && tile.access != 0);
  CHECK(first_word(index) == (may_read ? tile.word : 0));
  if (may_read && tile.word != 0) done[4] = done[4] + 1;
}

/// The caller's own are preferred: of others' little can be asked.
uint32_t random_tile() {
  for (unsigned tries = 0;; ++tries) {
    const uint32_t index = numbers.below(kTiles);
    if (tries >= 3 || model[index].owner == self()) return index;
  }
}

void operate() {
  using Operation = void (*)(uint32_t);
  constexpr Operation kOperationsToDo[] = {allocate, deallocate, give, mint,
                                           write,    write,      read, read};
  kOperationsToDo[numbers.below(8)](random_tile());
  operations = operations + 1;
  for (uint32_t index = 0; index < kTiles; ++index)
    CHECK(tiles[index * kApart].owner == model[index].owner);
}

/// To whose turn it is.
void pass() {
  if (turn == self()) return;
  const uint32_t way = numbers.below(3);
  if (way == 0)
    test_yield(turn);
  else
    test_transfer((way == 1 ? EXO_SCALL : EXO_ACALL) | (turn << EXO_TRANSFER_SHIFT));
}

void play() {
  tiles = test::bind_table<exo::TileRecord>(exo::Exposed::kTiles, kTables);
  exo::context().synchronous_entry = reinterpret_cast<uint32_t>(&test_entry);
  exo::context().asynchronous_entry = reinterpret_cast<uint32_t>(&test_entry);
  test_yield(EXO_YIELD_NEXT);  // until all have come so far
  while (operations < kOperations && test::failures() < 10) {
    for (uint32_t count = 1 + numbers.below(4); count > 0; --count) operate();
    turn = 1 + numbers.below(kMembers);
    pass();
  }
}

}  // namespace

void run_tests() {
  const auto* records =
      test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables + 0x10000);
  const uint32_t word = exo::capability_word(EXO_KIND_ENVIRONMENT, EXO_RIGHT_ALL, self());
  members[1] = exo::capability_mint(word).capability();
  test::Child children[kMembers + 1];
  for (uint32_t id = 2; id <= kMembers; ++id) {
    children[id] = test::create_child(play);
    CHECK(children[id].id == id);
    members[id] = children[id].capability;
    test::start_child(children[id]);
  }
  play();
  for (uint32_t id = 2; id <= kMembers; ++id) CHECK(test::wait_for(children[id], records) == 0);
  CHECK(operations >= kOperations);
  for (const volatile uint32_t& count : done) CHECK(count > kOperations / 100);
}
