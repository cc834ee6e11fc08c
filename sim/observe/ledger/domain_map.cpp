// Markers to a domain per instruction word.
#include "sim/observe/ledger/domain_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "isa/machine/memory_map.h"
#include "sim/observe/ledger/coverage.hpp"

namespace exosim {

/// Addresses [begin, end) of one image that belong to a domain.
struct DomainMap::Extent {
  uint32_t begin;
  uint32_t end;
  Domain domain;
};

namespace {

Error bad_marker(const ImageInfo& image, const Marker& marker, const std::string& why) {
  return {image.name,
          fmt::format("domain marker \"{}\" at {:#010x}: {}", marker.name, marker.address, why)};
}

Result<Domain> domain_of_marker(const ImageInfo& image, const Marker& marker) {
  if (const auto domain = parse_domain(marker.name)) return *domain;
  return bad_marker(image, marker,
                    fmt::format("unknown domain, expected {}", fmt::join(kDomainNames, ", ")));
}

/// Reads one image's markers. Template over the private DomainMap::Extent.
template <class Extent>
class Reader {
 public:
  explicit Reader(const ImageInfo& image) : image_(image) {}

  Result<std::monostate> read(const Marker& marker) {
    if (!marker.is_of_domain()) return std::monostate{};
    const auto domain = domain_of_marker(image_, marker);
    if (!domain) return domain.error();
    switch (marker.kind) {
      case Marker::Kind::kDomainFunction:
        return function(marker, *domain);
      case Marker::Kind::kDomainBegin:
        open_.push_back({&marker, *domain});
        return std::monostate{};
      default:
        return end(marker);
    }
  }

  /// Extents that do not overlap: of several that cover an address the innermost has won.
  Result<std::vector<Extent>> finish() {
    if (!open_.empty()) return bad_marker(image_, *open_.back().marker, "begins but never ends");
    std::vector<Extent> functions;
    for (const auto& [begin, extent] : functions_) functions.push_back(extent);
    std::vector<Extent> disjoint;
    Coverage coverage;
    for (std::vector<Extent>* extents : {&ranges_, &functions}) {
      // Of two equal ranges the inner one ended first, and comes first.
      std::ranges::stable_sort(*extents, {}, [](const Extent& e) { return e.end - e.begin; });
      for (const Extent& extent : *extents)
        coverage.add(extent.begin, extent.end, [&](uint32_t begin, uint32_t end) {
          disjoint.push_back({begin, end, extent.domain});
        });
    }
    return disjoint;
  }

 private:
  struct Open {
    const Marker* marker;
    Domain domain;
  };

  Result<std::monostate> function(const Marker& marker, Domain domain) {
    const Symbol* symbol = image_.symbol_at(marker.address);
    if (symbol == nullptr) return bad_marker(image_, marker, "is not inside a function");
    const Extent extent{symbol->address, image_.end_of(*symbol), domain};
    const auto [at, added] = functions_.try_emplace(symbol->address, extent);
    if (added || at->second.domain == domain) return std::monostate{};
    return bad_marker(
        image_, marker,
        fmt::format("the function {} is also declared \"{}\" (an inlined function declares its "
                    "caller: mark it noinline)",
                    symbol->name, kDomainNames[static_cast<size_t>(at->second.domain)]));
  }

  Result<std::monostate> end(const Marker& marker) {
    if (open_.empty() || open_.back().marker->name != marker.name)
      return bad_marker(image_, marker, "ends but is not the last that began");
    const Open open = open_.back();
    open_.pop_back();
    if (open.marker->address > marker.address)
      return bad_marker(image_, marker,
                        fmt::format("ends before it begins, at {:#010x}", open.marker->address));
    ranges_.push_back({open.marker->address, marker.address, open.domain});
    return std::monostate{};
  }

  const ImageInfo& image_;
  std::map<uint32_t, Extent> functions_;  // by address
  std::vector<Extent> ranges_;
  std::vector<Open> open_;
};

template <class Extent>
Result<std::vector<Extent>> extents_of(const ImageInfo& image) {
  Reader<Extent> reader(image);
  for (const Marker& marker : image.markers)
    if (auto read = reader.read(marker); !read) return read.error();
  return reader.finish();
}

bool is_user(const CodeRange& range) { return range.virt < KSEG0_BASE; }

/// A kernel's undeclared code shares the hardware out; a bare image that runs alone is the
/// workload.
Domain default_of_kernel(const CodeMap& code) {
  const bool has_applications =
      std::ranges::any_of(code.ranges(), [](const auto& entry) { return is_user(entry.second); });
  return has_applications ? Domain::kMultiplexing : Domain::kApplication;
}

}  // namespace

std::optional<Domain> parse_domain(std::string_view name) {
  const auto found = std::ranges::find(kDomainNames, name);
  if (found == kDomainNames.end()) return std::nullopt;
  return static_cast<Domain>(found - kDomainNames.begin());
}

Result<DomainMap> DomainMap::create(const CodeMap& code) {
  DomainMap domains(default_of_kernel(code));
  for (const auto& image : code.images()) {
    const auto extents = extents_of<Extent>(*image);
    if (!extents) return extents.error();
    for (const auto& [phys, range] : code.ranges())
      if (range.image == image.get())
        for (const Extent& extent : *extents) domains.declare(range, extent);
  }
  return domains;
}

void DomainMap::declare(const CodeRange& range, const Extent& extent) {
  const uint64_t range_end = uint64_t{range.virt} + range.size;
  const uint64_t end = std::min<uint64_t>(range_end, extent.end);
  const auto value = static_cast<uint8_t>(1 + static_cast<unsigned>(extent.domain));
  for (uint64_t virt = std::max(range.virt, extent.begin); virt < end; virt += 4)
    code_.set({range.phys + static_cast<uint32_t>(virt - range.virt)}, value);
}

void DomainMap::mark(PhysAddr address) {
  code_.set(address, static_cast<uint8_t>(code_.get(address) | kMarked));
}

}  // namespace exosim
