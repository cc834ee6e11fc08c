// From a path to a checked image.
#include "sim/machine/loader/image.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <system_error>

#include "isa/machine/memory_map.h"
#include "sim/machine/loader/elf_file.hpp"
#include "sim/machine/loader/line_table.hpp"
#include "sim/machine/loader/markers.hpp"
#include "sim/machine/loader/segments.hpp"
#include "sim/machine/loader/symbols.hpp"

namespace exosim {
namespace {

// More than the machine could address; keeps a mistaken argument from filling the host's memory.
constexpr uintmax_t kMaxFileBytes = uintmax_t{KSEG_MASK} + 1;

Result<std::monostate> check_readable(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found)
    return Error{path.string(), "no such file"};
  if (error) return Error{path.string(), "cannot read: " + error.message()};
  if (std::filesystem::is_directory(status))
    return Error{path.string(), "is a directory, expected a MIPS executable (ELF)"};
  if (!std::filesystem::is_regular_file(status))
    return Error{path.string(), "is not a regular file, expected a MIPS executable (ELF)"};
  const uintmax_t size = std::filesystem::file_size(path, error);
  if (error) return Error{path.string(), "cannot read: " + error.message()};
  if (size > kMaxFileBytes)
    return Error{path.string(), fmt::format("has {} bytes, more than the machine can address ({})",
                                            size, kMaxFileBytes)};
  return std::monostate{};
}

Result<std::vector<std::byte>> read_file(const std::filesystem::path& path) {
  if (auto checked = check_readable(path); !checked) return checked.error();
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  std::vector<std::byte> bytes;
  if (in) {
    std::error_code ignored;
    bytes.resize(std::filesystem::file_size(path, ignored));
    in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  }
  if (!in)
    return Error{path.string(),
                 "cannot read: " + std::generic_category().message(errno == 0 ? EIO : errno)};
  return bytes;
}

Result<ImageInfo> read_info(Elf* elf, const Image& image) {
  auto symbols = read_symbols(elf, image.name);
  if (!symbols) return symbols.error();
  auto markers = read_markers(elf, image.segments, image.name);
  if (!markers) return markers.error();
  return ImageInfo{.name = image.name,
                   .symbols = std::move(*symbols),
                   .markers = std::move(*markers),
                   .lines = has_lines(elf) ? make_line_table(image.file) : nullptr};
}

}  // namespace

bool Image::is_bare() const { return segments.front().virt >= KSEG0_BASE; }

Result<Image> parse_image(std::vector<std::byte> file, std::string name) {
  if (auto checked = check_ident(file, name); !checked) return checked.error();
  const ElfHandle elf = open_elf(file);
  if (!elf || elf_kind(elf.get()) != ELF_K_ELF)
    return Error{name, fmt::format("malformed ELF file: {}", elf_errmsg(-1))};
  if (auto checked = check_header(elf.get(), file.size(), name); !checked) return checked.error();
  auto segments = read_segments(elf.get(), file.size(), name);
  if (!segments) return segments.error();
  GElf_Ehdr header;
  gelf_getehdr(elf.get(), &header);
  const auto entry = static_cast<uint32_t>(header.e_entry);
  if (auto checked = check_entry(entry, *segments, name); !checked) return checked.error();

  // Moving the vector does not move its bytes, so that the handle stays good.
  Image image{.name = std::move(name),
              .file = std::move(file),
              .entry = entry,
              .segments = std::move(*segments),
              .info = {}};
  auto info = read_info(elf.get(), image);
  if (!info) return info.error();
  image.info = std::move(*info);
  return image;
}

Result<Image> load_image(const std::filesystem::path& path) {
  auto file = read_file(path);
  if (!file) return file.error();
  auto image = parse_image(std::move(*file), path.filename().string());
  if (!image) return Error{path.string(), image.error().message};
  return image;
}

}  // namespace exosim
