// Revocation of pages: visible, imperative and by force, from one page to a hundred. Each page of
// the victim is bound at one address.
#include "workloads/protocols/protocols.hpp"

extern "C" {
int32_t leave_imperative_1(uint32_t environment);
int32_t leave_imperative_100(uint32_t environment);
int32_t leave_abort_1(uint32_t environment);
int32_t leave_abort_1_saved(uint32_t environment);
int32_t leave_abort_8(uint32_t environment);
int32_t leave_abort_8_saved(uint32_t environment);
int32_t leave_abort_100(uint32_t environment);
}

namespace protocols {
namespace {

constexpr uint32_t kMany = 100;
constexpr uint32_t kHeld = kMany + EXO_SAVE_PAGES;  // pages of the victim's beside the guaranteed
constexpr uint32_t kForever = 0x7fffffff;           // cycles
constexpr uint32_t kShort = 5000;
constexpr uint32_t kPastDeadline = 6000;  // rounds of burning: more than twice as many cycles
constexpr uint32_t kFirstVirt = 0x10000000;

// What the victim does with notices. It shares the workload's data.
enum class Answer { kIgnore, kReturnWhenAsked, kReturnWhenPressed };
volatile Answer answer;
volatile uint32_t wanted, saved;  // pages that are revoked; pages that are to receive their state
volatile uint32_t returned;       // or taken
int32_t (*volatile leave)(
    uint32_t);  // how the victim gives up the slice at whose end it is pressed

test::Child victim;
exo::Capability quota;
exo::Capability held[kHeld];

void hold(uint32_t index) {
  held[index] = allocate();
  CHECK(exo::tlb_write(kFirstVirt + index * PAGE_SIZE, EXO_MAP_WRITE, held[index]).ok());
}

/// The pages that were allocated last are the first that the kernel would take: the others can
/// receive their state.
void return_newest(uint32_t count) {
  for (uint32_t index = kHeld; index-- > kHeld - count;) free(held[index]);
}

[[gnu::noinline]] void return_1() {
  EXO_OP_BEGIN("revocation, 1 page: given back");
  return_newest(1);
  EXO_OP_END("revocation, 1 page: given back");
}
[[gnu::noinline]] void return_100() {
  EXO_OP_BEGIN("revocation, 100 pages: given back");
  return_newest(kMany);
  EXO_OP_END("revocation, 100 pages: given back");
}

[[gnu::noinline]] void see_that_all_is_taken() {
  EXO_PASSAGE_END("abort, 1 page");
  EXO_PASSAGE_END("abort, 1 page with its state");
  EXO_PASSAGE_END("abort, 8 pages");
  EXO_PASSAGE_END("abort, 8 pages with their state");
  EXO_PASSAGE_END("abort, 100 pages");
}

void on_notice() {
  EXO_PASSAGE_END("visible, 1 page: told");
  EXO_PASSAGE_END("visible, 100 pages: told");
  EXO_PASSAGE_END("imperative, 1 page: told");
  EXO_PASSAGE_END("imperative, 100 pages: told");
  const uint32_t kind = exo::context().notice_kind, count = exo::context().notice_count;
  if (kind == EXO_NOTICE_REPOSSESSION) {
    returned = returned + count;
    if (returned == wanted) see_that_all_is_taken();
  } else if (answer == Answer::kReturnWhenAsked ||
             (answer == Answer::kReturnWhenPressed && kind == EXO_NOTICE_IMPERATIVE)) {
    count == 1 ? return_1() : return_100();
    returned = count;
  }
}

void name_pages_for_state() {
  for (uint32_t index = 0; index < EXO_SAVE_PAGES; ++index)
    exo::context().save_pages[index] = index < saved ? held[index].index() : 0;
}

/// Lets both deadlines pass, and yields in the way that measures what comes of it. The slice after
/// that ends the revocation.
void let_it_come() {
  name_pages_for_state();
  test::burn(kPastDeadline);
  if (answer == Answer::kIgnore) {
    test_yield(EXO_YIELD_NEXT);
    test::burn(kPastDeadline);
  }
  leave(EXO_YIELD_NEXT);
  while (returned != wanted) test_yield(EXO_YIELD_NEXT);
  test_yield(EXO_YIELD_NEXT);
}

void be_victim() {
  arrive_at_slices();
  test::on_notice(on_notice);
  for (uint32_t index = 0; index < kHeld; ++index) hold(index);
  for (;;) {
    returned = 0;
    wanted = 0;
    while (wanted == 0) test_yield(kSelf);
    if (answer == Answer::kReturnWhenAsked)
      test_yield(kSelf);  // that was all
    else
      let_it_come();
    for (uint32_t index = kHeld - wanted; index < kHeld; ++index) hold(index);
  }
}

/// Slices end the revocation, and in one of its own the victim gets as many pages as before.
void let_victim_recover() {
  do {
    test_yield(EXO_YIELD_NEXT);
  } while (wanted != 0);
}

exo::CallResult revoke(uint32_t count, uint32_t cycles) {
  wanted = count;
  return exo::revoke(quota, victim.id, kPages, count, cycles);
}

/// From the call to where the victim has returned everything and given the processor back.
#define ASK_FOR(count, text)                             \
  EXO_PASSAGE_BEGIN("visible, " text ": told");          \
  EXO_OP_BEGIN("visible, " text ": revoke");             \
  const exo::CallResult asked = revoke(count, kForever); \
  EXO_OP_END("visible, " text ": revoke");               \
  test_yield(victim.id);                                 \
  CHECK(asked.ok())

[[gnu::noinline]] void ask_for_1() {
  EXO_OP_BEGIN("visible, 1 page: in all");
  ASK_FOR(1, "1 page");
  EXO_OP_END("visible, 1 page: in all");
}
[[gnu::noinline]] void ask_for_100() {
  EXO_OP_BEGIN("visible, 100 pages: in all");
  ASK_FOR(kMany, "100 pages");
  EXO_OP_END("visible, 100 pages: in all");
}

/// Revokes with short deadlines and sleeps until the victim, which is alone then, gives the
/// processor back.
void press(uint32_t count, Answer with, int32_t (*how)(uint32_t)) {
  answer = with;
  leave = how;
  CHECK(revoke(count, kShort).ok());
  test_sleep(EXO_EVENT_TIME, kForever);
  let_victim_recover();
}

/// The state of the pages that are taken goes to others of the victim's, or nowhere.
void take(uint32_t count, bool with_state, int32_t (*how)(uint32_t)) {
  saved = with_state ? count : 0;
  press(count, Answer::kIgnore, how);
  saved = 0;
}

}  // namespace

void start_victim() {
  quota = quota_capability();
  victim = test::create_child(be_victim);
  test::start_child(victim);
  test_yield(victim.id);
}

void end_victim() { CHECK(exo::env_destroy(victim.capability).ok()); }

void revoke_visibly() {
  answer = Answer::kReturnWhenAsked;
  ask_for_1();
  let_victim_recover();
  ask_for_100();
  let_victim_recover();
}

void revoke_imperatively() {
  press(1, Answer::kReturnWhenPressed, leave_imperative_1);
  press(kMany, Answer::kReturnWhenPressed, leave_imperative_100);
}

void revoke_by_force() {
  take(1, false, leave_abort_1);
  take(1, true, leave_abort_1_saved);
  take(EXO_SAVE_PAGES, false, leave_abort_8);
  take(EXO_SAVE_PAGES, true, leave_abort_8_saved);
  take(kMany, false, leave_abort_100);
}

}  // namespace protocols
