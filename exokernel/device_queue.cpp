// Requests that wait for a device: who pays for them, which pages they use, and ending them early.
#include "exokernel/device_queue.hpp"

#include "exokernel/environment.hpp"
#include "exokernel/page.hpp"
#include "exokernel/quota.hpp"
#include "exokernel/revocation.hpp"

namespace aegis {

void DeviceQueue::start() const { stock_add(kind_.resource, count_); }

uint32_t DeviceQueue::add(const QueuedRequest& request) {
  slots_[next_ & (count_ - 1)] = request;
  ++frame(request.page).transfers;
  if (request.other_page != kNoPage) ++frame(request.other_page).transfers;
  stock_remove(kind_.resource, 1);
  quota_take(request.owner, kind_.resource, 1);
  if (request.is_awaited) ++(environment_slot(request.owner).*kind_.awaited);
  return next_++;
}

void DeviceQueue::release(uint32_t ticket) {
  QueuedRequest& request = slots_[ticket & (count_ - 1)];
  if (request.owner == 0) return;
  --frame(request.page).transfers;
  if (request.other_page != kNoPage) --frame(request.other_page).transfers;
  quota_give_back(request.owner, kind_.resource, 1);
  stock_add(kind_.resource, 1);
  if (request.is_awaited) {
    Environment& owner = environment_slot(request.owner);
    --(owner.*kind_.awaited);
    environment_post(owner, kind_.event);
  }
  request.owner = 0;
}

void DeviceQueue::cancel_page(uint32_t pfn, const Environment* keeper) const {
  const uint16_t kept = keeper == nullptr ? 0 : keeper->id;
  for (uint32_t ticket = next_; ticket-- != first_;) {
    const QueuedRequest& request = (*this)[ticket];
    if (request.owner != 0 && request.owner != kept && request.uses(pfn)) kind_.cancel(ticket);
  }
}

void DeviceQueue::cancel_owner(const Environment& environment) const {
  if (quotas[environment.id].of[kind_.resource].own == 0) return;
  for (uint32_t ticket = next_; ticket-- != first_;)
    if ((*this)[ticket].owner == environment.id) kind_.cancel(ticket);
}

uint32_t DeviceQueue::repossess(Environment& environment, uint32_t count) const {
  uint32_t taken = 0;
  for (uint32_t ticket = next_; taken < count && ticket-- != first_;) {
    if ((*this)[ticket].owner != environment.id) continue;
    kind_.cancel(ticket);
    repossession_record(environment, kind_.resource, ticket & (count_ - 1), 0);
    ++taken;
  }
  return taken;
}

uint32_t DeviceQueue::expected(const Environment& environment) const {
  return environment.*kind_.awaited != 0 ? kind_.event : 0;
}

}  // namespace aegis
