// The DMA engine, burst by burst.
#include "sim/devices/dma_engine.hpp"

#include <algorithm>
#include <utility>

#include "isa/devices/dma.h"

namespace exosim {

DmaEngine::DmaEngine(const DeviceContext& context, Report report)
    : clock_(context.clock),
      bus_(context.bus),
      requests_(context.requests),
      name_(context.name),
      most_words_(static_cast<uint32_t>(context.params.number("burst"))),
      gap_{context.params.number("gap")},
      report_(std::move(report)) {}

void DmaEngine::set_ring(PhysAddr base, uint32_t entries) {
  ring_ = base;
  entries_ = entries;
  next_ = tail_ = 0;
  transfer_.reset();
}

void DmaEngine::set_tail(uint32_t tail) {
  tail_ = tail;
  go_on();
}

void DmaEngine::set_enabled(bool enabled) {
  enabled_ = enabled;
  go_on();
}

bool DmaEngine::cancel(uint32_t owner) {
  const bool is_active = transfer_ && transfer_->descriptor.owner == owner;
  if (is_active && !transfer_->result) transfer_->result = DMA_RESULT_CANCELLED;
  const uint32_t first = transfer_ ? next_ + 1 : next_;
  if (!is_active && first == tail_) return false;
  cancels_.push_back({.owner = owner, .next = first, .end = tail_});
  go_on();
  return true;
}

// Results before all else; and nothing is transferred until every cancelled owner's is marked.
DmaEngine::Action DmaEngine::next_action() const {
  if (transfer_ && transfer_->result) return Action::kFinish;
  if (!cancels_.empty()) return cancels_.front().found ? Action::kMark : Action::kLook;
  if (!enabled_) return Action::kNone;
  if (transfer_) return transfer_->words.empty() ? Action::kRead : Action::kWrite;
  return next_ == tail_ ? Action::kNone : Action::kFetch;
}

// A request for the same burst keeps its place.
void DmaEngine::go_on() {
  const Action action = next_action();
  if (action == wanted_) return;
  wanted_ = action;
  requests_.withdraw(*this);
  if (action != Action::kNone)
    requests_.request(*this, std::max(clock_.now(), ready_), burst_of(action));
}

BusTransfer DmaEngine::burst_of(Action action) const {
  const auto in_ring = [this](uint32_t descriptor, uint32_t offset, uint32_t words, bool is_write) {
    return BusTransfer{{place_of(descriptor).value + offset}, words, is_write};
  };
  const auto has = [this](uint32_t flag) { return (transfer_->descriptor.flags & flag) != 0; };
  switch (action) {
    case Action::kNone:
      break;
    case Action::kFetch:
      return in_ring(next_, 0, DMA_DESCRIPTOR_SIZE / 4, false);
    case Action::kRead:
      return {transfer_->descriptor.source_of(transfer_->moved),
              transfer_->descriptor.burst_after(transfer_->moved, most_words_), false,
              has(DMA_FLAG_SOURCE_FIXED)};
    case Action::kWrite:
      return {transfer_->descriptor.destination_of(transfer_->moved),
              static_cast<uint32_t>(transfer_->words.size()), true,
              has(DMA_FLAG_DESTINATION_FIXED)};
    case Action::kFinish:
      return in_ring(next_, DMA_DESCRIPTOR_RESULT, 2, true);
    case Action::kLook:
      return in_ring(cancels_.front().next, DMA_DESCRIPTOR_OWNER, 2, false);
    case Action::kMark:
      return in_ring(cancels_.front().next, DMA_DESCRIPTOR_RESULT, 2, true);
  }
  return {};
}

void DmaEngine::on_granted(Cycles, Cycles end) {
  free_ = end;
  ready_ = end + gap_;
  news_ = {};
  act(std::exchange(wanted_, Action::kNone));
  end_cancels();
  if (news_ != DmaNews{}) report_(end, news_);
  go_on();
}

void DmaEngine::act(Action action) {
  switch (action) {
    case Action::kNone:
      return;
    case Action::kFetch:
      return fetch();
    case Action::kRead:
      return read();
    case Action::kWrite:
      return write();
    case Action::kFinish:
      return finish();
    case Action::kLook:
      return look();
    case Action::kMark:
      return mark();
  }
}

void DmaEngine::fetch() {
  const DmaDescriptor descriptor = read_descriptor(bus_.ram(), place_of(next_));
  if (descriptor.result != DMA_RESULT_PENDING) {  // cancelled while it was queued
    ++next_;
    ++news_.descriptors;
    return;
  }
  transfer_.emplace(Transfer{.descriptor = descriptor});
  if (const uint32_t cause = cause_against(descriptor)) fail(cause, place_of(next_));
}

void DmaEngine::read() {
  Transfer& transfer = *transfer_;
  const uint32_t words = transfer.descriptor.burst_after(transfer.moved, most_words_);
  for (uint32_t word = 0; word < words; ++word) {
    const PhysAddr address = transfer.descriptor.source_of(transfer.moved + 4 * word);
    if (is_own(address)) return fail(DMA_CAUSE_SELF, address);
    if (!bus_.serves_masters(address)) return fail(DMA_CAUSE_SOURCE, address);
    const BusAccess access = bus_.read(address, 4);
    if (!access.ok) return fail(DMA_CAUSE_SOURCE, address);
    transfer.words.push_back(access.value);
  }
}

void DmaEngine::write() {
  Transfer& transfer = *transfer_;
  for (const uint32_t word : transfer.words) {
    const PhysAddr address = transfer.descriptor.destination_of(transfer.moved);
    if (is_own(address)) return fail(DMA_CAUSE_SELF, address);
    if (!bus_.serves_masters(address) || !bus_.write(address, 4, word).ok)
      return fail(DMA_CAUSE_DESTINATION, address);
    transfer.moved += 4;
  }
  transfer.words.clear();
  if (transfer.moved == transfer.descriptor.length) transfer.result = DMA_RESULT_DONE;
}

void DmaEngine::finish() {
  write_result(next_, *transfer_->result, transfer_->moved);
  news_.fault = transfer_->fault;
  news_.is_done = transfer_->result == uint32_t{DMA_RESULT_DONE} &&
                  (transfer_->descriptor.flags & DMA_FLAG_INTERRUPT) != 0;
  transfer_.reset();
  ++next_;
  ++news_.descriptors;
}

void DmaEngine::look() {
  Cancel& cancel = cancels_.front();
  const DmaDescriptor descriptor = read_descriptor(bus_.ram(), place_of(cancel.next));
  cancel.found = descriptor.owner == cancel.owner && descriptor.result == DMA_RESULT_PENDING;
  if (!cancel.found) ++cancel.next;
}

void DmaEngine::mark() {
  Cancel& cancel = cancels_.front();
  write_result(cancel.next, DMA_RESULT_CANCELLED, 0);
  cancel.found = false;
  ++cancel.next;
}

void DmaEngine::end_cancels() {
  while (!cancels_.empty() && cancels_.front().next == cancels_.front().end) {
    cancels_.pop_front();
    ++news_.cancels;
  }
}

void DmaEngine::fail(uint32_t cause, PhysAddr address) {
  transfer_->fault = {cause, address.value};
  transfer_->result = DMA_RESULT_ERROR | cause << DMA_RESULT_CAUSE_SHIFT;
}

// An access to its own registers would change the engine in the middle of a burst.
bool DmaEngine::is_own(PhysAddr address) const {
  return !bus_.ram().contains(address, 4) && bus_.region_name(address) == name_;
}

PhysAddr DmaEngine::place_of(uint32_t descriptor) const {
  return {ring_.value + descriptor % entries_ * DMA_DESCRIPTOR_SIZE};
}

void DmaEngine::write_result(uint32_t descriptor, uint32_t result, uint32_t moved) {
  const uint32_t at = place_of(descriptor).value;
  bus_.ram().write({at + DMA_DESCRIPTOR_RESULT}, 4, result);
  bus_.ram().write({at + DMA_DESCRIPTOR_COUNT}, 4, moved);
}

}  // namespace exosim
