// The distances. MIPS documents them in instructions; what is given here is what shipped kernels
// and tests on hardware show (sources beside each number).
#include "sim/machine/diagnosis/hazards.hpp"

#include <fmt/format.h>

#include "isa/dependences.hpp"
#include "isa/insn_info.hpp"
#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"
#include "isa/machine/memory_map.h"

namespace exosim {
namespace {

// NetBSD locore_mips1.S and Linux tlbex.c: mtc0 EntryLo; mfc0 EPC; tlbwr.
constexpr uint64_t kBeforeTlbOperation = 1;
// Linux tlbex.c, R3000 refill: tlbwr; jr k0; rfe. Nothing shipped does with less.
constexpr uint64_t kBeforeMappedFetch = 2;
// Kane, MIPS RISC Architecture, from memory: one instruction before a data access.
constexpr uint64_t kBeforeMappedAccess = 1;
// NetBSD's COP0_HAZARD_FPUENABLE has four nops; psx-spx finds two cycles for coprocessor 2.
constexpr uint64_t kBeforeCoprocessor = 2;
// Kane, from memory: two or three before a load or store that is to be isolated or swapped.
constexpr uint64_t kBeforeCachedAccess = 2;
// GCC 3000.md (hilo issue delay) and the manuals: two between mfhi, mflo and what writes HI or LO.
constexpr uint64_t kBeforeHiLoWrite = 2;

constexpr uint32_t bit(unsigned cop0_register) { return 1u << cop0_register; }

bool is_mapped(VirtAddr address) {
  return address.value < KSEG0_BASE || address.value >= KSEG2_BASE;
}

bool is_tlb_exception(const ExceptionTaken& exception) {
  return exception.taken &&
         (exception.code == EXC_TLBL || exception.code == EXC_TLBS || exception.code == EXC_MOD);
}

/// True iff the step fetched from a mapped address, or tried to: the record of a fetch that faults
/// has the exception only.
bool has_mapped_fetch(const Retired& retired) {
  const ExceptionTaken& exception = retired.exception;
  const bool translated = retired.fetched || is_tlb_exception(exception) ||
                          (exception.taken && exception.code == EXC_IBE);
  return translated && is_mapped(retired.pc);
}

/// The same of a load or store.
bool has_mapped_access(const Retired& retired) {
  if (retired.data.kind != DataAccess::Kind::kNone) return is_mapped(retired.data.virt);
  return retired.fetched && is_tlb_exception(retired.exception) &&
         is_mapped(retired.exception.bad_address);
}

bool is_tlb_operation(const isa::Dependences& touched) {
  return (touched.reads_cop0 & (bit(CP0_ENTRYHI) | bit(CP0_INDEX))) != 0 && touched.writes == 0;
}

bool writes_tlb(const isa::Dependences& touched) {
  return is_tlb_operation(touched) && (touched.reads_cop0 & bit(CP0_ENTRYLO)) != 0 &&
         touched.writes_cop0 == 0;
}

bool is_mtc0(const isa::Dependences& touched) {
  return touched.writes_cop0 != 0 && touched.reads_cop0 == 0;
}

std::string name_of(const Retired& retired) {
  if (!retired.fetched) return "a fetch";
  return retired.insn == isa::kReservedInsn ? "a reserved instruction"
                                            : isa::kInsnInfo[retired.insn].name;
}

}  // namespace

std::optional<Hazard> HazardChecker::look(const Retired& retired, const Cp0& after) {
  ++now_;
  if (!before_) before_ = after;
  std::optional<Hazard> found = check(retired);
  if (!found && retired.fetched && !retired.exception.taken) found = check_mode(retired, after);
  if (retired.exception.taken)
    now_ += kLongAgo;  // the pipeline is empty
  else
    note(retired, after);
  before_ = after;
  return found;
}

std::optional<Hazard> HazardChecker::too_close(Step producer, uint64_t required, const char* name,
                                               const Retired& retired) const {
  const uint64_t between = now_ - producer - 1;
  if (between >= required) return std::nullopt;
  return Hazard{fmt::format("{} {} instruction{} after {}; {} must stand between", name_of(retired),
                            between, between == 1 ? "" : "s", name, required)};
}

std::optional<Hazard> HazardChecker::check(const Retired& retired) const {
  if (auto found = check_tlb_operation(retired)) return found;
  if (auto found = check_translation(retired)) return found;
  if (auto found = check_cache_control(retired)) return found;
  if (auto found = check_coprocessors(retired)) return found;
  return check_hi_lo(retired);
}

std::optional<Hazard> HazardChecker::check_tlb_operation(const Retired& retired) const {
  const isa::Dependences touched = isa::dependences(retired.word);
  if (!is_tlb_operation(touched)) return std::nullopt;
  constexpr struct {
    unsigned reg;
    const char* name;
  } kRegisters[] = {{CP0_ENTRYHI, "mtc0 to EntryHi"},
                    {CP0_ENTRYLO, "mtc0 to EntryLo"},
                    {CP0_INDEX, "mtc0 to Index"}};
  for (const auto& [reg, name] : kRegisters) {
    if (!(touched.reads_cop0 & bit(reg))) continue;
    if (auto found = too_close(cop0_written_[reg], kBeforeTlbOperation, name, retired))
      return found;
  }
  return std::nullopt;
}

std::optional<Hazard> HazardChecker::check_translation(const Retired& retired) const {
  std::optional<Hazard> found;
  if (has_mapped_fetch(retired)) found = check_mapped(kBeforeMappedFetch, retired);
  if (!found && has_mapped_access(retired)) found = check_mapped(kBeforeMappedAccess, retired);
  return found;
}

std::optional<Hazard> HazardChecker::check_mapped(uint64_t required, const Retired& retired) const {
  if (auto found = too_close(tlb_written_, required, "a write of the TLB", retired)) return found;
  const char* const asid =
      asid_read_from_tlb_ ? "tlbr that changed EntryHi's ASID" : "mtc0 that changed EntryHi's ASID";
  return too_close(asid_changed_, required, asid, retired);
}

std::optional<Hazard> HazardChecker::check_cache_control(const Retired& retired) const {
  if (retired.data.kind == DataAccess::Kind::kNone || !retired.data.cached) return std::nullopt;
  return too_close(cache_control_changed_, kBeforeCachedAccess,
                   "mtc0 that changed Status.IsC or SwC", retired);
}

std::optional<Hazard> HazardChecker::check_coprocessors(const Retired& retired) const {
  const isa::Dependences touched = isa::dependences(retired.word);
  for (unsigned z = retired.user_mode ? 0 : 1; z < usable_changed_.size(); ++z) {
    if (!(touched.coprocessors & (1u << z))) continue;
    if (auto found = too_close(usable_changed_[z], kBeforeCoprocessor,
                               "mtc0 that changed Status.CU", retired))
      return found;
  }
  return std::nullopt;
}

std::optional<Hazard> HazardChecker::check_hi_lo(const Retired& retired) const {
  const isa::Dependences touched = isa::dependences(retired.word);
  if (!touched.writes_hi && !touched.writes_lo) return std::nullopt;
  return too_close(hi_lo_read_, kBeforeHiLoWrite, "mfhi or mflo", retired);
}

// When the fetch sees the new mode is not documented: kernels use rfe (Linux, NetBSD).
std::optional<Hazard> HazardChecker::check_mode(const Retired& retired, const Cp0& after) const {
  const bool changed = ((after.status ^ before_->status) & STATUS_KUC) != 0;
  if (!changed || !is_mtc0(isa::dependences(retired.word))) return std::nullopt;
  return Hazard{"mtc0 changes Status.KUc; only rfe changes the mode at a known instruction"};
}

void HazardChecker::note(const Retired& retired, const Cp0& after) {
  const isa::Dependences touched = isa::dependences(retired.word);
  if (touched.reads_hi || touched.reads_lo) hi_lo_read_ = now_;
  if (writes_tlb(touched)) tlb_written_ = now_;
  if (after.asid() != before_->asid()) {
    asid_changed_ = now_;
    asid_read_from_tlb_ = !is_mtc0(touched);
  }
  if (!is_mtc0(touched)) return;
  for (unsigned reg = 0; reg < cop0_written_.size(); ++reg)
    if (touched.writes_cop0 & bit(reg)) cop0_written_[reg] = now_;
  const uint32_t changed = after.status ^ before_->status;
  if (changed & (STATUS_ISC | STATUS_SWC)) cache_control_changed_ = now_;
  for (unsigned z = 0; z < usable_changed_.size(); ++z)
    if (changed & (uint32_t{STATUS_CU0} << z)) usable_changed_[z] = now_;
}

}  // namespace exosim
