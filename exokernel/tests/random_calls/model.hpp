// The model of the random calls: who owns what, and what each call must therefore return. It is
// shared by all players and changed only by the one whose turn it is.
#pragma once

#include "exokernel/tests/harness/child.hpp"
#include "exokernel/tests/harness/random.hpp"

namespace model {

inline constexpr uint32_t kPagesMax = 256;
inline constexpr uint32_t kPlayers = 4;  // the test's first program, and three children
inline constexpr uint32_t kSlots = 8;    // the players, and environments that are never started
inline constexpr uint32_t kVirtualPages = 16;
inline constexpr uint32_t kPositions = 32;  // of the slice vector that are asked for by name
inline constexpr uint32_t kAll = EXO_RIGHT_ALL;

struct Page {
  uint16_t owner;            // id, kOwner...; kOwnerKernel for whatever is not to be had
  uint16_t predicate;        // page of the code; 0: none
  uint8_t guarantees;        // in all environments
  uint8_t code_owner;        // of a page with code
  uint8_t predicated;        // pages that the code is the predicate of
  bool is_part_of_test : 1;  // and owned by the kernel, to the model
  bool code_allows : 1;
  bool is_bound_by_predicate : 1;
  exo::Capability newest;  // with all rights, of the page or its code; zeros: nobody has one
};
inline Page pages[kPagesMax];
inline uint16_t playable[kPagesMax];  // that were free at the beginning
inline uint32_t playable_count;

struct Guarantee {
  uint16_t page;  // frame number + 1; 0: none
  bool by_predicate;
};

/// An environment. A player's slot is its id.
struct Slot {
  uint16_t id;             // 0: there is none
  uint16_t context, info;  // pages of those that are never started
  uint16_t guarantee_count;
  exo::Capability capability;  // with all rights
  Guarantee guaranteed[kVirtualPages];
};
inline Slot slots[kSlots + 1];

inline uint8_t positions[kPositions];  // of the slice vector: whose; 0: free
inline uint32_t positions_used;
inline uint32_t free_pages;
inline uint32_t calls_made;
inline uint32_t calls_that_did_something;
inline volatile uint32_t turn = 1;
inline volatile bool is_over;
inline volatile uint8_t transfers_to[kPlayers + 1];  // by player: the last one
inline exo::Capability quota;
inline exo::Capability code_source;  // of the page with the codes that can be downloaded
inline uint32_t code_offset;         // in it

inline const volatile exo::PageRecord* records;
inline const volatile exo::SystemRecord* machine;

uint32_t random();
uint32_t random(uint32_t below);

inline uint32_t self() { return exo::info().environment; }
inline uint32_t page_count() { return exo::info().page_count; }
inline bool is_player(uint32_t slot) { return slot <= kPlayers; }

/// Seldom any page but those that the test itself consists of: it must not give its own code away.
/// Mostly one that the players can have, and of these the caller's own are preferred: of others'
/// pages little can be asked.
uint32_t random_page();
/// Any slot that has an environment.
uint32_t random_slot();
uint32_t virt_of(uint32_t index);

/// A capability to try: the right one, one that is void, one that is forged.
struct Attempt {
  exo::Capability capability;
  bool is_genuine;
};
Attempt attempt(uint32_t pfn);
Attempt attempt_code(uint32_t pfn);
Attempt attempt_environment(uint32_t slot);

/// Fails if the call has not returned the model's error; 0: none.
void expect(const exo::CallResult& result, uint32_t error, unsigned line);
#define EXPECT(result, error) model::expect(result, error, __LINE__)

/// What page_dealloc, page_give and code_download make of a page.
uint32_t parting_error(uint32_t pfn, bool is_genuine);
/// Why a page cannot be guaranteed in an environment.
uint32_t guarantee_error(uint32_t slot, uint32_t index);

// ---- changes of the model

/// The page changes hands, or its capabilities become void: `capability` is the new one.
void own(uint32_t pfn, uint32_t owner, const exo::Capability& capability);
void become_free(uint32_t pfn);
void drop_guarantees(uint32_t pfn, uint32_t keeper);
void drop_guarantees_by_predicate(uint32_t pfn);
void forget_predicate(uint32_t pfn);
void add_guarantee(uint32_t slot, uint32_t index, uint32_t pfn, bool by_predicate);
void remove_guarantee(uint32_t slot, uint32_t index);
void set_position(uint32_t position, uint32_t owner);

// ---- turns

/// Returns when it is the caller's turn, or all is over; `entered` is what test_yield and the like
/// have returned.
void wait_for_turn(int32_t entered);
/// The rest of the kernel's work that goes on between slices gets done.
void let_kernel_work();

/// Of the tables that are not bound all the time.
exo::SliceRecord slice_at(uint32_t position);
exo::EnvironmentRecord environment_at(uint32_t id);

/// The kernel's tables beside the model.
void compare_counts();
void compare_all();

/// The calls, by what they are about; each array ends with a null pointer.
using Call = void (*)();
extern const Call kPageCalls[];
extern const Call kProcessorCalls[];
extern const Call kEnvironmentCalls[];
extern const Call kCodeCalls[];

}  // namespace model
