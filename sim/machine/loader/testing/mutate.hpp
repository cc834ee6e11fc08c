// Damage to ELF files for tests and fuzzing, and what the loader is asked about what it accepts.
#pragma once

#include <elf.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/machine/loader/image.hpp"
#include "sim/machine/loader/place.hpp"
#include "sim/machine/loader/testing/elf_builder.hpp"
#include "sim/observe/ledger/ledger.hpp"

namespace exosim::testing {

/// A value at which checks tend to be wrong.
inline uint32_t interesting_word(Random& random, size_t file_size) {
  const auto size = static_cast<uint32_t>(file_size);
  switch (random.below(10)) {
    case 0:
      return 0;
    case 1:
      return 0xffffffff;
    case 2:
      return 0x80000000 - random.below(8);
    case 3:
      return size - random.below(8);
    case 4:
      return 1u << random.below(32);
    case 5:
      return random.below(64);
    case 6:
      return random.below(size + 1);
    case 7:
      return 0xfffffff0 + random.below(16);
    case 8:
      return 0x00400000 + random.below(0x2000);
    default:
      return random.word();
  }
}

/// Where a table of headers of the ELF file begins and how long it is, as far as it is in the file.
struct Table {
  size_t begin;
  size_t size;
};

inline Table random_table(const Bytes& file, Random& random) {
  const Table header{0, std::min(file.size(), sizeof(Elf32_Ehdr))};
  if (file.size() < sizeof(Elf32_Ehdr) || random.below(3) == 0) return header;
  Elf32_Ehdr ehdr;
  std::memcpy(&ehdr, file.data(), sizeof(ehdr));
  const bool sections = random.below(2) == 0;
  const size_t begin = sections ? ehdr.e_shoff : ehdr.e_phoff;
  const size_t size =
      sections ? ehdr.e_shnum * sizeof(Elf32_Shdr) : ehdr.e_phnum * sizeof(Elf32_Phdr);
  if (begin >= file.size() || size == 0) return header;
  return {begin, std::min(size, file.size() - begin)};
}

/// Overwrites one field (a word, a half or a byte) of a header.
inline void mutate_header(Bytes& file, Random& random) {
  const Table table = random_table(file, random);
  const size_t width = size_t{1} << random.below(3);
  const size_t fields = table.size / width;
  if (fields == 0) return;
  const size_t at = table.begin + random.below(static_cast<uint32_t>(fields)) * width;
  const uint32_t value = interesting_word(random, file.size());
  std::memcpy(&file[at], &value, std::min(width, file.size() - at));
}

/// One piece of damage: a header field, a few bytes anywhere, or the end cut off.
inline void mutate(Bytes& file, Random& random) {
  if (file.empty()) return;
  const auto size = static_cast<uint32_t>(file.size());
  switch (random.below(8)) {
    case 0:
      file.resize(random.below(size));
      break;
    case 1:
    case 2:
    case 3:
      for (uint32_t count = 1 + random.below(8); count > 0; --count)
        file[random.below(size)] = static_cast<std::byte>(random.word());
      break;
    default:
      mutate_header(file, random);
  }
}

/// Asks everything that a run asks of an accepted image.
inline void ask_everything(const Image& image) {
  for (const Segment& segment : image.segments)
    for (const uint32_t address :
         {segment.virt, segment.virt + 12, segment.virt + segment.memory_size}) {
      image.info.symbol_at(address);
      if (image.info.lines) image.info.lines->find(address);
      if (image.info.frames) image.info.frames->find(address);
    }
  static const Image kKernel = parse_image(bare_sample().build(), "kernel.elf").value();
  const bool bare = image.is_bare();
  const auto plan = plan_boot({.kernel = bare ? image : kKernel,
                               .modules = bare ? std::span<const Image>{} : std::span(&image, 1),
                               .ram_bytes = 1 << 20,
                               .cpu_hz = 25'000'000,
                               .seed = {1, 2, 3, 4},
                               .directory = {}});
  if (!plan) return;
  static_cast<void>(Ledger::create(plan->code));
}

/// Null if the loader took the file or refused it with a message; otherwise what it did wrong.
inline std::optional<std::string> load_damaged(const Bytes& file, bool& accepted) {
  const auto image = parse_image(file, "damaged.elf");
  accepted = static_cast<bool>(image);
  if (accepted) {
    ask_everything(*image);
    return std::nullopt;
  }
  if (image.error().where != "damaged.elf") return "the message names no file";
  if (image.error().message.empty()) return "an empty message";
  return std::nullopt;
}

}  // namespace exosim::testing
