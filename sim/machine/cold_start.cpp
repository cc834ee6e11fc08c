// See cold_start.hpp.
#include "sim/machine/cold_start.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"
#include "isa/machine/memory_map.h"
#include "sim/base/nearest.hpp"
#include "sim/machine/diagnosis/guest_view.hpp"

namespace exosim {
namespace {

/// The space of kernel addresses: no ASID has this number.
constexpr unsigned kKernelSpace = 64;

// Instructions that never complete, because their program has ended, must not fill the memory.
constexpr size_t kMaxPutOff = 64;

unsigned space_of(VirtAddr address, unsigned asid) {
  return address.value < KSEG0_BASE ? asid : kKernelSpace;
}

bool is_tlb_miss(const ExceptionTaken& exception) {
  return exception.taken && (exception.code == EXC_TLBL || exception.code == EXC_TLBS);
}

bool is_interrupt_before(const Retired& retired) {
  return retired.exception.taken && retired.exception.code == EXC_INT && !retired.fetched;
}

/// Calls `use` with each BEGIN and the range of code that it lies in.
template <class Use>
void for_each_begin(const CodeMap& code, Use use) {
  for (const auto& [phys, range] : code.ranges())
    for (const Marker& marker : range.image->markers)
      if (marker.begins_operation() && marker.address - range.virt < range.size) use(range, marker);
}

// As a kernel makes entries unmatchable: pages of kseg0, which no translation asks for, each
// another one.
void empty_random_entries(Tlb& tlb) {
  for (uint32_t index = RANDOM_LOW; index < TLB_ENTRIES; ++index)
    tlb.write(index, {.hi = KSEG0_BASE + (index << PAGE_SHIFT), .lo = 0});
}

/// Of names with commas between them the first: the longest that is known, as a name may have a
/// comma itself. If none is, what stands before the first comma.
std::string first_name(std::string_view text, const std::set<std::string>& known) {
  std::string found(text.substr(0, text.find(',')));
  for (const std::string& name : known) {
    if (!text.starts_with(name) || name.size() <= found.size()) continue;
    if (name.size() == text.size() || text[name.size()] == ',') found = name;
  }
  return found;
}

Error unknown_operation(const std::string& name, const std::set<std::string>& known) {
  if (name.empty()) return Error{"--cold", "expected the name of an operation, got none"};
  const std::vector<std::string> names(known.begin(), known.end());
  const auto nearest = nearest_name(name, names);
  return Error{"--cold",
               fmt::format("no operation \"{}\" in the images{}{}", name,
                           nearest ? fmt::format("; did you mean \"{}\"?", *nearest) : "",
                           names.empty() ? ", which declare none"
                                         : fmt::format(" (one of: {})", fmt::join(names, ", ")))};
}

}  // namespace

void ColdStart::add_marked(const CodeMap& code) {
  for_each_begin(code, [this](const CodeRange& range, const Marker& marker) {
    if (marker.kind == Marker::Kind::kOpBeginCold) add_site(range, marker);
  });
}

Result<std::monostate> ColdStart::add(const CodeMap& code, std::string_view operations) {
  std::set<std::string> known;
  for_each_begin(code, [&](const CodeRange&, const Marker& marker) { known.insert(marker.name); });
  for (size_t from = 0; from <= operations.size();) {
    const std::string name = first_name(operations.substr(from), known);
    if (!known.contains(name)) return unknown_operation(name, known);
    add_named(code, name);
    from += name.size() + 1;
  }
  return std::monostate{};
}

void ColdStart::add_named(const CodeMap& code, const std::string& operation) {
  for_each_begin(code, [&](const CodeRange& range, const Marker& marker) {
    if (marker.name == operation) add_site(range, marker);
  });
}

void ColdStart::add_site(const CodeRange& range, const Marker& marker) {
  sites_.emplace(marker.address, range.phys + (marker.address - range.virt));
  filter_.set(filter_bit(marker.address));
}

std::optional<PhysAddr> ColdStart::prepare(Cpu& cpu, const Bus& bus) {
  const CpuState& state = std::as_const(cpu).state();
  at_site_.reset();
  if (!filter_.test(filter_bit(state.pc.value))) return std::nullopt;
  at_site_ = site_at(cpu, bus);
  const unsigned asid = state.cp0.asid();
  if (!at_site_ || !may_begin(*at_site_, asid)) return std::nullopt;
  for (PutOff& waiting : put_off_)
    if (waiting.space == asid || waiting.space == kKernelSpace)
      waiting.begun.insert(at_site_->value);
  cpu.instruction_cache().invalidate_all();
  cpu.data_cache().invalidate_all();
  empty_random_entries(cpu.state().tlb);
  return at_site_;
}

/// Several programs may have code at one virtual address; what is not mapped is nobody's.
std::optional<PhysAddr> ColdStart::site_at(const Cpu& cpu, const Bus& bus) const {
  const VirtAddr pc = cpu.state().pc;
  const auto site = sites_.lower_bound({pc.value, 0});
  if (site == sites_.end() || site->first != pc.value) return std::nullopt;
  const auto phys = GuestView(cpu, bus).physical(pc);
  if (!phys || !sites_.contains({pc.value, phys->value})) return std::nullopt;
  return phys;
}

bool ColdStart::may_begin(PhysAddr site, unsigned asid) const {
  return std::ranges::none_of(put_off_, [&](const PutOff& waiting) {
    return (waiting.space == asid || waiting.space == kKernelSpace) &&
           waiting.begun.contains(site.value);
  });
}

// An interrupt before the instruction lets it begin cold once more: its handler, and whoever runs
// next, have filled the caches.
void ColdStart::finish(const Retired& retired) {
  if (is_tlb_miss(retired.exception)) return put_off(retired);
  if (put_off_.empty()) return;
  if (!retired.counts_as_instruction() && !(at_site_ && is_interrupt_before(retired))) return;
  const unsigned space = space_of(retired.pc, retired.asid);
  std::erase_if(put_off_, [&](const PutOff& waiting) {
    return waiting.pc == retired.pc && waiting.space == space;
  });
}

// Branch and delay slot are tried again together: they wait as one, until the slot has completed.
void ColdStart::put_off(const Retired& retired) {
  const VirtAddr restart = retired.exception.epc;
  const unsigned space = space_of(retired.pc, retired.asid);
  auto waiting = std::ranges::find_if(put_off_, [&](const PutOff& other) {
    return other.restart == restart && other.space == space;
  });
  if (waiting == put_off_.end()) {
    if (put_off_.size() == kMaxPutOff) put_off_.erase(put_off_.begin());
    waiting = put_off_.insert(put_off_.end(),
                              {.restart = restart, .pc = retired.pc, .space = space, .begun = {}});
  }
  waiting->pc = std::max(waiting->pc, retired.pc);
  if (at_site_) waiting->begun.insert(at_site_->value);
}

}  // namespace exosim
