// The lines of the trace; what depends on the instruction alone is kept from one time to the next.
#include "sim/observe/commit_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "isa/disassembler.hpp"
#include "isa/register_names.hpp"
#include "sim/observe/exceptions.hpp"

namespace exosim {
namespace {

constexpr size_t kBufferBytes = 1 << 16;
constexpr size_t kKnownInstructions = 1 << 14;
constexpr size_t kCycleColumns = 12;
constexpr size_t kTextColumns = 78;  // instruction and symbol; effects follow

constexpr std::string_view kHeader =
    "# exosim trace 1\n"
    "#      cycle m as pc       word     instruction                  "
    "place                            effects\n";

void append_hex(std::string& line, uint32_t value, unsigned digits = 8) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (unsigned digit = digits; digit-- > 0;) line += kDigits[(value >> (4 * digit)) & 15];
}

void append_decimal(std::string& line, uint64_t value, size_t columns) {
  char digits[20];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
  const auto length = static_cast<size_t>(end - digits);
  if (length < columns) line.append(columns - length, ' ');
  line.append(digits, length);
}

std::string place_text(const ImageInfo& image, uint32_t virt) {
  const Symbol* symbol = image.symbol_at(virt);
  if (symbol == nullptr) return {};
  const uint32_t offset = virt - symbol->address;
  return offset == 0 ? symbol->name : fmt::format("{}+{:#x}", symbol->name, offset);
}

void append_register(std::string& line, const Retired& retired) {
  if (retired.dest == 0) return;
  line += "  ";
  line += isa::kGprNames[retired.dest];
  line += '=';
  append_hex(line, retired.dest_value);
}

bool writes_float(const Retired& retired) {
  return retired.is_float() && retired.float_write.registers != 0;
}

void append_float_register(std::string& line, const FloatWrite& write) {
  line += "  $f";
  append_decimal(line, write.first, 1);
  line += '=';
  if (write.registers == 2) append_hex(line, static_cast<uint32_t>(write.value >> 32));
  append_hex(line, static_cast<uint32_t>(write.value));
}

std::string_view target_text(const DataAccess& data) {
  switch (data.target) {
    case BusTarget::kRam:
      return data.cached ? "" : " uncached";
    case BusTarget::kRom:
      return " rom";
    case BusTarget::kDevice:
      return " device";
    case BusTarget::kAbsent:
      return " absent";
  }
  return {};
}

void append_access(std::string& line, const DataAccess& data) {
  if (data.kind == DataAccess::Kind::kNone) return;
  const bool is_store = data.kind == DataAccess::Kind::kStore;
  line += is_store ? "  store" : "  load";
  line += static_cast<char>('0' + data.width);
  line += ' ';
  append_hex(line, data.virt.value);
  line += "->";
  append_hex(line, data.phys.value);
  line += ' ';
  append_hex(line, data.value, is_store ? 2u * data.width : 8);
  line += target_text(data);
  if (data.bus_error) line += " bus error";
}

bool has_bad_address(uint8_t code) { return code >= EXC_MOD && code <= EXC_ADES; }

void append_exception(std::string& line, const Retired& retired) {
  line += "  exception ";
  line += kExceptionNames[retired.exception.code];
  if (retired.exception.refill) line += " refill";
  if (has_bad_address(retired.exception.code)) {
    line += " badvaddr=";
    append_hex(line, retired.exception.bad_address.value);
  }
  line += " epc=";
  append_hex(line, retired.exception.epc.value);
  if (retired.in_delay_slot) line += " bd";
  line += " -> ";
  append_hex(line, retired.exception.vector.value);
}

}  // namespace

CommitLog::CommitLog(TextFile file, TraceWindow window, const CodeMap& code)
    : file_(std::move(file)), window_(window), code_(code), known_(kKnownInstructions) {
  buffer_.reserve(kBufferBytes + 4096);
  buffer_ = kHeader;
}

Result<std::unique_ptr<CommitLog>> CommitLog::create(const std::filesystem::path& path,
                                                     TraceWindow window, const CodeMap& code) {
  auto file = TextFile::create(path);
  if (!file) return file.error();
  return std::unique_ptr<CommitLog>(new CommitLog(std::move(*file), window, code));
}

void CommitLog::on_retired(Cycles begin, const StepCost& /*cost*/, const Retired& retired) {
  if (begin < window_.from || begin > window_.to || file_.failed()) return;
  append_decimal(buffer_, begin.count, kCycleColumns);
  buffer_ += retired.user_mode ? " u " : " k ";
  append_decimal(buffer_, retired.asid, 2);
  buffer_ += ' ';
  const std::string& text = instruction_text(retired);
  buffer_ += text;
  if (retired.dest != 0 || writes_float(retired) || retired.data.kind != DataAccess::Kind::kNone ||
      retired.exception.taken)
    buffer_.append(kTextColumns - std::min(text.size(), kTextColumns), ' ');
  append_register(buffer_, retired);
  if (writes_float(retired)) append_float_register(buffer_, retired.float_write);
  append_access(buffer_, retired.data);
  if (retired.exception.taken) append_exception(buffer_, retired);
  buffer_ += '\n';
  if (buffer_.size() < kBufferBytes) return;
  file_.write(buffer_);
  buffer_.clear();
}

const std::string& CommitLog::instruction_text(const Retired& retired) {
  Known& known = known_[retired.fetched_from.value / 4 % kKnownInstructions];
  if (!known.valid || known.pc != retired.pc.value || known.word != retired.word.bits ||
      known.phys != retired.fetched_from.value || !retired.fetched) {
    known = {.valid = retired.fetched,
             .pc = retired.pc.value,
             .phys = retired.fetched_from.value,
             .word = retired.word.bits,
             .text = describe(retired)};
  }
  return known.text;
}

std::string CommitLog::describe(const Retired& retired) const {
  const uint32_t pc = retired.pc.value;
  if (!retired.fetched) return fmt::format("{:08x} --------", pc);
  const auto place = code_.find(retired.fetched_from);
  const ImageInfo* image = place ? place->image : nullptr;
  // Code may run at another address than it was linked for: kseg1 instead of kseg0.
  const auto symbol_of = [&](uint32_t address) {
    return image == nullptr ? std::string() : place_text(*image, address - pc + place->virt);
  };
  std::string text = isa::disassemble(retired.word, pc, symbol_of);
  std::ranges::replace(text, '\t', ' ');
  const std::string symbol = symbol_of(pc);
  if (symbol.empty()) return fmt::format("{:08x} {:08x} {}", pc, retired.word.bits, text);
  return fmt::format("{:08x} {:08x} {:<28} <{}>", pc, retired.word.bits, text, symbol);
}

Result<std::monostate> CommitLog::close() {
  file_.write(buffer_);
  buffer_.clear();
  return file_.close();
}

}  // namespace exosim
