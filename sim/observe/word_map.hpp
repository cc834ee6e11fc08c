// A value per instruction word of physical memory, quick to ask at every step.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "sim/base/types.hpp"

namespace exosim {

/// Words that were never set have the value T{}. Memory: a page of values per 4 KiB that has any.
template <class T>
class WordMap {
 public:
  T get(PhysAddr address) const {
    const size_t page = address.value / kPageBytes;
    if (page >= pages_.size() || !pages_[page]) return T{};
    return (*pages_[page])[address.value % kPageBytes / 4];
  }

  void set(PhysAddr address, T value) {
    const size_t page = address.value / kPageBytes;
    if (page >= pages_.size()) pages_.resize(page + 1);
    if (!pages_[page]) pages_[page] = std::make_unique<Page>();
    (*pages_[page])[address.value % kPageBytes / 4] = value;
  }

 private:
  static constexpr uint32_t kPageBytes = 4096;
  using Page = std::array<T, kPageBytes / 4>;

  std::vector<std::unique_ptr<Page>> pages_;  // by page number
};

}  // namespace exosim
