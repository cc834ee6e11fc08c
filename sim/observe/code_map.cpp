// Look-ups of symbols by virtual address and of images by physical address.
#include "sim/observe/code_map.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace exosim {
namespace {

// How many symbols that end before an address may stand between it and the function around it.
constexpr int kMaxInnerSymbols = 64;

bool covers(const ImageInfo& image, const Symbol& symbol, uint32_t virt) {
  return virt - symbol.address < image.end_of(symbol) - symbol.address;
}

}  // namespace

const Symbol* ImageInfo::symbol_at(uint32_t virt) const {
  auto after = std::ranges::upper_bound(symbols, virt, {}, &Symbol::address);
  for (int inner = 0; after != symbols.begin() && inner < kMaxInnerSymbols; ++inner)
    if (covers(*this, *--after, virt)) return &*after;
  return nullptr;
}

uint32_t ImageInfo::end_of(const Symbol& symbol) const {
  if (symbol.size != 0) return symbol.address + symbol.size;
  const auto next = std::ranges::upper_bound(symbols, symbol.address, {}, &Symbol::address);
  return next == symbols.end() ? UINT32_MAX : next->address;
}

const ImageInfo& CodeMap::add_image(ImageInfo image) {
  return *images_.emplace_back(std::make_unique<ImageInfo>(std::move(image)));
}

void CodeMap::add_range(CodeRange range) {
  assert(range.size != 0);
  [[maybe_unused]] const auto [at, added] = ranges_.emplace(range.phys, range);
  assert(added);
  [[maybe_unused]] const auto next = std::next(at);
  assert(next == ranges_.end() || next->first - range.phys >= range.size);
  assert(at == ranges_.begin() || range.phys - std::prev(at)->first >= std::prev(at)->second.size);
}

std::optional<CodePlace> CodeMap::find(PhysAddr address) const {
  auto after = ranges_.upper_bound(address.value);
  if (after == ranges_.begin()) return std::nullopt;
  const CodeRange& range = std::prev(after)->second;
  const uint32_t offset = address.value - range.phys;
  if (offset >= range.size) return std::nullopt;
  return CodePlace{.image = range.image, .virt = range.virt + offset};
}

}  // namespace exosim
