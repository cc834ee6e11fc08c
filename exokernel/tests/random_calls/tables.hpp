// The kernel's tables, where each player finds them: behind the test's own pages, and bound, as
// those, when they are missed (pager.S).
#pragma once

#include "exokernel/abi/exposed.hpp"
#include "exokernel/abi/info.hpp"
#include "exokernel/tests/random_calls/pager.h"
#include "isa/devices/dma.h"

namespace model {

/// Where each table is; 0: it is not bound. By exo::Exposed.
inline uint32_t table_at[static_cast<uint32_t>(exo::Exposed::kCount)];

template <typename Entry>
const volatile Entry* table(exo::Exposed which) {
  return reinterpret_cast<const volatile Entry*>(table_at[static_cast<uint32_t>(which)]);
}

inline const volatile exo::SystemRecord& machine() {
  return *table<exo::SystemRecord>(exo::Exposed::kSystem);
}
inline const volatile exo::PageRecord& page_record(uint32_t pfn) {
  return table<exo::PageRecord>(exo::Exposed::kPages)[pfn];
}
inline const volatile exo::EnvironmentRecord& environment_record(uint32_t id) {
  return table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments)[id];
}
inline const volatile exo::QuotaRecord& quota_record(uint32_t id, uint32_t resource) {
  return table<exo::QuotaRecord>(exo::Exposed::kQuotas)[id * EXO_RESOURCE_COUNT + resource];
}
/// Its DMA_RESULT_...
inline uint32_t transfer_result(uint32_t index) {
  constexpr uint32_t kWords = DMA_DESCRIPTOR_SIZE / sizeof(uint32_t);
  return table<uint32_t>(exo::Exposed::kTransfers)[index * kWords + DMA_DESCRIPTOR_RESULT / 4];
}
inline const volatile exo::RequestRecord& request_record(uint32_t index) {
  return table<exo::RequestRecord>(exo::Exposed::kRequests)[index];
}

/// The test's own pages and the tables are from now on bound when they are missed. In the first
/// program, before there are others.
void pager_start();
/// Guarantees of the pages that the pager itself needs, in an environment that has none of them;
/// returns how many.
uint32_t guarantee_pager(const exo::Capability& environment);
/// In the first program: the other pages of the test are no longer guaranteed. Returns how many
/// are.
uint32_t release_image();

// ---- the kernel's tables beside the model

/// After each call, in few instructions: each page's owner, each page of the free list, how many
/// units of each resource are free. No page is lost, and none has two owners.
void compare_briefly();
/// All the rest: what each environment has, lists of pages, guarantees, devices, the slice vector.
void compare_all();

}  // namespace model
