// The PROM, byte by byte.
#include "sim/machine/loader/prom.hpp"

#include <fmt/format.h>

#include <cstring>
#include <limits>
#include <span>

#include "isa/machine/boot.h"
#include "isa/machine/memory_map.h"

namespace exosim {
namespace {

// Offsets within the PROM.
constexpr uint32_t kDirectory = PROM_DIRECTORY - PROM_BASE;
constexpr uint32_t kBootInfo = PROM_BOOT_INFO - PROM_BASE;
constexpr uint32_t kModules = kBootInfo + BOOT_INFO_SIZE;
constexpr uint32_t kArguments = kModules + BOOT_MODULE_MAX * BOOT_MODULE_RECORD_SIZE;
constexpr uint32_t kDirectoryRoom = kBootInfo - kDirectory;
constexpr size_t kModuleNameRoom = BOOT_MODULE_RECORD_SIZE - BOOT_MODULE_NAME;

constexpr uint32_t kBreak = 0x0000000d;  // what software finds that strays into the PROM

class Writer {
 public:
  explicit Writer(std::vector<std::byte>& bytes) : bytes_(bytes) {}

  void word(uint32_t offset, uint32_t value) {
    for (unsigned byte = 0; byte < 4; ++byte)
      bytes_[offset + byte] = static_cast<std::byte>(value >> (8 * byte));
  }
  void copy(uint32_t offset, std::span<const std::byte> data) {
    std::ranges::copy(data, bytes_.begin() + offset);
  }
  /// As much of the text as `room` bytes with a NUL hold; the rest of the room is zero.
  void text(uint32_t offset, std::string_view text, size_t room) {
    const size_t length = std::min(text.size(), room - 1);
    std::memset(&bytes_[offset], 0, room);
    std::ranges::copy(std::as_bytes(std::span(text.substr(0, length))), bytes_.begin() + offset);
  }

 private:
  std::vector<std::byte>& bytes_;
};

void write_boot_info(Writer writer, const BootRequest& request) {
  writer.word(kBootInfo + BOOT_INFO_MAGIC, BOOT_MAGIC);
  writer.word(kBootInfo + BOOT_INFO_VERSION, BOOT_VERSION);
  writer.word(kBootInfo + BOOT_INFO_RAM_SIZE, request.ram_bytes);
  writer.word(kBootInfo + BOOT_INFO_CPU_HZ, static_cast<uint32_t>(request.cpu_hz));
  for (uint32_t index = 0; index < request.seed.size(); ++index)
    writer.word(kBootInfo + BOOT_INFO_SEED + 4 * index, request.seed[index]);
  writer.word(kBootInfo + BOOT_INFO_DIRECTORY, PROM_DIRECTORY);
  writer.word(kBootInfo + BOOT_INFO_MODULE_COUNT, static_cast<uint32_t>(request.modules.size()));
  writer.word(kBootInfo + BOOT_INFO_MODULES, PROM_BASE + kModules);
}

void write_modules(Writer writer, const BootRequest& request,
                   const std::vector<uint32_t>& addresses) {
  for (uint32_t index = 0; index < addresses.size(); ++index) {
    const uint32_t record = kModules + index * BOOT_MODULE_RECORD_SIZE;
    const Image& module = request.modules[index];
    writer.word(record + BOOT_MODULE_ADDRESS, addresses[index]);
    writer.word(record + BOOT_MODULE_SIZE, static_cast<uint32_t>(module.file.size()));
    writer.text(record + BOOT_MODULE_NAME, module.name, kModuleNameRoom);
  }
}

/// The pointers, a null, then the strings; the kernel's arguments behind them. False if they do not
/// fit.
bool write_arguments(Writer writer, const std::vector<std::string_view>& arguments,
                     std::string_view for_kernel) {
  uint32_t pointer = kArguments;
  size_t text = kArguments + 4 * (arguments.size() + 1);
  for (const std::string_view argument : arguments) {
    if (text + argument.size() + 1 > PROM_SIZE) return false;
    const auto offset = static_cast<uint32_t>(text);
    writer.word(pointer, (KSEG1_BASE | PROM_BASE) + offset);
    writer.text(offset, argument, argument.size() + 1);
    pointer += 4;
    text += argument.size() + 1;
  }
  writer.word(pointer, 0);
  if (text + for_kernel.size() + 1 > PROM_SIZE) return false;
  writer.word(kBootInfo + BOOT_INFO_ARGUMENTS, PROM_BASE + static_cast<uint32_t>(text));
  writer.text(static_cast<uint32_t>(text), for_kernel, for_kernel.size() + 1);
  return true;
}

}  // namespace

Result<Prom> build_prom(const BootRequest& request, const std::vector<uint32_t>& addresses) {
  if (request.cpu_hz > std::numeric_limits<uint32_t>::max())
    return Error{"cpu.clock", fmt::format("{} Hz does not fit into the boot information's 32 bits",
                                          request.cpu_hz)};
  if (request.directory.size() > kDirectoryRoom)
    return Error{"devices", fmt::format("the device directory needs {} bytes, the PROM has {}",
                                        request.directory.size(), kDirectoryRoom)};
  std::vector<std::string_view> arguments{request.kernel.name};
  for (const Image& module : request.modules) arguments.push_back(module.name);

  Prom prom{.bytes = std::vector<std::byte>(PROM_SIZE),
            .argc = static_cast<uint32_t>(arguments.size()),
            .argv = (KSEG1_BASE | PROM_BASE) + kArguments};
  Writer writer(prom.bytes);
  for (uint32_t offset = 0; offset < kDirectory; offset += 4) writer.word(offset, kBreak);
  writer.copy(kDirectory, request.directory);
  write_boot_info(writer, request);
  write_modules(writer, request, addresses);
  if (!write_arguments(writer, arguments, request.arguments))
    return Error{
        request.kernel.name,
        fmt::format("the names of the images and the kernel's arguments do not fit into the "
                    "PROM's {} bytes",
                    PROM_SIZE - kArguments)};
  return prom;
}

}  // namespace exosim
