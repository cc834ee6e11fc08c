// Routing of physical addresses to RAM, ROM and devices.
#include "sim/bus/bus.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

namespace exosim {

namespace {

constexpr uint64_t kAddressSpace = uint64_t{1} << 32;
constexpr uint32_t kAlignment = 4;  // so that an aligned access never straddles two regions

std::string describe(std::string_view name, uint64_t base, uint64_t size) {
  return fmt::format("{} at {:#010x}..{:#010x}", name, base, base + size - 1);
}

bool overlap(uint64_t base, uint64_t size, uint64_t other_base, uint64_t other_size) {
  return base < other_base + other_size && other_base < base + size;
}

uint32_t read_bytes(const std::vector<std::byte>& bytes, uint32_t offset, unsigned width) {
  uint32_t value = 0;
  std::memcpy(&value, &bytes[offset], width);
  return value;
}

}  // namespace

Result<std::monostate> Bus::add_rom(std::string name, PhysAddr base, std::vector<std::byte> bytes) {
  bytes.resize((bytes.size() + kAlignment - 1) / kAlignment * kAlignment);
  const size_t size = bytes.size();
  if (size >= kAddressSpace) return Error{name, "does not fit into the physical address space"};
  return add({std::move(name), base.value, static_cast<uint32_t>(size), nullptr, std::move(bytes)});
}

Result<std::monostate> Bus::add_device(std::string name, PhysAddr base, uint32_t size,
                                       Device& device) {
  return add({std::move(name), base.value, size, &device, {}});
}

Result<std::monostate> Bus::add(Region region) {
  if (region.size == 0) return Error{region.name, "is empty"};
  if (region.base % kAlignment != 0 || region.size % kAlignment != 0) {
    return Error{region.name, fmt::format("{:#x} with {:#x} bytes: address and size must be "
                                          "multiples of {}",
                                          region.base, region.size, kAlignment)};
  }
  const std::string text = describe(region.name, region.base, region.size);
  if (region.base + uint64_t{region.size} > kAddressSpace) {
    return Error{{}, text + " reaches beyond the physical address space"};
  }
  if (overlap(region.base, region.size, 0, ram_.size())) {
    return Error{{}, text + " overlaps " + describe("ram", 0, ram_.size())};
  }
  for (const Region& other : regions_) {
    if (overlap(region.base, region.size, other.base, other.size)) {
      return Error{{}, text + " overlaps " + describe(other.name, other.base, other.size)};
    }
  }
  const auto place = std::ranges::upper_bound(regions_, region.base, {}, &Region::base);
  regions_.insert(place, std::move(region));
  return std::monostate{};
}

const Bus::Region* Bus::find(PhysAddr address) const {
  const auto after = std::ranges::upper_bound(regions_, address.value, {}, &Region::base);
  if (after == regions_.begin()) return nullptr;
  const Region& region = *std::prev(after);
  return address.value - region.base < region.size ? &region : nullptr;
}

BusAccess Bus::read(PhysAddr address, unsigned width) {
  if (ram_.contains(address, width)) return {BusTarget::kRam, true, ram_.read(address, width)};
  const Region* region = find(address);
  if (!region) return {};
  const uint32_t offset = address.value - region->base;
  if (!region->device) return {BusTarget::kRom, true, read_bytes(region->bytes, offset, width)};
  const std::optional<uint32_t> value = region->device->read(offset, width);
  return {BusTarget::kDevice, value.has_value(), value.value_or(0)};
}

BusAccess Bus::write(PhysAddr address, unsigned width, uint32_t value) {
  if (ram_.contains(address, width)) {
    ram_.write(address, width, value);
    return {BusTarget::kRam, true, 0};
  }
  const Region* region = find(address);
  if (!region) return {};
  // The bus cycle completes; the ROM just does not listen.
  if (!region->device) return {BusTarget::kRom, true, 0};
  const uint32_t offset = address.value - region->base;
  return {BusTarget::kDevice, region->device->write(offset, width, value), 0};
}

BusAccess Bus::store(PhysAddr address, unsigned width, uint32_t value) {
  if (posts_stores_ && !ram_.contains(address, width)) return foresee_write(address, width);
  const BusAccess access = write(address, width, value);
  if (!access.ok) failed_store_(address);
  return access;
}

BusAccess Bus::foresee_write(PhysAddr address, unsigned width) const {
  const Region* region = find(address);
  if (!region) return {};
  if (!region->device) return {BusTarget::kRom, true, 0};
  return {BusTarget::kDevice, region->device->accepts(address.value - region->base, width), 0};
}

// In one access what lies side by side and is aligned, byte for byte what is not.
void Bus::deliver(PhysAddr word, uint8_t bytes, uint32_t value) {
  constexpr std::array<uint8_t, 3> kWhole = {15, 3, 12};
  if (std::ranges::find(kWhole, bytes) == kWhole.end() && std::popcount(bytes) > 1) {
    for (unsigned lane = 0; lane < 4; ++lane)
      if (bytes >> lane & 1) deliver(word, static_cast<uint8_t>(1u << lane), value);
    return;
  }
  const auto lane = static_cast<unsigned>(std::countr_zero(bytes));
  const PhysAddr address{word.value + lane};
  const auto width = static_cast<unsigned>(std::popcount(bytes));
  if (!write(address, width, value >> (8 * lane)).ok) failed_store_(address);
}

std::optional<uint32_t> Bus::peek(PhysAddr address, unsigned width) const {
  if (ram_.contains(address, width)) return ram_.read(address, width);
  const Region* region = find(address);
  if (!region) return std::nullopt;
  const uint32_t offset = address.value - region->base;
  if (!region->device) return read_bytes(region->bytes, offset, width);
  return region->device->peek(offset, width);
}

bool Bus::serves_masters(PhysAddr address) const {
  if (ram_.contains(address, 1)) return true;
  const Region* region = find(address);
  return !region || !region->device || region->device->serves_masters();
}

std::string_view Bus::region_name(PhysAddr address) const {
  if (ram_.contains(address, 1)) return "ram";
  const Region* region = find(address);
  return region ? std::string_view(region->name) : std::string_view();
}

}  // namespace exosim
