// The frame buffer knows for whom the processor works, however it has come to that environment: by
// transfers, yields, the end of a slice, a sleep, the end of another environment, or by binding
// pixels only now. Three have the same page of pixels, and each tries to write the others' tiles.
// options: --set arguments=slice=100000
// options: --set arguments=slice=100000 --set write_buffer.gather=true --set memory.size=1MiB
// output: END
#include "exokernel/tests/harness/child.hpp"
#include "exokernel/tests/harness/pixels.hpp"

using test::Child;

namespace {

constexpr uint32_t kTables = 0x30000000;
constexpr uint32_t kMembers = 3;  // tiles side by side: of the parent, a partner, a guest

const volatile exo::EnvironmentRecord* records;
volatile uint32_t marks[kMembers];  // what each has left on its tile
volatile uint32_t proofs[kMembers];
volatile bool must_end;
volatile uint32_t partner_id;
Child guest_child;

constexpr uint32_t synchronous(uint32_t id) { return EXO_SCALL | (id << EXO_TRANSFER_SHIFT); }
constexpr uint32_t asynchronous(uint32_t id) { return EXO_ACALL | (id << EXO_TRANSFER_SHIFT); }

volatile uint32_t& pixel(uint32_t member) {
  return test::word_at(test::kPixels + member * exo::info().framebuffer.tile_width);
}

/// Without a call: whoever runs has bound the page long ago, if at all.
void prove(uint32_t self) {
  for (uint32_t member = 0; member < kMembers; ++member)
    if (member != self) CHECK(pixel(member) == 0);
  CHECK(pixel(self) == marks[self]);
  for (uint32_t member = 0; member < kMembers; ++member) pixel(member) = 0x0bad0000 | self;
  test::settle();
  CHECK(pixel(self) == (0x0bad0000 | self));
  const uint32_t mark = marks[self] + 1;
  marks[self] = mark;
  pixel(self) = mark;
  proofs[self] = proofs[self] + 1;
}

void open_entries() {
  exo::context().synchronous_entry = reinterpret_cast<uint32_t>(&test_entry);
  exo::context().asynchronous_entry = reinterpret_cast<uint32_t>(&test_entry);
}

void join(uint32_t member) {
  CHECK(exo::tile_alloc(member, 0u).ok());
  CHECK(exo::pixels_bind(test::kPixels, 0u).ok());
}

/// Proves whenever it runs; who transfers control to it has it back.
void partner() {
  open_entries();
  join(1);
  for (int32_t caller = 0; !must_end;) {
    prove(1);
    caller = caller > 0 ? test_transfer(EXO_ACALL | static_cast<uint32_t>(caller))
                        : test_yield(EXO_YIELD_NEXT);
  }
}

/// Has no pixels. Passes control on to the partner, and then back; or back at once.
volatile bool must_pass_on;

void relay() {
  open_entries();
  int32_t caller = 0;
  while (!must_end) {
    caller = caller > 0 ? test_transfer(EXO_ACALL | static_cast<uint32_t>(caller))
                        : test_yield(EXO_YIELD_NEXT);
    if (caller > 0 && must_pass_on)
      CHECK(test_transfer(synchronous(partner_id)) == static_cast<int32_t>(partner_id << 5));
  }
}

/// Comes, proves, and ends in the parent's slice: the next one is the partner's.
void guest() {
  join(2);
  CHECK(pixel(2) == 0);
  marks[2] = 0;
  prove(2);
}

void guest_destroys_itself() {
  guest();
  exo::env_destroy(guest_child.capability);
}

void guest_jumps_nowhere() {
  guest();
  reinterpret_cast<void (*)()>(0)();
}

/// Has run without pixels in the slice of one who has some.
void guest_binds_late() {
  CHECK(test::raises(EXC_TLBL, [] { test::touch(test::kPixels); }));
  guest();
}

/// Goes to the partner and back by `way`; both find what they have left.
template <typename Way>
void there_and_back(Way way) {
  prove(0);
  const uint32_t before = proofs[1];
  way();
  CHECK(proofs[1] > before);
  prove(0);
}

void ends_in_the_middle(void (*function)(), uint32_t status) {
  guest_child = test::create_child(function);
  test::start_child(guest_child);
  there_and_back([] { test_yield(guest_child.id); });
  CHECK(proofs[2] == 1);
  proofs[2] = 0;
  CHECK(test::wait_for(guest_child, records) == status);
  prove(0);
}

void transfers(const Child& between) {
  for (unsigned round = 0; round < 3; ++round) {
    there_and_back([] { test_transfer(synchronous(partner_id)); });
    there_and_back([] { test_transfer(asynchronous(partner_id)); });
    must_pass_on = true;
    there_and_back([&] { test_transfer(synchronous(between.id)); });
    there_and_back([&] { test_transfer(asynchronous(between.id)); });
    must_pass_on = false;
    CHECK(test_transfer(synchronous(between.id)) == static_cast<int32_t>(between.id << 5));
    prove(0);
  }
}

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  open_entries();
  join(0);
  const Child child = test::create_child(partner);
  const Child between = test::create_child(relay);
  partner_id = child.id;
  test::start_child(child);
  test::start_child(between);
  test_yield(EXO_YIELD_NEXT);
  there_and_back([] { test_yield(partner_id); });
  there_and_back([] { test_yield(EXO_YIELD_NEXT); });
  there_and_back([] { test_sleep(EXO_EVENT_TIME, 100'000); });
  there_and_back([] {
    const uint32_t before = proofs[1];
    while (proofs[1] == before) {
    }
  });
  transfers(between);
  ends_in_the_middle(guest, 0);
  ends_in_the_middle(guest_destroys_itself, EXO_STATUS_DESTROYED);
  ends_in_the_middle(guest_jumps_nowhere, EXO_STATUS_DESTROYED);
  ends_in_the_middle(guest_binds_late, 0);
  must_end = true;
  CHECK(test::wait_for(child, records) == 0);
  CHECK(test::wait_for(between, records) == 0);
  prove(0);
  test::print("END\n");
}
