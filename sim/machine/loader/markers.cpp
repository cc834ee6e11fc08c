// Reads the marker records; the section is a user's input like any other.
#include "sim/machine/loader/markers.hpp"

#include <elf.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <span>

#include "isa/markers.h"
#include "sim/machine/loader/elf_file.hpp"
#include "sim/machine/loader/segments.hpp"

namespace exosim {
namespace {

constexpr size_t kNameOffset = 8;  // after the address and the kind
constexpr size_t kMaxNameBytes = 255;

bool is_control(char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; }

uint32_t word_at(std::span<const char> bytes, size_t offset) {
  uint32_t word = 0;
  std::memcpy(&word, &bytes[offset], sizeof(word));
  return word;
}

/// Reads records one after the other; `offset` is where the next one begins.
struct Reader {
  std::span<const char> bytes;
  const std::vector<Segment>& segments;
  const std::string& name;
  size_t offset = 0;

  Error malformed(const std::string& why) const {
    return {name, fmt::format("malformed marker section ({}) at offset {}: {}", MARKER_SECTION,
                              offset, why)};
  }
  /// The record at `offset`, which then moves on; nullopt for one to leave out.
  Result<std::optional<Marker>> next();
  Result<std::monostate> check_address(uint32_t address, uint32_t kind) const;
};

/// Operations and domains stand at instructions, an owner in a word of memory.
Result<std::monostate> Reader::check_address(uint32_t address, uint32_t kind) const {
  const bool is_code = kind != MARKER_OWNER;
  for (const Segment& segment : segments)
    if (address % 4 == 0 && (segment.executable || !is_code) && covers(segment, address, is_code))
      return std::monostate{};
  return malformed(fmt::format("{:#010x} is not the address of {}", address,
                               is_code ? "an instruction" : "a word of the image"));
}

Result<std::optional<Marker>> Reader::next() {
  const std::span<const char> rest = bytes.subspan(offset);
  if (rest.size() <= kNameOffset) return malformed("the record ends before its name");
  const uint32_t address = word_at(rest, 0);
  const uint32_t kind = word_at(rest, 4);
  const size_t room = rest.size() - kNameOffset;
  const size_t length = strnlen(&rest[kNameOffset], room);
  if (length == room) return malformed("the name has no end");
  if (kind < MARKER_OP_BEGIN || kind > MARKER_OWNER)
    return malformed(fmt::format("unknown kind {}", kind));
  if (length == 0 || length > kMaxNameBytes)
    return malformed(fmt::format("a name of {} bytes, expected 1 to {}", length, kMaxNameBytes));
  if (std::ranges::any_of(rest.subspan(kNameOffset, length), is_control))
    return malformed("a control character in the name");
  if (address != 0)
    if (auto checked = check_address(address, kind); !checked) return checked.error();
  Marker marker{.kind = static_cast<Marker::Kind>(kind),
                .address = address,
                .name = std::string(&rest[kNameOffset], length)};
  offset = std::min(bytes.size(), offset + (kNameOffset + length + 1 + 3) / 4 * 4);
  if (address == 0) return std::optional<Marker>{};
  return std::optional{std::move(marker)};
}

Result<std::monostate> read_section(Reader reader, std::vector<Marker>& markers) {
  while (reader.offset < reader.bytes.size()) {
    auto marker = reader.next();
    if (!marker) return marker.error();
    if (*marker) markers.push_back(std::move(**marker));
  }
  return std::monostate{};
}

}  // namespace

Result<std::vector<Marker>> read_markers(Elf* elf, const std::vector<Segment>& segments,
                                         const std::string& name) {
  std::vector<Marker> markers;
  for (ElfSection section = next_section(elf, nullptr); section.scn != nullptr;
       section = next_section(elf, section.scn)) {
    if (section.name != MARKER_SECTION || section.header.sh_size == 0) continue;
    Elf_Data* data = elf_rawdata(section.scn, nullptr);
    if (data == nullptr || data->d_buf == nullptr || section.header.sh_type == SHT_NOBITS ||
        (section.header.sh_flags & SHF_COMPRESSED) != 0)
      return Error{name, fmt::format("malformed marker section ({}) at offset 0: its {} bytes are "
                                     "not in the file",
                                     MARKER_SECTION, section.header.sh_size)};
    Reader reader{{static_cast<const char*>(data->d_buf), data->d_size}, segments, name};
    if (auto read = read_section(reader, markers); !read) return read.error();
  }
  return markers;
}

}  // namespace exosim
