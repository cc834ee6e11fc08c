// The steps of a kernel. Some registers have roles: t0 and t1 are addresses of user code's data,
// t3 and t4 the largest and the smallest number, t5 where to go, v0 and v1 take results.
#include "sim/machine/differential/privileged/privileged_steps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "isa/machine/cp0.h"
#include "isa/machine/memory_map.h"
#include "sim/machine/differential/privileged/privileged_runtime.hpp"

namespace exosim::differential {
namespace {

constexpr size_t kStepsBetweenDumps = 50;
constexpr std::array<uint32_t, 4> kAsids = {0, 1, 2, 63};
// Neighbours across the whole of kuseg, so that bits of the page number are told apart.
constexpr std::array<uint32_t, 3> kUserDataPages = {0x1000, 0x40000, 0x7fff0};
constexpr uint32_t kKernelDataPages = 0xc0000;
constexpr uint32_t kUserCodePages = 0x400;
constexpr uint32_t kKernelCodePages = 0xf0000;
constexpr uint32_t kWindow = 64;  // bytes behind an address that accesses use

}  // namespace

PrivilegedSteps::PrivilegedSteps(uint64_t seed) : random_(seed) {
  std::array<uint32_t, TLB_ENTRIES> indices{};
  std::iota(indices.begin(), indices.end(), 0u);
  // std::shuffle is not the same in every library.
  for (uint32_t i = 0; i < data_.size() + code_.size(); ++i)
    std::swap(indices[i], indices[i + below(TLB_ENTRIES - i)]);
  for (uint32_t i = 0; i < data_.size(); ++i)
    data_[i] = {.index = indices[i],
                .pages = {pick(kUserDataPages) + i, kKernelDataPages + below(8) * 0x1000 + i}};
  for (uint32_t i = 0; i < code_.size(); ++i)
    code_[i] = {.index = indices[data_.size() + i],
                .pages = {kUserCodePages + i, kKernelCodePages + i}};
}

std::string PrivilegedSteps::steps(size_t count) {
  text_.clear();
  for (next_ = 0; next_ < count; ++next_) {
    const std::string label = next_label();
    add(fmt::format("lui s7,%hi({0}); addiu s7,s7,%lo({0})", label));
    step();
    text_ += label + ":\n";
    set("a0", static_cast<uint32_t>(next_));
    add("jal report; nop");
    if (next_ % kStepsBetweenDumps == kStepsBetweenDumps - 1) add("jal dump; nop");
  }
  add("lui t0,0xb000; sb zero,0x10(t0)");  // power off
  add("end: j end; nop");
  return std::move(text_);
}

void PrivilegedSteps::step() {
  using Step = void (PrivilegedSteps::*)();
  using P = PrivilegedSteps;
  // As often as it stands here.
  static constexpr std::array<Step, 21> kSteps = {
      &P::write_data_entry,    &P::write_data_entry,    &P::write_data_entry,
      &P::write_code_entry,    &P::write_code_entry,    &P::probe,
      &P::read_entry,          &P::access_memory,       &P::access_memory,
      &P::access_memory,       &P::access_memory,       &P::raise_trap,
      &P::fault_in_delay_slot, &P::fault_in_delay_slot, &P::move_to_registers,
      &P::enter_user_mode,     &P::enter_user_mode,     &P::enter_user_mode,
      &P::enter_user_mode,     &P::leave_exception,     &P::jump_to_mapped_code};
  (this->*pick(kSteps))();
}

void PrivilegedSteps::write_data_entry() {
  const uint32_t frame = below(kAllFrames);
  const uint32_t uncached = frame < kCachedFrames ? 0 : ENTRYLO_N;
  write_entry(pick(data_), (kFrames + frame * PAGE_SIZE) | uncached);
}

void PrivilegedSteps::write_code_entry() {
  const uint32_t frame = kUserCode + below(kUserPages) * PAGE_SIZE;
  write_entry(pick(code_), frame | (one_in(2) ? ENTRYLO_N : 0));
}

void PrivilegedSteps::write_entry(const Entry& entry, uint32_t lo) {
  set("t7", entry.index << INDEX_SHIFT);
  add("mtc0 t7,c0_index");
  set_entry_hi(entry_hi(entry));
  const uint32_t bits = (one_in(2) ? ENTRYLO_D : 0) | (one_in(5) ? 0 : ENTRYLO_V) |
                        (one_in(2) ? ENTRYLO_G : 0) | below(0x100);
  set("t7", lo | bits);
  add("mtc0 t7,c0_entrylo; nop; tlbwi; nop; nop");
}

void PrivilegedSteps::probe() {
  set_entry_hi(entry_hi(one_in(4) ? pick(code_) : pick(data_)));
  add("nop; tlbp; nop; nop; mfc0 v0,c0_index; nop");
  add(fmt::format("bgez v0,{}; nop; lui v0,0x8000; mtc0 zero,c0_index", next_label()));
}

void PrivilegedSteps::read_entry() {
  const uint32_t index = one_in(4) ? below(TLB_ENTRIES) : pick(data_).index;
  set("t7", index << INDEX_SHIFT);
  add("mtc0 t7,c0_index; nop; tlbr; nop; mfc0 v0,c0_entryhi; mfc0 v1,c0_entrylo; nop");
}

void PrivilegedSteps::access_memory() {
  set("t0", data_address());
  add(access("t0") + "; nop");
}

void PrivilegedSteps::raise_trap() {
  set_operands();
  set_status(status());
  add(trap() + "; nop");
}

void PrivilegedSteps::fault_in_delay_slot() {
  static constexpr std::array<std::string_view, 10> kBranches = {"beq zero,zero,{}",
                                                                 "bne zero,zero,{}",
                                                                 "bgez t4,{}",
                                                                 "bltz t4,{}",
                                                                 "bgtz t3,{}",
                                                                 "blez t3,{}",
                                                                 "j {}",
                                                                 "jal {}",
                                                                 "jr s7",
                                                                 "jalr t5,s7"};
  set("t0", data_address());
  set_operands();
  set_status(status());
  const std::string branch = fmt::format(fmt::runtime(pick(kBranches)), next_label());
  add(branch + "; " + (one_in(2) ? trap() : access("t0")) + "; nop");
}

void PrivilegedSteps::move_to_registers() {
  // Context.1:0 stay 0: see privileged_image.hpp.
  set("t2", random_.word() & ~3u);
  add("mtc0 t2,c0_context");
  set("t2", random_.word() & INDEX_MASK);
  add("mtc0 t2,c0_index");
  set("t2", random_.word());
  add("mtc0 t2,c0_entrylo");
  set_entry_hi(random_.word());
  set("t2", random_.word());
  add("mtc0 t2,c0_cause; nop; mfc0 v0,c0_cause");
  set("t2", CAUSE_BD | CAUSE_CE_MASK | CAUSE_IP_MASK | CAUSE_EXCCODE_MASK);
  add("and v0,v0,t2; mtc0 zero,c0_cause");
  set_status(status() | below(16) << 28);
  add("mfc0 v1,c0_sr; nop");
  set("t2", 0xf0000000 | STATUS_IM_MASK | STATUS_KUIE_MASK);
  add("and v1,v1,t2");
}

void PrivilegedSteps::leave_exception() {
  set_status(status() | below(4) << 30);
  add("rfe; nop; mfc0 v0,c0_sr; nop; andi v0,v0,15");
}

void PrivilegedSteps::enter_user_mode() {
  set("t0", data_address() & ~KSEG0_BASE);
  set("t1", data_address() & ~KSEG0_BASE);
  set_operands();
  set("t5", code_address(true));
  set_status(status() | STATUS_KUP);
  add("jr t5; rfe");
}

void PrivilegedSteps::jump_to_mapped_code() {
  set("t0", data_address());
  set("t1", data_address());
  set_operands();
  set("t5", code_address(false));
  add("jr t5; nop");
}

void PrivilegedSteps::add(std::string_view text) {
  text_ += text;
  text_ += '\n';
}

void PrivilegedSteps::set(std::string_view reg, uint32_t value) {
  add(fmt::format("lui {0},{1:#x}; ori {0},{0},{2:#x}", reg, value >> 16, value & 0xffff));
}

void PrivilegedSteps::set_entry_hi(uint32_t value) {
  set("t8", value);
  add(fmt::format("mtc0 t8,c0_entryhi; sw t8,{}(gp)", kEntryHiField));
}

void PrivilegedSteps::set_status(uint32_t value) {
  set("t2", value);
  add("mtc0 t2,c0_sr; nop; nop; nop; nop");
}

void PrivilegedSteps::set_operands() {
  set("t3", 0x7fffffff);
  set("t4", 0x80000000);
}

/// lwl and its kind have aligned addresses: see privileged_image.hpp.
std::string PrivilegedSteps::access(std::string_view base) {
  struct Kind {
    std::string_view name;
    uint32_t aligned;  // bits of the offset that are 0
    bool can_be_odd;
  };
  static constexpr std::array<Kind, 14> kKinds = {{{"lw", 3, true},
                                                   {"lw", 3, true},
                                                   {"sw", 3, true},
                                                   {"sw", 3, true},
                                                   {"lh", 1, true},
                                                   {"lhu", 1, true},
                                                   {"sh", 1, true},
                                                   {"lb", 0, true},
                                                   {"lbu", 0, true},
                                                   {"sb", 0, true},
                                                   {"lwl", 3, false},
                                                   {"lwr", 3, false},
                                                   {"swl", 3, false},
                                                   {"swr", 3, false}}};
  const Kind& kind = pick(kKinds);
  const bool odd = kind.can_be_odd && one_in(10);
  const uint32_t offset = below(kWindow) & ~(odd ? 0 : kind.aligned);
  return fmt::format("{} v{},{}({})", kind.name, below(2), offset, base);
}

/// An exception whatever the mode; the moves of coprocessors only if Status.CU has it so.
std::string PrivilegedSteps::trap() {
  static constexpr std::array<std::string_view, 9> kTraps = {
      "syscall",          "break",      "add v0,t3,t3", "add v0,t4,t4", "sub v0,t4,t3",
      ".word 0x7c03e83b",  // rdhwr of later architectures: reserved
      "mtc1 v0,$f2",      "mtc2 v0,$0", "mtc3 v0,$0"};
  return std::string(pick(kTraps));
}

std::string PrivilegedSteps::next_label() const { return fmt::format("n{}", next_); }

/// Kernel mode; coprocessors 2 and 3 unusable, and no software interrupt enabled.
uint32_t PrivilegedSteps::status() {
  return below(4) << 28 | below(64) << (STATUS_IM_SHIFT + 2) | below(4) << 4 |
         (one_in(2) ? STATUS_IEP : 0) | (one_in(2) ? STATUS_IEC : 0);
}

uint32_t PrivilegedSteps::entry_hi(const Entry& entry) {
  return pick(entry.pages) << PAGE_SHIFT | pick(kAsids) << ENTRYHI_ASID_SHIFT;
}

uint32_t PrivilegedSteps::data_address() {
  const uint32_t page = pick(pick(data_).pages);
  return page << PAGE_SHIFT | below((PAGE_SIZE - kWindow) / kWindow) * kWindow;
}

/// The begin of a routine, or the branch that ends a page.
uint32_t PrivilegedSteps::code_address(bool user) {
  const Entry& entry = pick(code_);
  const uint32_t page = user ? entry.pages[0] : pick(entry.pages);
  const uint32_t offset = one_in(5) ? PAGE_SIZE - 4 : below(kRoutinesOfPage) * kRoutineWords * 4;
  return page << PAGE_SHIFT | offset;
}

}  // namespace exosim::differential
