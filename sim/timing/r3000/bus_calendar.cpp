// Arbitration in retrospect.
#include "sim/timing/r3000/bus_calendar.hpp"

#include <algorithm>

namespace exosim::r3000 {

BusCalendar::BusCalendar(const TimingContext& context)
    : config_(context.config),
      times_(context.config),
      requests_(context.requests),
      posted_(context.posted),
      refresh_due_(times_.refresh_due(refreshes_).count) {}

// Of what begins at the same time: first the refresh, then other masters, then the write buffer.
BusCalendar::Next BusCalendar::next_until(uint64_t cycle) const {
  const uint64_t refresh = std::max(free_, refresh_due_);
  const uint64_t other = std::max(free_, requests_.next().count);
  const uint64_t write =
      has_waiting() ? std::max(free_, entries_[first_].entered + 1) : ~uint64_t{0};
  if (std::min({refresh, other, write}) > cycle) return Next::kNothing;
  if (refresh <= other && refresh <= write) return Next::kRefresh;
  return other <= write ? Next::kOther : Next::kWrite;
}

void BusCalendar::begin(Next next) {
  if (next == Next::kRefresh)
    begin_refresh();
  else if (next == Next::kOther)
    begin_other();
  else
    begin_write();
}

void BusCalendar::hold(Holder holder, uint64_t start, uint64_t cycles) {
  holder_ = holder;
  free_ = start + cycles;
}

void BusCalendar::begin_refresh() {
  hold(Holder::kOther, std::max(free_, refresh_due_), times_.refresh_cycles());
  refresh_due_ = times_.refresh_due(++refreshes_).count;
}

void BusCalendar::begin_other() {
  const BusRequests::Request request = requests_.take();
  const uint64_t start = std::max(free_, request.at.count);
  hold(Holder::kOther, start, times_.transfer(request.transfer, page_));
  request.master->on_granted({start}, {free_});
}

void BusCalendar::begin_write() {
  const auto [write, entered] = entries_[first_];
  hold(Holder::kWrite, std::max(free_, entered + 1), times_.write(write, page_));
  write_end_ = free_;
  if (posted_ && !times_.is_ram(write.word)) posted_->deliver(write.word, write.bytes, write.value);
  if (++first_ != entries_.size()) return;
  entries_.clear();
  first_ = 0;
}

void BusCalendar::run_until(uint64_t cycle) {
  for (Next next = next_until(cycle); next != Next::kNothing; next = next_until(cycle)) begin(next);
}

uint64_t BusCalendar::occupied(uint64_t cycle) const {
  return entries_.size() - first_ + (write_end_ > cycle);
}

StallCause BusCalendar::holder_stall(StallCause own) const {
  if (holder_ == Holder::kOther) return StallCause::kBusContention;
  return holder_ == Holder::kWrite ? StallCause::kWriteBuffer : own;
}

bool BusCalendar::gather(const BusWrite& write) {
  if (!has_waiting() || entries_.back().write.word != write.word) return false;
  entries_.back().write.join(write);
  return true;
}

// A buffer that is full is emptying: somebody has the bus.
uint64_t BusCalendar::write(uint64_t cycle, const BusWrite& write, const StallSink& stalls) {
  run_until(cycle);
  if (config_.write_buffer_gathers && gather(write)) return cycle;
  while (occupied(cycle) >= config_.write_buffer_depth) {
    stalls.add(holder_stall(StallCause::kWriteBuffer), free_ - cycle);
    cycle = free_;
    run_until(cycle);
  }
  entries_.push_back({write, cycle});
  return cycle;
}

bool BusCalendar::overtakes_write(const BusRead& read) const {
  if (!times_.is_ram(read.address)) return false;
  return std::any_of(entries_.begin() + static_cast<ptrdiff_t>(first_), entries_.end(),
                     [&](const Entry& entry) {
                       return entry.write.word.value - read.address.value < 4 * read.words;
                     });
}

uint64_t BusCalendar::read(uint64_t cycle, const BusRead& read, const StallSink& stalls) {
  run_until(cycle);
  const uint64_t asked = cycle + 1;
  if (free_ > asked) stalls.add(holder_stall(read.cause), free_ - asked);
  for (;;) {
    const uint64_t start = std::max(free_, asked);
    const Next next = next_until(start);
    if (next == Next::kNothing || (next == Next::kWrite && !overtakes_write(read))) break;
    begin(next);
    stalls.add(holder_stall(read.cause), free_ - start);
  }
  const uint64_t cycles = times_.read(read.address, read.words);
  hold(Holder::kRead, std::max(free_, asked), cycles);
  const uint64_t behind = read.streamed ? times_.last_words(read.address, read.streamed) : 0;
  stalls.add(read.cause, cycles - behind);
  return free_ - 1 - behind;
}

bool BusCalendar::writes_ended(uint64_t cycle) {
  if (cycle != 0) run_until(cycle - 1);
  return !has_waiting() && write_end_ <= cycle;
}

}  // namespace exosim::r3000
