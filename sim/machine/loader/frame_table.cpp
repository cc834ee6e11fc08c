// The records of .debug_frame, sorted by function. libdw parses them.
#include "sim/machine/loader/frame_table.hpp"

#include <elfutils/libdw.h>

#include <algorithm>
#include <map>
#include <utility>

#include "sim/machine/loader/elf_file.hpp"

namespace exosim {
namespace {

constexpr std::string_view kSectionName = ".debug_frame";

ElfSection frame_section(Elf* elf) {
  ElfSection section = next_section(elf, nullptr);
  while (section.scn != nullptr && section.name != kSectionName)
    section = next_section(elf, section.scn);
  return section;
}

uint32_t word_at(const uint8_t* bytes) {
  return uint32_t{bytes[0]} | uint32_t{bytes[1]} << 8 | uint32_t{bytes[2]} << 16 |
         uint32_t{bytes[3]} << 24;
}

class DwarfFrameTable final : public FrameTable {
 public:
  explicit DwarfFrameTable(std::vector<std::byte> file) : bytes_(std::move(file)) {}

  std::optional<FrameRule> find(uint32_t virt) override {
    if (!is_read_) read();
    const auto after = std::ranges::upper_bound(programs_, virt, {}, &FrameProgram::address);
    if (after == programs_.begin()) return std::nullopt;
    const FrameProgram& program = *std::prev(after);
    if (virt - program.address >= program.size) return std::nullopt;
    return run_frame_program(program, virt);
  }

 private:
  void read();
  void read_records(Elf* elf, Elf_Data data);
  void add_common(uint64_t offset, const Dwarf_CIE& entry);
  void add_function(const Dwarf_FDE& entry);

  bool is_read_ = false;
  std::vector<std::byte> bytes_;              // the file, until it is read
  std::vector<uint8_t> section_;              // what the programs point into
  std::map<uint64_t, FrameProgram> commons_;  // by offset in the section, until it is read
  std::vector<FrameProgram> programs_;        // by address
};

void DwarfFrameTable::read() {
  is_read_ = true;
  {
    const ElfHandle elf = open_elf(bytes_);
    const ElfSection section = elf ? frame_section(elf.get()) : ElfSection{};
    Elf_Data* data = section.scn == nullptr ? nullptr : elf_getdata(section.scn, nullptr);
    if (data != nullptr && data->d_buf != nullptr) read_records(elf.get(), *data);
  }
  std::ranges::stable_sort(programs_, {}, &FrameProgram::address);
  bytes_ = {};
  commons_.clear();
}

void DwarfFrameTable::read_records(Elf* elf, Elf_Data data) {
  const auto* bytes = static_cast<const uint8_t*>(data.d_buf);
  section_.assign(bytes, bytes + data.d_size);
  data.d_buf = section_.data();
  const auto* ident = reinterpret_cast<const unsigned char*>(elf_getident(elf, nullptr));
  Dwarf_Off offset = 0;
  Dwarf_Off next = 0;
  Dwarf_CFI_Entry entry;
  while (dwarf_next_cfi(ident, &data, false, offset, &next, &entry) == 0 && next > offset) {
    if (dwarf_cfi_cie_p(&entry))
      add_common(offset, entry.cie);
    else
      add_function(entry.fde);
    offset = next;
  }
}

// An augmentation changes what a record holds; compilers use none in .debug_frame.
void DwarfFrameTable::add_common(uint64_t offset, const Dwarf_CIE& entry) {
  if (entry.augmentation == nullptr || *entry.augmentation != '\0') return;
  commons_[offset] = {.code_factor = entry.code_alignment_factor,
                      .data_factor = entry.data_alignment_factor,
                      .initial = {entry.initial_instructions, entry.initial_instructions_end}};
}

void DwarfFrameTable::add_function(const Dwarf_FDE& entry) {
  constexpr ptrdiff_t kAddressAndSize = 8;
  const auto common = commons_.find(entry.CIE_pointer);
  if (common == commons_.end() || entry.end - entry.start < kAddressAndSize) return;
  FrameProgram& program = programs_.emplace_back(common->second);
  program.address = word_at(entry.start);
  program.size = word_at(entry.start + 4);
  program.own = {entry.start + kAddressAndSize, entry.end};
}

}  // namespace

bool has_frames(Elf* elf) { return frame_section(elf).scn != nullptr; }

std::shared_ptr<FrameTable> make_frame_table(std::vector<std::byte> file) {
  return std::make_shared<DwarfFrameTable>(std::move(file));
}

}  // namespace exosim
