// See code_sites.hpp.
#include "sim/observe/profile/code_sites.hpp"

#include <algorithm>

namespace exosim {
namespace {

// How many symbols may stand between a place and the function around it.
constexpr int kMaxInnerSymbols = 64;

/// The function around an address. Labels have no size: they name a place only where no function
/// does.
const Symbol* function_symbol(const ImageInfo& image, uint32_t address) {
  auto after = std::ranges::upper_bound(image.symbols, address, {}, &Symbol::address);
  const Symbol* label = nullptr;
  for (int inner = 0; after != image.symbols.begin() && inner < kMaxInnerSymbols; ++inner) {
    const Symbol& symbol = *--after;
    if (symbol.size != 0 && address - symbol.address < symbol.size) return &symbol;
    if (label == nullptr && symbol.size == 0) label = &symbol;
  }
  return label != nullptr && address < image.end_of(*label) ? label : nullptr;
}

}  // namespace

CodeSites::CodeSites(const CodeMap& code)
    : sites_{{kUnknownKernel, 0}, {kUnknownUser, 0}},
      functions_{{.name = "(unknown kernel code)"}, {.name = "(unknown user code)"}} {
  for (const auto& image : code.images())
    for (const auto& [phys, range] : code.ranges())
      if (range.image == image.get()) add(range);
}

void CodeSites::add(const CodeRange& range) {
  for (uint32_t offset = 0; offset + 4 <= range.size; offset += 4)
    words_.set({range.phys + offset}, add_site(range, range.virt + offset));
}

SiteId CodeSites::add_site(const CodeRange& range, uint32_t address) {
  const auto [at, added] =
      site_numbers_.try_emplace({range.image->name, address}, static_cast<SiteId>(sites_.size()));
  if (added) sites_.push_back({function_at(*range.image, range.virt, address), address});
  return at->second;
}

/// Code before the first symbol belongs to a function that is named after the image.
FunctionId CodeSites::function_at(const ImageInfo& image, uint32_t range_begin, uint32_t address) {
  const Symbol* symbol = function_symbol(image, address);
  const std::string name = symbol != nullptr ? symbol->name : "(" + image.name + ")";
  const uint32_t begin = symbol != nullptr ? symbol->address / 4 * 4 : range_begin;
  const auto [at, added] = function_numbers_.try_emplace(
      {image.name, begin, name}, static_cast<FunctionId>(functions_.size()));
  if (added) functions_.push_back({image.name, name, begin, &image});
  return at->second;
}

std::optional<SiteId> CodeSites::within(FunctionId function, uint32_t address) const {
  const auto found = site_numbers_.find({functions_[function].image, address / 4 * 4});
  if (found == site_numbers_.end() || sites_[found->second].function != function)
    return std::nullopt;
  return found->second;
}

}  // namespace exosim
