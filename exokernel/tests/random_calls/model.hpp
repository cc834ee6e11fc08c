// The model of the random calls: who owns what, and what each call must therefore return. It is
// shared by all players and changed only by the one whose turn it is.
#pragma once

#include "exokernel/tests/harness/child.hpp"
#include "exokernel/tests/harness/random.hpp"

namespace model {

inline constexpr uint32_t kPagesMax = 320;
inline constexpr uint32_t kCore = 4;  // players that stay: the test's first program, three children
inline constexpr uint32_t kSlots = 8;  // these, and environments that come and go
inline constexpr uint32_t kVirtualPages = 16;
inline constexpr uint32_t kPositions = 32;  // of the slice vector that are asked for by name
inline constexpr uint32_t kAll = EXO_RIGHT_ALL;

struct Page {
  uint16_t owner;            // id, kOwner...; kOwnerKernel for whatever is not to be had
  uint16_t predicate;        // page of the code; 0: none
  uint16_t code_owner;       // id, of a page with code
  uint8_t guarantees;        // in all environments
  uint8_t predicated;        // pages that the code is the predicate of
  bool is_part_of_test : 1;  // and owned by the kernel, to the model
  bool code_allows : 1;
  bool is_bound_by_predicate : 1;
  uint32_t downloaded;     // the call that has brought the code
  exo::Capability newest;  // with all rights, of the page or its code; zeros: nobody has one
};
inline Page pages[kPagesMax];
inline uint32_t recorded_owners[kPagesMax];  // of these, in the kernel's table
inline uint16_t playable[kPagesMax];         // that were free at the beginning
inline uint32_t playable_count;

struct Guarantee {
  uint16_t page;  // frame number + 1; 0: none
  bool by_predicate;
};

struct Quota {
  uint32_t minimum, limit, weight;
};

/// An environment. A core player's slot is its id.
struct Slot {
  uint16_t id;             // 0: there is none
  uint16_t owner;          // id: who may mint capabilities for it
  uint16_t creator;        // id: who is charged for it
  uint16_t account;        // slot
  uint16_t context, info;  // pages; 0: part of the test
  uint16_t guarantee_count;
  uint16_t space;    // of its own, that is current
  bool is_equipped;  // it has all that a player needs
  bool is_started;   // and is a player
  bool has_entries;  // it has come so far that others can transfer control to it
  exo::Capability capability;
  Guarantee guaranteed[kVirtualPages];
  uint32_t own[EXO_RESOURCE_COUNT];  // units; those of queues may be over
  Quota quotas[EXO_RESOURCE_COUNT];  // of its account, if that is its own
};
inline Slot slots[kSlots + 1];

inline uint32_t free_units[EXO_RESOURCE_COUNT];
inline uint16_t positions[kPositions];  // of the slice vector: whose; 0: free
inline uint32_t calls_made;
inline uint32_t calls_that_did_something;
inline volatile uint32_t turn = 1;  // id
inline volatile bool is_over;
inline volatile uint16_t transfers_to[kSlots + 1];  // by slot: the id of the last one
inline uint32_t arbiter;                            // id; 0: nobody
inline exo::Capability quota;
inline exo::Capability code_source;  // of the page with the codes that can be downloaded
inline uint32_t code_offset;         // in it

uint32_t random();
uint32_t random(uint32_t below);

inline uint32_t self() { return exo::info().environment; }
inline uint32_t page_count() { return exo::info().page_count; }
inline bool is_core(uint32_t slot) { return slot <= kCore; }

/// The slot of an environment; 0: none has this id.
uint32_t slot_of(uint32_t id);
inline Slot& own_slot() { return slots[slot_of(self())]; }
/// Seldom any page but those that the test itself consists of: it must not give its own code away.
/// Mostly one that the players can have, and of these the caller's own are preferred: of others'
/// pages little can be asked.
uint32_t random_page();
/// Any slot that has an environment; the same of those that have been started.
uint32_t random_slot();
uint32_t random_player();
/// True for what the kernel reads of an environment: no device may write to it.
bool is_context(uint32_t pfn);
uint32_t virt_of(uint32_t index);

/// A capability to try: the right one, the same with fewer rights, one that is void, a forged one.
struct Attempt {
  exo::Capability capability;
  bool is_genuine;

  /// What becomes of a call that needs these rights.
  uint32_t error(uint32_t rights) const {
    if (!is_genuine) return EXO_ERROR_BAD_CAPABILITY;
    return (capability.rights() & rights) == rights ? 0 : EXO_ERROR_NO_RIGHT;
  }
};
Attempt attempt(const exo::Capability& right, bool is_genuine);
Attempt attempt(uint32_t pfn);
Attempt attempt_code(uint32_t pfn);
Attempt attempt_environment(uint32_t slot);

/// How often a call has been made, accepted, refused.
struct Draws {
  uint32_t accepted, refused;
};
inline Draws draws[EXO_SYSCALL_COUNT];
inline exo::CallResult counted(exo::Syscall call, const exo::CallResult& result) {
  Draws& entry = draws[static_cast<uint32_t>(call)];
  ++(result.ok() ? entry.accepted : entry.refused);
  return result;
}
/// Makes a kernel call, which is counted.
#define CALL(name, ...) model::counted(exo::Syscall::k_##name, exo::name(__VA_ARGS__))

/// Fails if the call has not returned the model's error; 0: none.
void expect(const exo::CallResult& result, uint32_t error, const char* file, unsigned line);
#define EXPECT(result, error) model::expect(result, error, __FILE__, __LINE__)

/// What page_dealloc, page_give and code_download make of a page.
uint32_t parting_error(uint32_t pfn, const Attempt& with);
/// Why a page cannot be guaranteed in an environment.
uint32_t guarantee_error(const Slot& slot, uint32_t index);

// ---- changes of the model

/// The capabilities become void; `next` is the new one.
void replace(exo::Capability& newest, const exo::Capability& next);
/// The page changes hands, or its capabilities become void: `capability` is the new one. The units
/// follow.
void own(uint32_t pfn, uint32_t owner, const exo::Capability& capability);
void become_free(uint32_t pfn);
/// The bindings of the page are broken; what `keeper`, an id, has, remains.
void break_bindings(uint32_t pfn, uint32_t keeper);
void drop_guarantees_by_predicate(uint32_t pfn);
void forget_predicate(uint32_t pfn);
void add_guarantee(Slot& slot, uint32_t index, uint32_t pfn, bool by_predicate);
void remove_guarantee(Slot& slot, uint32_t index);
void set_position(uint32_t position, uint32_t owner);
uint32_t first_free_position();
/// The code is taken back: its page is its owner's again.
void take_code(uint32_t pfn, const exo::Capability& capability);
/// Of what an ended environment had: its code, tiles, extents, lines, coprocessor, queued requests.
void end_devices_of(uint32_t id);
void end_code_of(uint32_t id);

// ---- units

/// An environment gets units that were free, or with `count` < 0 they become free.
void charge(uint32_t id, uint32_t resource, int32_t count);
/// What quota_check must say if this slot's environment asks for units; and of a unit that it gets
/// from another, or that the kernel gets (0).
uint32_t quota_error(uint32_t slot, uint32_t resource, uint32_t count);
uint32_t quota_transfer_error(uint32_t from, uint32_t to, uint32_t resource);
uint32_t promised(uint32_t resource);
/// Units that may be taken from it by force.
uint32_t above_minimum(uint32_t slot, uint32_t resource);
uint32_t used_by_account(uint32_t slot, uint32_t resource);
/// It has an account of its own from now on.
void separate(uint32_t slot);

// ---- turns

/// Returns when it is the caller's turn, or all is over; `entered` is what test_yield and the like
/// have returned.
void wait_for_turn(int32_t entered);
/// The rest of the kernel's work that goes on between slices gets done.
void let_kernel_work();
/// The environment is about to end, which whoever has the next turn waits for.
void announce_end(uint32_t slot, uint32_t status);
/// It has ended: waits until all that it had is free.
void finish_end(uint32_t slot, uint32_t status);
/// What every player does until all is over.
void start_playing();
/// Gives a slot's environment all that a player needs.
void equip(Slot& slot);

// ---- the calls, by what they are about; each array ends with a null pointer

using Call = void (*)();
extern const Call kPageCalls[];
extern const Call kCapabilityCalls[];
extern const Call kProcessorCalls[];
extern const Call kEnvironmentCalls[];
extern const Call kQuotaCalls[];
extern const Call kRevocationCalls[];
extern const Call kCodeCalls[];
extern const Call kDeviceCalls[];
extern const Call kDiskCalls[];
extern const Call kTileCalls[];

}  // namespace model
