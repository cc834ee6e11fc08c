// The console: characters to and from the Terminal, and the registers that end the run.
// Registers in isa/devices/console.h; DATA and HALT behave as GXemul's testmips console does.
#include "isa/devices/console.h"

#include <fmt/format.h>

#include "sim/bus/device.hpp"

namespace exosim {

namespace {

constexpr uint32_t kEachByte = 0x01010101;

class Console final : public Device {
 public:
  explicit Console(const DeviceContext& context) : terminal_(context.terminal), run_(context.run) {}

  RegisterBank& registers() override { return bank_; }
  const RegisterBank& registers() const override { return bank_; }

 private:
  void put(uint32_t bytes) {
    for (; bytes != 0; bytes >>= 8) {
      if (const uint8_t character = bytes & 0xff) terminal_.put(character);
    }
  }
  uint32_t get() { return terminal_.get().value_or(0) * kEachByte; }
  void halt() { run_.stop(ExitReason::kExit, 0); }
  void panic(uint32_t reason) {
    run_.stop(ExitReason::kGuestPanic, reason, fmt::format("reason {:#x}", reason));
  }

  Terminal& terminal_;
  RunControl& run_;
  RegisterBank bank_{
      {{.offset = CONSOLE_DATA,
        .name = "DATA",
        .doc = "write: print each byte that is not 0, the lowest first; read: the next input byte, "
               "in every byte of the access, or 0 if there is none",
        .read = [this] { return get(); },
        .write = [this](uint32_t value) { put(value); },
        .peek = [] { return 0u; }},
       {.offset = CONSOLE_HALT,
        .name = "HALT",
        .doc = "any access: power off, exit status 0",
        .read = [this] { return halt(), 0u; },
        .write = [this](uint32_t) { halt(); },
        .peek = [] { return 0u; }},
       {.offset = CONSOLE_EXIT,
        .name = "EXIT",
        .doc = "write: end the run with this exit status",
        .write = [this](uint32_t value) { run_.stop(ExitReason::kExit, value); }},
       {.offset = CONSOLE_PANIC,
        .name = "PANIC",
        .doc = "write: end the run as a guest panic; the word is the guest's reason",
        .write = [this](uint32_t value) { panic(value); }}},
      /*byte_access=*/true};
};

const Registry<DeviceType>::Registration kConsole{
    "console",
    {.id = CONSOLE_ID,
     .summary = "character input and output, and the end of the run",
     .size = CONSOLE_SIZE,
     .has_interrupt = false,
     .params = {},
     .create = make_device<Console>}};

}  // namespace

}  // namespace exosim
