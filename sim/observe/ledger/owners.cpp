// See owners.hpp.
#include "sim/observe/ledger/owners.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>

namespace exosim {
namespace {

constexpr std::string_view kKernel = "kernel";

/// "environment/32": what an owner is called, and what the word's value is divided by.
struct Form {
  std::string kind;
  uint32_t divisor;
};

std::optional<Form> form_of(const std::string& name) {
  const size_t slash = name.rfind('/');
  if (slash == name.npos || slash == 0) return std::nullopt;
  Form form{.kind = name.substr(0, slash), .divisor = 0};
  const char* const end = name.data() + name.size();
  const auto read = std::from_chars(name.data() + slash + 1, end, form.divisor);
  if (read.ptr != end || read.ec != std::errc{} || form.divisor == 0) return std::nullopt;
  return form;
}

/// Where the marker's word lies; nullopt if the image has not been loaded.
std::optional<PhysAddr> place_of(const CodeMap& code, const ImageInfo& image, uint32_t virt) {
  if (virt >= KSEG0_BASE && virt < KSEG2_BASE) return PhysAddr{virt & KSEG_MASK};
  for (const auto& [phys, range] : code.ranges())
    if (range.image == &image && virt - range.virt < range.size)
      return PhysAddr{phys + (virt - range.virt)};
  return std::nullopt;
}

Error bad_marker(const ImageInfo& image, const Marker& marker, const std::string& why) {
  return {image.name,
          fmt::format("owner marker \"{}\" at {:#010x}: {}", marker.name, marker.address, why)};
}

}  // namespace

Result<Owners> Owners::create(const CodeMap& code) {
  Owners owners;
  for (const auto& image : code.images()) {
    for (const Marker& marker : image->markers) {
      if (marker.kind != Marker::Kind::kOwner) continue;
      const auto form = form_of(marker.name);
      if (!form)
        return bad_marker(*image, marker, "expected NAME/DIVISOR, as in \"environment/32\"");
      if (owners.is_declared_) return bad_marker(*image, marker, "another one is declared already");
      const auto place = place_of(code, *image, marker.address);
      if (!place) return bad_marker(*image, marker, "is not in loaded memory");
      owners.is_declared_ = true;
      owners.word_ = *place;
      owners.kind_ = form->kind;
      owners.divisor_ = form->divisor;
    }
  }
  return owners;
}

std::string Owners::name(uint32_t owner) const {
  if (owner == 0) return std::string(kKernel);
  return fmt::format("{} {}", kind_, is_declared_ ? owner : owner - 1);
}

}  // namespace exosim
