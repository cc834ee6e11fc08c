// From a path to a checked image.
#include "sim/machine/loader/image.hpp"

#include <fmt/format.h>

#include <utility>

#include "isa/machine/memory_map.h"
#include "sim/base/file.hpp"
#include "sim/machine/loader/elf_file.hpp"
#include "sim/machine/loader/frame_table.hpp"
#include "sim/machine/loader/line_table.hpp"
#include "sim/machine/loader/markers.hpp"
#include "sim/machine/loader/segments.hpp"
#include "sim/machine/loader/symbols.hpp"

namespace exosim {
namespace {

// More than the machine could address; keeps a mistaken argument from filling the host's memory.
constexpr uint64_t kMaxFileBytes = uint64_t{KSEG_MASK} + 1;

Result<ImageInfo> read_info(Elf* elf, const Image& image) {
  auto symbols = read_symbols(elf, image.name);
  if (!symbols) return symbols.error();
  auto markers = read_markers(elf, image.segments, image.name);
  if (!markers) return markers.error();
  return ImageInfo{.name = image.name,
                   .symbols = std::move(*symbols),
                   .markers = std::move(*markers),
                   .lines = has_lines(elf) ? make_line_table(image.file) : nullptr,
                   .frames = has_frames(elf) ? make_frame_table(image.file) : nullptr};
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
  auto file = read_file(path, kMaxFileBytes);
  if (!file) return file.error();
  auto image = parse_image(std::move(*file), path.filename().string());
  if (!image) return Error{path.string(), image.error().message};
  return image;
}

}  // namespace exosim
