// DWARF line rows of all units in one sorted list.
#include "sim/machine/loader/line_table.hpp"

#include <elfutils/libdw.h>

#include <algorithm>
#include <map>
#include <set>

#include "sim/machine/loader/elf_file.hpp"

namespace exosim {
namespace {

struct DwarfEnd {
  void operator()(Dwarf* dwarf) const { dwarf_end(dwarf); }
};
using DwarfHandle = std::unique_ptr<Dwarf, DwarfEnd>;

/// From `address` on, up to the next row's address.
struct Row {
  uint32_t address;
  bool ends;  // no line from here on
  unsigned file;
  unsigned line;
};

class DwarfLineTable final : public LineTable {
 public:
  explicit DwarfLineTable(std::vector<std::byte> file) : bytes_(std::move(file)) {}

  std::optional<SourceLine> find(uint32_t virt) override {
    if (!is_read_) read();
    auto after = std::ranges::upper_bound(rows_, virt, {}, &Row::address);
    if (after == rows_.begin()) return std::nullopt;
    const Row& row = *--after;
    if (row.ends) return std::nullopt;
    return SourceLine{files_[row.file], row.line};
  }

 private:
  void read();
  void read_unit(Dwarf_Die& unit);
  unsigned file_number(const char* path);

  bool is_read_ = false;
  std::vector<std::byte> bytes_;  // the file, until it is read
  std::vector<Row> rows_;         // by address; the end of a sequence before what begins there
  std::set<const Dwarf_Lines*> tables_;  // those read, only to ask whether
  std::vector<std::string> files_;
  std::map<std::string, unsigned, std::less<>> file_numbers_;
};

void DwarfLineTable::read() {
  is_read_ = true;
  {
    const ElfHandle elf = open_elf(bytes_);
    const DwarfHandle dwarf(dwarf_begin_elf(elf.get(), DWARF_C_READ, nullptr));
    // A file may name another one, by a path of the host, for strings: it gets its own instead.
    if (dwarf) dwarf_setalt(dwarf.get(), dwarf.get());
    Dwarf_CU* unit = nullptr;
    Dwarf_Die die;
    while (dwarf && dwarf_get_units(dwarf.get(), unit, &unit, nullptr, nullptr, &die, nullptr) == 0)
      read_unit(die);
  }
  std::ranges::stable_sort(rows_, [](const Row& a, const Row& b) {
    return a.address != b.address ? a.address < b.address : a.ends > b.ends;
  });
  bytes_ = {};
  tables_.clear();
}

void DwarfLineTable::read_unit(Dwarf_Die& unit) {
  Dwarf_Lines* lines = nullptr;
  size_t count = 0;
  if (dwarf_getsrclines(&unit, &lines, &count) != 0) return;
  // A row takes a byte of the file at least; units that share one table would repeat its rows.
  if (!tables_.insert(lines).second || rows_.size() + count > bytes_.size()) return;
  for (size_t index = 0; index < count; ++index) {
    Dwarf_Line* line = dwarf_onesrcline(lines, index);
    Dwarf_Addr address = 0;
    bool ends = false;
    int number = 0;
    if (dwarf_lineaddr(line, &address) != 0 || dwarf_lineendsequence(line, &ends) != 0 ||
        dwarf_lineno(line, &number) != 0)
      continue;
    const char* path = dwarf_linesrc(line, nullptr, nullptr);
    rows_.push_back({.address = static_cast<uint32_t>(address),
                     .ends = ends,
                     .file = file_number(path == nullptr ? "?" : path),
                     .line = static_cast<unsigned>(number)});
  }
}

unsigned DwarfLineTable::file_number(const char* path) {
  const auto [at, added] = file_numbers_.try_emplace(path, static_cast<unsigned>(files_.size()));
  if (added) files_.push_back(at->first);
  return at->second;
}

}  // namespace

bool has_lines(Elf* elf) {
  for (ElfSection section = next_section(elf, nullptr); section.scn != nullptr;
       section = next_section(elf, section.scn))
    if (section.name == ".debug_line" || section.name == ".zdebug_line") return true;
  return false;
}

std::shared_ptr<LineTable> make_line_table(std::vector<std::byte> file) {
  return std::make_shared<DwarfLineTable>(std::move(file));
}

}  // namespace exosim
