// Arbitration.
#include "sim/timing/pipeline/bus_unit.hpp"

namespace exosim::pipeline {

BusUnit::BusUnit(const TimingContext& context)
    : times_(context.config),
      requests_(context.requests),
      posted_(context.posted),
      write_buffer_(context.config.write_buffer_depth, context.config.write_buffer_gathers) {}

void BusUnit::tick(uint64_t cycle) {
  if (holder_ != BusHolder::kNobody && --left_ == 0) finish();
  if (holder_ == BusHolder::kNobody) give_away(cycle);
}

bool BusUnit::writes_end() const {
  if (write_buffer_.is_empty()) return true;
  return write_buffer_.size() == 1 && holder_ == BusHolder::kWrite && left_ == 1;
}

void BusUnit::finish() {
  if (holder_ == BusHolder::kWrite) write_buffer_.finish();
  holder_ = BusHolder::kNobody;
}

void BusUnit::start(BusHolder holder, uint64_t cycles) {
  holder_ = holder;
  left_ = cycles;
}

void BusUnit::give_away(uint64_t cycle) {
  if (refresh(cycle) || serve_other(cycle) || read()) return;
  write(cycle);
}

bool BusUnit::refresh(uint64_t cycle) {
  if (times_.refresh_due(refreshes_) > Cycles{cycle}) return false;
  ++refreshes_;
  start(BusHolder::kOther, times_.refresh_cycles());
  return true;
}

bool BusUnit::serve_other(uint64_t cycle) {
  if (requests_.next() > Cycles{cycle}) return false;
  const BusRequests::Request request = requests_.take();
  start(BusHolder::kOther, times_.transfer(request.transfer, page_));
  request.master->on_granted({cycle}, {cycle + left_});
  return true;
}

bool BusUnit::read() {
  if (!asked_) return false;
  if (times_.is_ram(asked_->address) && write_buffer_.holds_any(*asked_)) return false;
  start(BusHolder::kRead, times_.read(asked_->address, asked_->words));
  asked_.reset();
  return true;
}

void BusUnit::write(uint64_t cycle) {
  const BusWrite* waiting = write_buffer_.waiting(cycle);
  if (!waiting) return;
  start(BusHolder::kWrite, times_.write(*waiting, page_));
  write_buffer_.start();
  if (posted_ && !times_.is_ram(waiting->word))
    posted_->deliver(waiting->word, waiting->bytes, waiting->value);
}

}  // namespace exosim::pipeline
