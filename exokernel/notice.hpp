// Notices: what the kernel has to say to an environment. One at a time is told, at the start of a
// slice: its words stand in the context page, and the environment begins at notice_entry instead of
// slice_start.
#pragma once

#include <cstdint>

namespace aegis {

struct Environment;

/// Notes that an environment was refused units, for the arbiter. If too many are waiting to be told
/// it is forgotten: who still wants the units asks again.
void note_refusal(uint32_t environment, uint32_t resource, uint32_t count);
/// True if slice_entry would tell something.
bool has_notice(const Environment& environment);
/// The PC at which the environment's slice begins: notice_entry if there is something to tell.
uint32_t slice_entry(Environment& environment);

}  // namespace aegis
