// Revocation: asking an environment to return units of a resource (visible), asking again
// (imperative), and taking them by force (the abort protocol). Only who holds the quota capability
// may begin it.
#pragma once

#include <cstdint>

namespace aegis {

struct Environment;

/// A request to return units, and how far it has come. An environment has one at a time.
struct Revocation {
  uint8_t phase;      // 0 = none, EXO_NOTICE_...: it is asked, pressed, or units are taken
  uint8_t resource;   // EXO_RESOURCE_...
  bool is_told;       // this phase's notice
  uint16_t next;      // id of another environment with a revocation; 0: there is none
  uint32_t target;    // units that the environment may keep
  uint32_t left;      // of those to be taken
  uint32_t period;    // cycles of the processor for each of both phases
  uint64_t deadline;  // the timer's counter
};

/// Carries on with every revocation whose deadline has passed. To be called between slices.
void revocations_advance();
/// The environment has ended.
void revocation_forget(Environment& environment);
/// Units still to be returned; 0 if there is no request or it has been met.
uint32_t revocation_outstanding(const Environment& environment);
/// An entry of the repossession vector. `saved`: the page that has its state, or 0.
void repossession_record(Environment& environment, uint32_t resource, uint32_t index,
                         uint32_t saved);

}  // namespace aegis
