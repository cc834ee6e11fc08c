// The order of the requests.
#include "sim/bus/bus_requests.hpp"

#include <algorithm>

namespace exosim {

void BusRequests::request(BusMaster& master, Cycles at, const BusTransfer& transfer) {
  withdraw(master);
  const auto place =
      std::ranges::find_if(waiting_, [at](const Request& other) { return other.at <= at; });
  waiting_.insert(place, {at, &master, transfer});
  update_next();
}

void BusRequests::withdraw(const BusMaster& master) {
  std::erase_if(waiting_, [&master](const Request& request) { return request.master == &master; });
  update_next();
}

BusRequests::Request BusRequests::take() {
  const Request earliest = waiting_.back();
  waiting_.pop_back();
  update_next();
  if (watcher_) watcher_(earliest);
  return earliest;
}

}  // namespace exosim
