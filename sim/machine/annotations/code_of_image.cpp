// See code_of_image.hpp.
#include "sim/machine/annotations/code_of_image.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <set>

#include "isa/decoder.hpp"
#include "isa/disassembler.hpp"
#include "sim/base/nearest.hpp"
#include "sim/base/quantity.hpp"
#include "sim/machine/loader/segments.hpp"
#include "sim/observe/demangle.hpp"
#include "sim/observe/explain/functions.hpp"

namespace exosim {
namespace {

constexpr std::string_view kCold = ".cold";
constexpr std::string_view kPart = ".part.";

/// What compilers append to a function's name for a copy or a part of it.
constexpr std::string_view kSuffixes[] = {kCold, kPart, ".constprop.", ".isra.", ".lto_priv."};

/// "run" of "run.part.0".
std::string without_suffix(const std::string& name) {
  size_t length = name.size();
  for (const std::string_view suffix : kSuffixes)
    if (const size_t at = name.find(suffix); at != 0) length = std::min(length, at);
  return name.substr(0, length);
}

bool has_suffix(const std::string& name, std::string_view suffix) {
  return name.find(suffix, 1) != name.npos;
}

CodeSymbol code_symbol(const ImageInfo& image, const Symbol& symbol) {
  CodeSymbol code{.begin = symbol.address,
                  .end = image.end_of(symbol),
                  .names = function_names(symbol),
                  .whole = without_suffix(symbol.name.substr(0, symbol.name.find(" [clone "))),
                  .is_part = has_suffix(symbol.name, kCold) || has_suffix(symbol.name, kPart),
                  .is_cold = has_suffix(symbol.name, kCold)};
  code.names[1] = without_suffix(code.names[1]);
  code.names[2] = without_suffix(code.names[2]);
  return code;
}

bool is_pattern(std::string_view text) { return text.find_first_of("*?") != text.npos; }

const Segment* segment_at(const Image& image, uint32_t virt, bool or_end) {
  for (const bool also_end : {false, or_end})
    for (const Segment& segment : image.segments)
      if (covers(segment, virt, also_end)) return &segment;
  return nullptr;
}

/// Where a word that jumps or branches goes to.
struct Jump {
  uint32_t target;
  bool is_always;  // not a branch on a condition
  bool is_call;
};

std::optional<Jump> jump_of(isa::Word word, uint32_t at) {
  const isa::InsnId id = isa::decode(word);
  if (id == isa::kReservedInsn) return std::nullopt;
  const std::string_view name = isa::kInsnInfo[id].name;
  switch (isa::kInsnInfo[id].form) {
    case isa::Form::kTarget:
      return Jump{isa::jump_target(word, at), true, name == "jal"};
    case isa::Form::kRsRtOffset:
      return Jump{isa::branch_target(word, at), name == "beq" && word.rs() == word.rt(), false};
    case isa::Form::kRsOffset:
      return Jump{isa::branch_target(word, at), name == "bgez" && word.rs() == 0,
                  name == "bgezal" || name == "bltzal"};
    case isa::Form::kOffset:
      return Jump{isa::branch_target(word, at), false, false};
    default:
      return std::nullopt;
  }
}

constexpr uint32_t kReturn = 0x03e00008;  // jr $ra

}  // namespace

bool fits_pattern(std::string_view name, std::string_view pattern) {
  size_t at = 0;
  size_t in = 0;
  size_t star = pattern.npos;  // the last one seen, and what it stands for so far
  size_t taken = 0;
  while (at < name.size()) {
    if (in < pattern.size() && pattern[in] == '*') {
      star = in++;
      taken = at;
    } else if (in < pattern.size() && (pattern[in] == '?' || pattern[in] == name[at])) {
      ++at;
      ++in;
    } else if (star != pattern.npos) {
      at = ++taken;
      in = star + 1;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', in) == pattern.npos;
}

CodeOfImage::CodeOfImage(const Image& image) : image_(image) {
  for (const Symbol& symbol : image.info.symbols) {
    const Segment* segment = segment_at(image, symbol.address, false);
    if (segment != nullptr && segment->executable)
      symbols_.push_back(code_symbol(image.info, symbol));
  }
}

Result<std::vector<const CodeSymbol*>> CodeOfImage::find(const std::string& wanted) const {
  const std::string name = demangle(wanted);
  std::array<std::vector<const CodeSymbol*>, 3> found;  // the fullest way of naming first
  std::vector<const CodeSymbol*> fitting;
  for (const CodeSymbol& symbol : symbols_) {
    const auto& [full, base, unscoped] = symbol.names;
    if (name == full && full != base)
      found[0].push_back(&symbol);
    else if (name == base)
      found[1].push_back(&symbol);
    else if (name == unscoped)
      found[2].push_back(&symbol);
    if (std::ranges::any_of(symbol.names, [&](const auto& n) { return fits_pattern(n, wanted); }))
      fitting.push_back(&symbol);
  }
  for (const auto& each : found)
    if (!each.empty()) return each;
  if (is_pattern(wanted) && !fitting.empty()) return fitting;
  return unknown(wanted, "function");
}

Error CodeOfImage::unknown(const std::string& wanted, const char* what) const {
  if (image_.info.symbols.empty())
    return {{}, fmt::format("{} has no symbols: it has been stripped", image_.name)};
  if (is_pattern(wanted))
    return {{}, fmt::format("no {} of {} fits \"{}\"", what, image_.name, wanted)};
  std::vector<std::string> known;
  for (const Symbol& symbol : image_.info.symbols)
    for (const std::string& name : function_names(symbol)) known.push_back(name);
  const auto nearest = nearest_name(wanted, known);
  return {{},
          fmt::format("no {} \"{}\" in {}{}", what, wanted, image_.name,
                      nearest ? fmt::format("; did you mean \"{}\"?", *nearest) : "")};
}

Result<uint32_t> CodeOfImage::symbol_address(const std::string& wanted) const {
  const std::string name = demangle(wanted);
  for (size_t way = 0; way < 3; ++way) {
    std::set<uint32_t> found;
    for (const Symbol& symbol : image_.info.symbols)
      if (function_names(symbol)[way] == name) found.insert(symbol.address);
    if (found.size() > 1)
      return Error{{},
                   fmt::format("{} symbols of {} are called \"{}\"; say which, with namespaces and "
                               "parameters",
                               found.size(), image_.name, wanted)};
    if (!found.empty()) return *found.begin();
  }
  return unknown(wanted, "symbol");
}

Result<uint32_t> CodeOfImage::address_of(const std::string& place, bool of_code,
                                         bool or_end) const {
  const size_t plus = place.rfind('+');
  const Result<uint64_t> offset = parse_number(plus == place.npos ? "" : place.substr(plus + 1));
  const auto base = symbol_address(offset ? place.substr(0, plus) : place);
  if (!base) return base.error();
  const uint64_t address = *base + (offset ? *offset : 0);
  const Segment* segment = nullptr;
  if (address % 4 == 0 && address <= UINT32_MAX)
    segment = segment_at(image_, static_cast<uint32_t>(address), or_end);
  if (segment == nullptr || (of_code && !segment->executable))
    return Error{{},
                 fmt::format("{} is {:#010x}, which is not the address of {} of {}", place, address,
                             of_code ? "an instruction" : "a word", image_.name)};
  return static_cast<uint32_t>(address);
}

std::optional<uint32_t> CodeOfImage::word_at(uint32_t virt) const {
  for (const Segment& segment : image_.segments) {
    const uint32_t offset = virt - segment.virt;
    if (virt < segment.virt || offset >= segment.file_size || segment.file_size - offset < 4)
      continue;
    uint32_t word = 0;
    std::memcpy(&word, &image_.file[segment.file_offset + offset], sizeof(word));
    return word;
  }
  return std::nullopt;
}

std::vector<const CodeSymbol*> CodeOfImage::parts_of(const CodeSymbol& function) const {
  std::vector<const CodeSymbol*> parts = {&function};
  for (const CodeSymbol& symbol : symbols_)
    if (symbol.is_cold && symbol.whole == function.whole) parts.push_back(&symbol);
  return parts;
}

Result<std::vector<uint32_t>> CodeOfImage::exits_of(const CodeSymbol& function) const {
  const auto parts = parts_of(function);
  const auto is_inside = [&](uint32_t virt) {
    return std::ranges::any_of(parts, [&](const CodeSymbol* part) {
      return virt - part->begin < part->end - part->begin;
    });
  };
  std::vector<uint32_t> exits;
  for (const CodeSymbol* part : parts) {
    for (uint32_t at = part->begin; at < part->end; at += 4) {
      const auto word = word_at(at);
      if (!word) break;
      const auto jump = jump_of({*word}, at);
      if (jump && !jump->is_call && jump->target == function.begin)
        return Error{
            {},
            fmt::format("{} jumps to its own entry, at {:#010x}: each round would begin the "
                        "operation; say where it begins and ends, as in {}+4",
                        function.names[1], at, function.names[1])};
      const bool leaves = jump && jump->is_always && !jump->is_call && !is_inside(jump->target);
      if (*word == kReturn || leaves) exits.push_back(at);
    }
  }
  if (exits.empty())
    return Error{{},
                 fmt::format("{} has no jr $ra and no jump to another function: say where it ends",
                             function.names[1])};
  return exits;
}

}  // namespace exosim
