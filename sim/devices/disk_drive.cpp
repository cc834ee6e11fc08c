// The disk, burst by burst.
#include "sim/devices/disk_drive.hpp"

#include <algorithm>
#include <utility>

#include "isa/devices/disk.h"
#include "sim/bus/bus.hpp"

namespace exosim {

DiskDrive::DiskDrive(const DeviceContext& context, DiskMedium medium, Report report)
    : clock_(context.clock),
      events_(context.events),
      ram_(context.bus.ram()),
      requests_(context.requests),
      geometry_(DiskGeometry::of(context.params)),
      mechanics_(geometry_, context.cpu_hz),
      overhead_(cycles_in(context.params.number("overhead"), context.cpu_hz)),
      most_words_(static_cast<uint32_t>(context.params.number("burst"))),
      medium_(std::move(medium)),
      report_(std::move(report)) {}

DiskDrive::~DiskDrive() {
  requests_.withdraw(*this);
  for (const Passing& passing : passing_) events_.cancel(passing.event);
  if (ending_) events_.cancel(*ending_);
}

void DiskDrive::start(const DiskRequest& request) {
  request_ = request;
  moved_ = sector_ = words_ = 0;
  const Cycles begin = clock_.now() + overhead_;
  go_to(request.block, begin);
  angle_ = request.is_write ? mechanics_.angle_at(begin) + 1
                            : mechanics_.passage(arrival_, place_.position);
  ask();
}

void DiskDrive::cancel(uint32_t owner) {
  if (!request_ || request_->owner != owner || ending_) return;
  requests_.withdraw(*this);
  for (; !passing_.empty() && passing_.back().begin > clock_.now(); passing_.pop_back())
    events_.cancel(passing_.back().event);
  if (moved_ + passing_.size() == request_->count) return;  // nothing is left to cancel
  const Cycles passed = passing_.empty() ? Cycles{0} : passing_.back().over;
  const Cycles quiet = std::max(bus_quiet_, passed);
  if (quiet <= clock_.now()) return end(Outcome::kCancelled);
  ending_ =
      events_.schedule(quiet, EventPriority::kDevice, "disk request is cancelled", [this](Cycles) {
        ending_.reset();
        end(Outcome::kCancelled);
      });
}

void DiskDrive::end(Outcome outcome) {
  request_.reset();
  report_(outcome);
}

void DiskDrive::go_to(uint32_t block, Cycles from) {
  const DiskPlace place = mechanics_.place_of(block);
  arrival_ = std::max(arrival_, from) + mechanics_.move(place_, place);
  place_ = place;
}

uint32_t DiskDrive::burst() const { return std::min(most_words_, kBlockWords - words_); }

// Words are there when they have passed; what is to be written is fetched as fast.
void DiskDrive::ask() {
  const DiskAngle angle = angle_ + words_ + (request_->is_write ? 0 : burst());
  const uint32_t offset = sector_ * DISK_BLOCK_SIZE + 4 * words_;
  requests_.request(*this, std::max(clock_.now(), mechanics_.when(angle)),
                    {{request_->address.value + offset}, burst(), !request_->is_write});
}

void DiskDrive::on_granted(Cycles, Cycles end) {
  bus_quiet_ = end;
  if (!request_->is_write && words_ == 0) buffer_ = medium_.read(request_->block + sector_);
  const uint32_t base = request_->address.value + sector_ * DISK_BLOCK_SIZE;
  for (const uint32_t last = words_ + burst(); words_ < last; ++words_) {
    if (request_->is_write)
      buffer_[words_] = ram_.read({base + 4 * words_}, 4);
    else
      ram_.write({base + 4 * words_}, 4, buffer_[words_]);
  }
  if (words_ < kBlockWords) return ask();
  request_->is_write ? sector_fetched(end) : sector_read(end);
}

void DiskDrive::sector_read(Cycles end) {
  let_pass(Cycles{0}, end);
  next_sector(mechanics_.when(angle_ + kBlockWords));
  if (sector_ == request_->count) return;
  angle_ = mechanics_.passage(arrival_, place_.position);
  ask();
}

void DiskDrive::sector_fetched(Cycles end) {
  angle_ = mechanics_.passage(std::max(arrival_, end), place_.position);
  const Cycles over = mechanics_.when(angle_ + kBlockWords);
  let_pass(mechanics_.when(angle_), over);
  next_sector(over);
  if (sector_ < request_->count) ask();
}

void DiskDrive::next_sector(Cycles from) {
  words_ = 0;
  if (++sector_ < request_->count) go_to(request_->block + sector_, from);
}

void DiskDrive::let_pass(Cycles begin, Cycles over) {
  const EventId event = events_.schedule(
      over, EventPriority::kDevice, "sector has passed",
      [this, block = request_->block + sector_, words = buffer_](Cycles) { pass(block, words); });
  passing_.push_back({event, begin, over});
}

void DiskDrive::pass(uint32_t block, const DiskBlock& words) {
  passing_.pop_front();
  if (request_->is_write) medium_.write(block, words);
  if (++moved_ == request_->count) end(Outcome::kDone);
}

}  // namespace exosim
