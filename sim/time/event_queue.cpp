// The event queue: a sorted vector, because a machine has a handful of pending events.
#include "sim/time/event_queue.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace exosim {

EventId EventQueue::schedule(Cycles at, EventPriority priority, std::string_view name,
                             Callback callback) {
  Event event{at, priority, ++last_id_, name, std::move(callback)};
  const auto runs_later = [](const Event& a, const Event& b) {
    return std::tie(a.at, a.priority, a.id) > std::tie(b.at, b.priority, b.id);
  };
  const auto place = std::ranges::upper_bound(events_, event, runs_later);
  events_.insert(place, std::move(event));
  update_next();
  return {last_id_};
}

void EventQueue::cancel(EventId id) {
  std::erase_if(events_, [id](const Event& event) { return event.id == id.value; });
  update_next();
}

void EventQueue::run_due(Cycles now) {
  while (!events_.empty() && events_.back().at <= now) {
    // Taken out before it runs: the callback may schedule and cancel.
    const Event event = std::move(events_.back());
    events_.pop_back();
    update_next();
    event.callback(event.at);
  }
}

void EventQueue::update_next() { next_ = events_.empty() ? kNever : events_.back().at; }

}  // namespace exosim
