// See operation_tracks.hpp.
#include "sim/observe/profile/operation_tracks.hpp"

namespace exosim {

void OperationTracks::begin(uint32_t operation, uint64_t /*whose*/, uint64_t number, Cycles at,
                            bool /*is_cold*/) {
  if (at > last_) return;
  const auto [open, is_new] =
      open_.try_emplace(number, Open{ledger_.operations().name(operation), ledger_.step_owner()});
  if (is_writing_ && is_new) write_begin(number, open->second, at);
}

void OperationTracks::end(uint64_t number, Cycles at, bool /*is_completed*/) {
  const auto open = open_.find(number);
  if (at > last_ || open == open_.end()) return;
  if (is_writing_) write_end(number, open->second, at);
  open_.erase(open);
}

void OperationTracks::start(Cycles at) {
  is_writing_ = true;
  for (const auto& [number, open] : open_) write_begin(number, open, at);
}

void OperationTracks::stop(Cycles at) {
  if (is_writing_)
    for (const auto& [number, open] : open_) write_end(number, open, at);
  is_writing_ = false;
  open_.clear();
}

void OperationTracks::write_begin(uint64_t number, const Open& open, Cycles at) {
  const unsigned group = kFirstGroup + open.owner;
  if (owners_.insert(open.owner).second)
    events_.name_group(group, "operations, " + ledger_.owners().name(open.owner));
  events_.begin_span(group, number, open.name, at, {{"cycle", at.count}});
}

void OperationTracks::write_end(uint64_t number, const Open& open, Cycles at) {
  events_.end_span(kFirstGroup + open.owner, number, open.name, at);
}

}  // namespace exosim
