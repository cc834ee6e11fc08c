// Physical address space: RAM, ROM and devices. An absent address is a bus error.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/base/types.hpp"
#include "sim/bus/device.hpp"
#include "sim/bus/posted_writes.hpp"
#include "sim/bus/ram.hpp"

namespace exosim {

/// What answered, for timing and messages.
enum class BusTarget : uint8_t { kRam, kRom, kDevice, kAbsent };

/// The outcome of one bus access.
struct BusAccess {
  BusTarget target = BusTarget::kAbsent;
  bool ok = false;     // false: bus error
  uint32_t value = 0;  // what was read
};

/// Routes accesses by physical address. Widths are 1, 2 or 4 bytes, addresses aligned to them; a
/// write may also be of three bytes within a word (swl, swr).
class Bus final : public PostedWrites {
 public:
  explicit Bus(Ram& ram) : ram_(ram) {}

  /// Adds read-only memory; refuses an overlap.
  Result<std::monostate> add_rom(std::string name, PhysAddr base, std::vector<std::byte> bytes);
  /// Adds a device's registers; refuses an overlap. The device must outlive the bus.
  Result<std::monostate> add_device(std::string name, PhysAddr base, uint32_t size, Device& device);

  BusAccess read(PhysAddr address, unsigned width);
  BusAccess write(PhysAddr address, unsigned width, uint32_t value);
  /// A write of the processor. If stores are posted, one to a device only says what will become of
  /// it, and takes effect when it is delivered.
  BusAccess store(PhysAddr address, unsigned width, uint32_t value);
  void deliver(PhysAddr word, uint8_t bytes, uint32_t value) override;
  void post_stores(bool posted) { posts_stores_ = posted; }
  /// Who is told of the processor's writes that nothing takes, with their address.
  void on_failed_store(std::function<void(PhysAddr)> handler) {
    failed_store_ = std::move(handler);
  }
  /// What a read would give, without effects; nullopt where a read would fail.
  std::optional<uint32_t> peek(PhysAddr address, unsigned width) const;
  /// False where a device answers only the processor.
  bool serves_masters(PhysAddr address) const;
  /// Name of the region at the address ("ram", "prom", a device's name); empty if absent.
  std::string_view region_name(PhysAddr address) const;

  Ram& ram() { return ram_; }
  const Ram& ram() const { return ram_; }

 private:
  struct Region {
    std::string name;
    uint32_t base;
    uint32_t size;
    Device* device;  // or null for ROM:
    std::vector<std::byte> bytes;
  };

  Result<std::monostate> add(Region region);
  const Region* find(PhysAddr address) const;
  BusAccess foresee_write(PhysAddr address, unsigned width) const;

  Ram& ram_;
  std::vector<Region> regions_;  // sorted by base
  bool posts_stores_ = false;
  std::function<void(PhysAddr)> failed_store_ = [](PhysAddr) {};
};

}  // namespace exosim
