// Default parameters of a registered type, and the documentation made of it.
#include "sim/bus/device_params.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/bus/device_docs.hpp"

namespace exosim {
namespace {

using ::testing::HasSubstr;

class Lamp final : public Device {
 public:
  RegisterBank& registers() override { return bank_; }
  const RegisterBank& registers() const override { return bank_; }

 private:
  uint32_t level_ = 0;
  RegisterBank bank_{{.offset = 4,
                      .name = "LEVEL",
                      .doc = "brightness",
                      .read = [this] { return level_; },
                      .write = [this](uint32_t value) { level_ = value; }},
                     {.offset = 0, .name = "OFF", .doc = "dark", .write = [](uint32_t) {}}};
};

const DeviceType kLampType{.id = 0x4c414d50,
                           .summary = "a lamp",
                           .size = 8,
                           .has_interrupt = true,
                           .params = {{"count", ParamUnit::kNumber, "3", "how many"},
                                      {"size", ParamUnit::kBytes, "4KiB", "how big"},
                                      {"blink", ParamUnit::kHertz, "10Hz", "how often", 1, 1000},
                                      {"delay", ParamUnit::kTime, "2us", "how late"},
                                      {"label", ParamUnit::kText, "desk", "what it says"},
                                      {"lit", ParamUnit::kFlag, "true", "whether"}},
                           .create = [](const DeviceContext&) -> Result<std::unique_ptr<Device>> {
                             return std::unique_ptr<Device>(std::make_unique<Lamp>());
                           }};

const Registry<DeviceType>::Registration kLamp{"lamp", kLampType};

TEST(DeviceParams, ResolveToBaseUnits) {
  const DeviceParams params = default_params(kLampType);
  EXPECT_EQ(params.number("count"), 3u);
  EXPECT_EQ(params.number("size"), 4096u);
  EXPECT_EQ(params.number("blink"), 10u);
  EXPECT_EQ(params.number("delay"), 2'000'000u);
  EXPECT_EQ(params.text("label"), "desk");
  EXPECT_EQ(params.number("lit"), 1u);
}

TEST(DeviceDocs, ListRegistersAndParameters) {
  EXPECT_EQ(device_docs_text(),
            "lamp: a lamp\n"
            "  id 0x4c414d50, 0x8 bytes, one interrupt line\n"
            "  registers:\n"
            "    0x00  w   OFF           dark\n"
            "    0x04  rw  LEVEL         brightness\n"
            "  parameters:\n"
            "    count: how many (default 3)\n"
            "    size: how big (default 4KiB)\n"
            "    blink: how often (default 10Hz)\n"
            "    delay: how late (default 2us)\n"
            "    label: what it says (default desk)\n"
            "    lit: whether (default true)\n");
}

TEST(DeviceDocs, SayTheSameInMarkdown) {
  const std::string markdown = device_docs_markdown();
  EXPECT_THAT(markdown, HasSubstr("### `lamp`: a lamp\n\nid 0x4c414d50, 0x8 bytes, one interrupt"));
  EXPECT_THAT(markdown, HasSubstr("| 0x04 | `LEVEL` | rw | brightness |\n"));
  EXPECT_THAT(markdown, HasSubstr("| `size` | 4KiB | how big |\n"));
}

}  // namespace
}  // namespace exosim
