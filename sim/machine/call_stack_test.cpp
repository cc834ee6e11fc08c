// The shadow call stack on real guest programs, against another way to find out who called whom:
// unwinding the guest's memory by its call frame information, at sampled moments. Exceptions,
// upcalls, ends of slices, protected transfers and ended environments are in these programs.
#include "sim/observe/profile/call_stack.hpp"

#include <gtest/gtest.h>

#include <charconv>
#include <filesystem>
#include <memory>
#include <ostream>
#include <span>
#include <string>
#include <vector>

#include "isa/machine/memory_map.h"
#include "sim/machine/config/load_config.hpp"
#include "sim/machine/loader/image.hpp"
#include "sim/machine/machine.hpp"
#include "sim/machine/testing/bare_program.hpp"
#include "sim/observe/ledger/ledger.hpp"
#include "sim/observe/profile/profile.hpp"

namespace exosim {
namespace {

constexpr uint64_t kStepsBetween = 37;

/// Whether control was on its way after the last step: then the two need not agree.
class Settled final : public Observer {
 public:
  void on_retired(Cycles /*begin*/, const StepCost& /*cost*/, const Retired& retired) override {
    is_settled_ = retired.fetched && !retired.exception.taken && !retired.branch_taken &&
                  !retired.in_delay_slot;
  }
  bool operator()() const { return is_settled_; }

 private:
  bool is_settled_ = false;
};

struct Unwound {
  std::vector<uint32_t> kernel;
  std::vector<uint32_t> user;
};
struct Active {
  std::vector<FunctionId> kernel;
  std::vector<FunctionId> user;
};

struct Program {
  std::string images;  // of the guest folder
  size_t samples;
  size_t least;  // frames that are to be compared
  friend void PrintTo(const Program& program, std::ostream* out) { *out << program.images; }
};

/// The kernel runs some of its code past the caches, in kseg1.
uint32_t as_linked(uint32_t address) {
  return address >= KSEG1_BASE && address < KSEG2_BASE ? address - KSEG1_BASE + KSEG0_BASE
                                                       : address;
}

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> words;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.size(), text.find(' ', begin));
    words.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

class CallStackOfGuest : public ::testing::TestWithParam<Program> {
 protected:
  void SetUp() override {
    const std::filesystem::path guest = EXOSIM_BINARY_DIR "/guest";
    const auto config = load_config(EXOSIM_SOURCE_DIR "/configs/r3000.yaml");
    ASSERT_TRUE(config) << config.error().text();
    machine_ = Machine::create(config->machine, terminal_).value();
    kernel_ = load_image(guest / "aegis.elf").value();
    for (const std::string& image : words(GetParam().images))
      images_.push_back(load_image(guest / image).value());
    ASSERT_TRUE(machine_->boot(kernel_, images_));
    ledger_ = Ledger::create(machine_->code_map()).value();
    profile_ = std::make_unique<Profile>(machine_->code_map(), *ledger_);
    machine_->add_observer(*ledger_);
    machine_->add_observer(*profile_);
    machine_->add_observer(settled_);
  }

  /// "#1  0x80002c64 in aegis::panic(char const*) (exokernel/panic.cpp:42)": the address. The
  /// innermost first; of the kernel, if it runs, and of the program that it was entered from.
  Unwound unwound() const {
    Unwound unwound;
    std::vector<uint32_t>* into = &unwound.kernel;
    for (const std::string& line : machine_->back_trace()) {
      const size_t digits = line.find("0x") + 2;
      uint32_t address = 0;
      if (!line.starts_with('#')) {
        into = line.ends_with("from user mode ---") ? &unwound.user : nullptr;
      } else if (into) {
        std::from_chars(line.data() + digits, line.data() + digits + 8, address, 16);
        if (unwound.kernel.empty() && address < KSEG0_BASE) into = &unwound.user;
        into->push_back(as_linked(address));
      }
    }
    return unwound;
  }

  /// The same of the shadow stack.
  Active active() const {
    Active active;
    const auto functions = profile_->stack().functions();
    for (auto each = functions.rbegin(); each != functions.rend(); ++each) {
      const bool is_kernel = profile_->sites().function(*each).image == "aegis.elf";
      (is_kernel ? active.kernel : active.user).push_back(*each);
    }
    return active;
  }

  bool has_call_frames(uint32_t address) const {
    const auto has = [address](const Image& image) {
      return image.info.frames && image.info.frames->find(address);
    };
    return has(kernel_) || std::ranges::any_of(images_, has);
  }

  /// The library OS begins a program by a jump, so that _start, which has set ra for an earlier
  /// call, is active for the unwinder only.
  bool is_start_of_program(FunctionId outermost) const {
    return profile_->sites().function(outermost).name == "exos_run_program";
  }

  /// As far as there is call frame information; beneath assembly nothing is certain. Counts what
  /// was compared.
  bool agree(std::span<const uint32_t> addresses, const std::vector<FunctionId>& functions) {
    for (size_t depth = 0; depth < addresses.size(); ++depth, ++compared_) {
      if (depth == functions.size())
        return depth != 0 && is_start_of_program(functions.back()) && depth + 1 == addresses.size();
      if (!profile_->sites().within(functions[depth], addresses[depth])) return false;
      if (!has_call_frames(addresses[depth])) return true;
    }
    return true;
  }

  bool agree() {
    const Unwound is = unwound();
    const Active has = active();
    if (!agree(is.kernel, has.kernel)) return false;
    if (agree(is.user, has.user)) return true;
    return !is.kernel.empty() && !is.user.empty() && agree_on_the_way(is.user, has.user);
  }

  /// The fetch of where control went to has failed: the shadow stack is still where it came from.
  bool agree_on_the_way(std::span<const uint32_t> addresses,
                        const std::vector<FunctionId>& functions) {
    if (functions.empty()) return true;  // nothing was executed yet in this address space
    if (profile_->sites().within(functions.front(), addresses.front())) return false;
    if (!has_call_frames(addresses.front())) addresses = addresses.first(1);
    const std::vector<FunctionId> beneath(functions.begin() + 1, functions.end());
    return agree(addresses.subspan(1), functions) || agree(addresses, beneath) ||
           agree(addresses.subspan(1), beneath);
  }

  std::string explained() const {
    std::string text = "unwound:\n";
    for (const std::string& line : machine_->back_trace()) text += "  " + line + '\n';
    text += "the stack, the innermost first:\n";
    const auto functions = profile_->stack().functions();
    for (auto each = functions.rbegin(); each != functions.rend(); ++each)
      text += "  " + profile_->sites().function(*each).name + '\n';
    return text;
  }

  exosim::testing::RecordingTerminal terminal_;
  Image kernel_;
  std::vector<Image> images_;
  std::unique_ptr<Machine> machine_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<Profile> profile_;
  Settled settled_;
  size_t compared_ = 0;
};

TEST_P(CallStackOfGuest, IsWhatTheGuestsMemorySays) {
  size_t samples = 0;
  size_t wrong = 0;
  while (samples < GetParam().samples && wrong < 3 && machine_->run_steps({}, kStepsBetween)) {
    if (!settled_()) continue;
    ++samples;
    if (agree()) continue;
    ++wrong;
    ADD_FAILURE() << "in cycle " << machine_->now().count << ": " << explained();
  }
  EXPECT_GE(compared_, GetParam().least);
}

INSTANTIATE_TEST_SUITE_P(
    Programs, CallStackOfGuest,
    ::testing::Values(Program{"hello.elf hello.elf", 20'000, 60'000},
                      Program{"primitives.elf primitives.elf", 20'000, 60'000},
                      Program{"tests/exokernel_exceptions.elf", 20'000, 25'000},
                      Program{"tests/exokernel_transfer.elf", 20'000, 60'000},
                      // 65 environments have 63 address space identifiers between them.
                      Program{"tests/exokernel_environment_end.elf", 90'000, 300'000},
                      Program{"tests/exokernel_environments.elf", 20'000, 40'000},
                      Program{"tests/exokernel_slices.elf", 20'000, 25'000},
                      Program{"tests/exokernel_events.elf", 20'000, 50'000},
                      Program{"tests/libos_unaligned.elf", 20'000, 25'000},
                      Program{"tests/libos_virtual_memory.elf", 20'000, 60'000}),
    [](const auto& program) {
      std::string name = words(program.param.images).front();
      for (char& c : name)
        if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
      return name;
    });

}  // namespace
}  // namespace exosim
