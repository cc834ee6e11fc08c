// Every register is the message of a transfer: to an environment that is ready, to one that has no
// address space identifier at the moment, and in a refused call. 100 receivers are more than there
// are identifiers.
// sources: exokernel/tests/transfer_patterns.S
#include "exokernel/tests/harness/child.hpp"
#include "exokernel/tests/transfer_patterns.h"

volatile Receiver receiver;

namespace {

constexpr uint32_t kReceivers = 100;
constexpr uint32_t kTables = 0x30000000;

test::Child children[kReceivers];

uint32_t word(uint32_t kind, uint32_t id) { return kind | (id << EXO_TRANSFER_SHIFT); }

void arrives(uint32_t kind, uint32_t id) {
  test_yield(EXO_YIELD_NEXT);  // the slice does not end in between
  const uint32_t before = receiver.entered;
  CHECK(send_patterns(word(kind, id), 0, 0) == 0);
  CHECK(test::word_at(SENT_RESULT) == id << EXO_TRANSFER_SHIFT);
  CHECK(receiver.changed == 0);
  CHECK(receiver.entered == before + 1);
  CHECK(receiver.v0 == exo::info().environment << EXO_TRANSFER_SHIFT);
}

void is_refused(uint32_t kind, uint32_t id, int32_t error) {
  CHECK(send_patterns(word(kind, id), 0, 0) == 0);
  CHECK(static_cast<int32_t>(test::word_at(SENT_RESULT)) == -error);
}

}  // namespace

void run_tests() {
  const auto* records =
      test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  is_refused(EXO_SCALL, 1, EXO_ERROR_NO_ENTRY);
  is_refused(EXO_ACALL, 1, EXO_ERROR_NO_ENTRY);
  is_refused(EXO_SCALL, 2, EXO_ERROR_NO_ENVIRONMENT);
  is_refused(EXO_ACALL, 511, EXO_ERROR_NO_ENVIRONMENT);
  exo::context().synchronous_entry = reinterpret_cast<uint32_t>(&sender_entry);
  exo::context().asynchronous_entry = reinterpret_cast<uint32_t>(&sender_entry);
  for (test::Child& child : children) {
    child = test::create_child(receive_patterns);
    test::start_child(child);
  }
  test_yield(EXO_YIELD_NEXT);
  uint32_t without_space = 0;
  for (const test::Child& child : children) {
    without_space += records[child.id].space == 0;
    arrives(EXO_SCALL, child.id);
    CHECK(records[child.id].space != 0);
    arrives(EXO_ACALL, child.id);
  }
  CHECK(without_space != 0 && without_space < kReceivers);
  without_space = 0;
  for (unsigned index = kReceivers; index-- > 0;) {
    without_space += records[children[index].id].space == 0;
    arrives(EXO_ACALL, children[index].id);
  }
  CHECK(without_space != 0 && without_space < kReceivers);
  for (const test::Child& child : children) CHECK(exo::env_destroy(child.capability).ok());
}
