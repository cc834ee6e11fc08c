// Boot placement: memory, PROM and registers as isa/machine/boot.h and memory_map.h say.
#include "sim/machine/loader/place.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "isa/machine/boot.h"
#include "isa/machine/memory_map.h"
#include "sim/machine/loader/testing/elf_builder.hpp"

namespace exosim {
namespace {

using testing::application_sample;
using testing::bare_sample;
using testing::Blob;
using testing::Bytes;
using ::testing::HasSubstr;
using testing::kDataMemory;
using testing::kDataOffset;
using testing::kDataSize;
using testing::kTextOffset;
using testing::kTextSize;
using testing::patch;
using testing::Sample;

constexpr uint32_t kMiB = 1 << 20;
constexpr size_t kFirstPhdr = sizeof(Elf32_Ehdr);

Image named(const Sample& sample, const std::string& name) {
  auto image = parse_image(sample.build(), name);
  EXPECT_TRUE(image) << image.error().text();
  return std::move(*image);
}

class BootPlacement : public ::testing::Test {
 protected:
  Result<BootPlan> plan(uint32_t ram_bytes = kMiB) const {
    return plan_boot({.kernel = kernel_,
                      .modules = modules_,
                      .ram_bytes = ram_bytes,
                      .cpu_hz = 25'000'000,
                      .seed = {11, 12, 13, 14},
                      .directory = directory_,
                      .arguments = arguments_});
  }
  std::string refusal(uint32_t ram_bytes = kMiB) const {
    const auto planned = plan(ram_bytes);
    return planned ? "" : planned.error().text();
  }
  static uint32_t word(const BootPlan& plan, uint32_t phys) {
    uint32_t value = 0;
    std::memcpy(&value, &plan.prom.at(phys - PROM_BASE), 4);
    return value;
  }
  static std::string text(const BootPlan& plan, uint32_t phys) {
    return reinterpret_cast<const char*>(&plan.prom.at(phys - PROM_BASE));
  }

  Image kernel_ = named(bare_sample(), "aegis.elf");
  std::vector<Image> modules_;
  std::string arguments_;
  Bytes directory_ = Blob().put(0x52494445u).put(1u).bytes();
};

TEST_F(BootPlacement, KernelSegmentsGoWhereTheyAreLinked) {
  const auto planned = plan();
  ASSERT_TRUE(planned) << planned.error().text();
  ASSERT_EQ(planned->placements.size(), 2u);
  EXPECT_EQ(planned->placements[0].phys, PhysAddr{kTextOffset});
  EXPECT_EQ(planned->placements[0].bytes.size(), kTextSize);
  EXPECT_EQ(planned->placements[0].zero_bytes, 0u);
  EXPECT_EQ(planned->placements[1].phys, PhysAddr{0x1000 + kDataOffset});
  EXPECT_EQ(planned->placements[1].bytes.size(), kDataSize);
  EXPECT_EQ(planned->placements[1].zero_bytes, kDataMemory - kDataSize);
  EXPECT_EQ(planned->entry, VirtAddr{0x80000100});
  EXPECT_EQ(planned->stack_pointer, VirtAddr{0x80100000});
}

TEST_F(BootPlacement, ModulesAreWholeFilesAtPageBoundariesAfterTheKernel) {
  modules_ = {named(application_sample(), "a.elf"), named(application_sample(), "b.elf")};
  const auto planned = plan();
  ASSERT_TRUE(planned) << planned.error().text();
  ASSERT_EQ(planned->placements.size(), 4u);
  EXPECT_EQ(planned->placements[2].phys, PhysAddr{0x2000});
  EXPECT_EQ(planned->placements[2].bytes.data(), modules_[0].file.data());
  EXPECT_EQ(planned->placements[2].bytes.size(), modules_[0].file.size());
  EXPECT_EQ(planned->placements[3].phys, PhysAddr{0x3000});
}

TEST_F(BootPlacement, PromHoldsBootInformationModulesAndDirectory) {
  modules_ = {named(application_sample(), "a.elf")};
  const auto planned = plan();
  ASSERT_TRUE(planned) << planned.error().text();
  EXPECT_EQ(planned->prom.size(), size_t{PROM_SIZE});
  EXPECT_EQ(word(*planned, PROM_DIRECTORY), 0x52494445u);
  EXPECT_EQ(word(*planned, PROM_BOOT_INFO + BOOT_INFO_MAGIC), uint32_t{BOOT_MAGIC});
  EXPECT_EQ(word(*planned, PROM_BOOT_INFO + BOOT_INFO_VERSION), uint32_t{BOOT_VERSION});
  EXPECT_EQ(word(*planned, PROM_BOOT_INFO + BOOT_INFO_RAM_SIZE), kMiB);
  EXPECT_EQ(word(*planned, PROM_BOOT_INFO + BOOT_INFO_CPU_HZ), 25'000'000u);
  EXPECT_EQ(word(*planned, PROM_BOOT_INFO + BOOT_INFO_SEED), 11u);
  EXPECT_EQ(word(*planned, PROM_BOOT_INFO + BOOT_INFO_SEED + 12), 14u);
  EXPECT_EQ(word(*planned, PROM_BOOT_INFO + BOOT_INFO_DIRECTORY), uint32_t{PROM_DIRECTORY});
  EXPECT_EQ(word(*planned, PROM_BOOT_INFO + BOOT_INFO_MODULE_COUNT), 1u);
  const uint32_t record = word(*planned, PROM_BOOT_INFO + BOOT_INFO_MODULES);
  EXPECT_EQ(word(*planned, record + BOOT_MODULE_ADDRESS), 0x2000u);
  EXPECT_EQ(word(*planned, record + BOOT_MODULE_SIZE), modules_[0].file.size());
  EXPECT_EQ(text(*planned, record + BOOT_MODULE_NAME), "a.elf");
}

TEST_F(BootPlacement, ArgumentsAreTheFileNames) {
  modules_ = {named(application_sample(), "a.elf"), named(application_sample(), "b.elf")};
  const auto planned = plan();
  ASSERT_TRUE(planned) << planned.error().text();
  const auto [argc, argv, magic, boot_info] = planned->arguments;
  EXPECT_EQ(argc, 3u);
  EXPECT_EQ(magic, uint32_t{BOOT_MAGIC});
  EXPECT_EQ(boot_info, KSEG1_BASE + PROM_BOOT_INFO);
  const uint32_t vector = argv - KSEG1_BASE;
  const auto argument = [&](uint32_t index) {
    return text(*planned, word(*planned, vector + 4 * index) - KSEG1_BASE);
  };
  EXPECT_EQ(argument(0), "aegis.elf");
  EXPECT_EQ(argument(1), "a.elf");
  EXPECT_EQ(argument(2), "b.elf");
  EXPECT_EQ(word(*planned, vector + 12), 0u);
}

TEST_F(BootPlacement, PromHoldsTheArgumentsOfTheKernel) {
  modules_ = {named(application_sample(), "a.elf")};
  auto planned = plan();
  ASSERT_TRUE(planned) << planned.error().text();
  EXPECT_EQ(text(*planned, word(*planned, PROM_BOOT_INFO + BOOT_INFO_ARGUMENTS)), "");
  arguments_ = "slice=5000 x";
  planned = plan();
  ASSERT_TRUE(planned) << planned.error().text();
  EXPECT_EQ(text(*planned, word(*planned, PROM_BOOT_INFO + BOOT_INFO_ARGUMENTS)), arguments_);
  arguments_ = std::string(PROM_SIZE, 'x');
  EXPECT_FALSE(plan());
}

TEST_F(BootPlacement, LongModuleNamesAreCutInTheRecordOnly) {
  const std::string name(200, 'n');
  modules_ = {named(application_sample(), name)};
  const auto planned = plan();
  ASSERT_TRUE(planned) << planned.error().text();
  const uint32_t record = word(*planned, PROM_BOOT_INFO + BOOT_INFO_MODULES);
  EXPECT_EQ(text(*planned, record + BOOT_MODULE_NAME), name.substr(0, 55));
  const uint32_t vector = planned->arguments[1] - KSEG1_BASE;
  EXPECT_EQ(text(*planned, word(*planned, vector + 4) - KSEG1_BASE), name);
}

TEST_F(BootPlacement, CodeMapKnowsKernelAndModuleCode) {
  modules_ = {named(application_sample(), "a.elf"), named(application_sample(), "b.elf")};
  const auto planned = plan();
  ASSERT_TRUE(planned) << planned.error().text();
  const CodeMap& code = planned->code;
  ASSERT_EQ(code.images().size(), 3u);
  const auto kernel = code.find({kTextOffset + 4});
  ASSERT_TRUE(kernel);
  EXPECT_EQ(kernel->image->name, "aegis.elf");
  EXPECT_EQ(kernel->virt, 0x80000104u);
  const auto module = code.find({0x3000 + kTextOffset + 0x20});
  ASSERT_TRUE(module);
  EXPECT_EQ(module->image->name, "b.elf");
  EXPECT_EQ(module->virt, 0x00400120u);
  EXPECT_EQ(module->image->symbol_at(module->virt)->name, "work()");
  EXPECT_FALSE(code.find({kTextOffset + kTextSize}));
  EXPECT_FALSE(code.find({0x3000 + kDataOffset}));
}

TEST_F(BootPlacement, RefusesAKernelAboveRam) {
  const std::string message = refusal(4096);
  EXPECT_THAT(message, HasSubstr("aegis.elf: segment at 0x80001140 needs physical memory "
                                 "0x00001140 to 0x00001170, memory.size is 4KiB"));
  EXPECT_EQ(refusal(0x1170), "");
  EXPECT_THAT(refusal(0x116f), HasSubstr("memory.size is 4463 bytes"));
}

TEST_F(BootPlacement, RefusesModulesThatDoNotFit) {
  modules_ = {named(application_sample(), "a.elf")};
  const auto needed = static_cast<uint32_t>(0x2000 + modules_[0].file.size() + 4096);
  EXPECT_EQ(refusal(needed), "");
  EXPECT_THAT(refusal(needed - 1), HasSubstr("a.elf: the boot module's"));
}

TEST_F(BootPlacement, RefusesImagesInTheWrongPlace) {
  modules_ = {named(bare_sample(), "b.elf")};
  EXPECT_THAT(refusal(), HasSubstr("b.elf: is a bare image, linked at 0x80000100"));
  modules_.clear();
  kernel_ = named(application_sample(), "a.elf");
  EXPECT_THAT(refusal(), HasSubstr("a.elf: is linked at 0x00400100 in user space"));
}

TEST_F(BootPlacement, RefusesMoreModulesThanThePromHasRecordsFor) {
  modules_.assign(BOOT_MODULE_MAX, named(application_sample(), "a.elf"));
  EXPECT_EQ(refusal(), "");
  modules_.push_back(modules_.back());
  EXPECT_THAT(refusal(), HasSubstr("one of 64 boot modules, expected at most 63"));
}

TEST_F(BootPlacement, RefusesADirectoryAboveItsRoom) {
  directory_.resize(0x1000);
  EXPECT_EQ(refusal(), "");
  directory_.resize(0x1001);
  EXPECT_THAT(refusal(), HasSubstr("device directory needs 4097 bytes, the PROM has 4096"));
}

TEST_F(BootPlacement, RefusesNamesAboveTheirRoom) {
  modules_ = {named(application_sample(), std::string(60'000, 'n'))};
  EXPECT_THAT(refusal(), HasSubstr("names of the images and the kernel's arguments do not fit"));
}

TEST_F(BootPlacement, ZeroedKernelMemoryIsCodeToo) {
  Bytes file = bare_sample().build();
  patch<uint32_t>(file, kFirstPhdr + offsetof(Elf32_Phdr, p_memsz), kTextSize + 0x100);
  kernel_ = parse_image(file, "aegis.elf").value();
  const auto planned = plan();
  ASSERT_TRUE(planned) << planned.error().text();
  EXPECT_TRUE(planned->code.find({kTextOffset + kTextSize + 0xfc}));
}

}  // namespace
}  // namespace exosim
