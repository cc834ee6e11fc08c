// What the loader takes, and each refusal with its own message.
#include "sim/machine/loader/image.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "sim/machine/loader/testing/elf_builder.hpp"

namespace exosim {
namespace {

using testing::application_sample;
using testing::bare_sample;
using testing::Blob;
using testing::Bytes;
using ::testing::HasSubstr;
using testing::kDataMemory;
using testing::kDataSize;
using testing::kTextOffset;
using testing::patch;
using testing::Sample;

constexpr size_t kFirstPhdr = sizeof(Elf32_Ehdr);
constexpr size_t kSecondPhdr = kFirstPhdr + sizeof(Elf32_Phdr);

/// The message with which the file is refused; empty if it is not.
std::string refusal(const Bytes& file) {
  const auto image = parse_image(file, "x.elf");
  if (image) return {};
  EXPECT_EQ(image.error().where, "x.elf");
  return image.error().message;
}

/// The refusal of an application with one field overwritten.
template <class T>
std::string refusal_with(size_t offset, T value, const Sample& sample = application_sample()) {
  Bytes file = sample.build();
  patch(file, offset, value);
  return refusal(file);
}

TEST(Image, ApplicationHasItsSegmentsAndEntry) {
  const Bytes file = application_sample().build();
  const auto image = parse_image(file, "hello.elf");
  ASSERT_TRUE(image) << image.error().text();
  EXPECT_EQ(image->name, "hello.elf");
  EXPECT_EQ(image->file, file);
  EXPECT_EQ(image->entry, 0x00400100u);
  EXPECT_FALSE(image->is_bare());
  ASSERT_EQ(image->segments.size(), 2u);
  EXPECT_EQ(image->segments[0].virt, 0x00400100u);
  EXPECT_EQ(image->segments[0].file_offset, kTextOffset);
  EXPECT_TRUE(image->segments[0].executable);
  EXPECT_FALSE(image->segments[0].writable);
  EXPECT_EQ(image->segments[1].file_size, kDataSize);
  EXPECT_EQ(image->segments[1].memory_size, kDataMemory);
  EXPECT_TRUE(image->segments[1].writable);
  EXPECT_EQ(image->info.name, "hello.elf");
}

TEST(Image, SegmentsAreSortedByAddress) {
  Bytes file = application_sample().build();
  std::swap_ranges(file.begin() + kFirstPhdr, file.begin() + kSecondPhdr,
                   file.begin() + kSecondPhdr);
  const auto image = parse_image(file, "x.elf");
  ASSERT_TRUE(image) << image.error().text();
  EXPECT_LT(image->segments[0].virt, image->segments[1].virt);
}

TEST(Image, LinkedInKseg0IsBare) {
  const auto image = parse_image(bare_sample().build(), "x.elf");
  ASSERT_TRUE(image) << image.error().text();
  EXPECT_TRUE(image->is_bare());
}

TEST(Image, RefusesWhatIsNotElf) {
  EXPECT_THAT(refusal({}), HasSubstr("the file is empty"));
  EXPECT_THAT(refusal(Blob().text("#!/bin/sh").bytes()),
              HasSubstr("not an ELF file: it begins with the bytes 23 21 2f 62"));
  EXPECT_THAT(refusal(Blob().put('\x7f').put('E').bytes()), HasSubstr("not an ELF file"));
}

TEST(Image, RefusesBigEndian) {
  EXPECT_THAT(refusal_with<uint8_t>(EI_DATA, ELFDATA2MSB), HasSubstr("big-endian"));
}

TEST(Image, Refuses64Bit) {
  EXPECT_THAT(refusal_with<uint8_t>(EI_CLASS, ELFCLASS64), HasSubstr("64-bit"));
}

TEST(Image, RefusesUnknownIdentification) {
  EXPECT_THAT(refusal_with<uint8_t>(EI_CLASS, 7), HasSubstr("ELF class 7"));
  EXPECT_THAT(refusal_with<uint8_t>(EI_VERSION, 0), HasSubstr("version 0"));
}

TEST(Image, RefusesOtherMachines) {
  const size_t offset = offsetof(Elf32_Ehdr, e_machine);
  EXPECT_THAT(refusal_with<uint16_t>(offset, EM_ARM), HasSubstr("e_machine is 40 (Arm)"));
  EXPECT_THAT(refusal_with<uint16_t>(offset, 12345), HasSubstr("12345 (unknown), expected 8"));
}

TEST(Image, RefusesWhatIsNotAnExecutable) {
  const size_t offset = offsetof(Elf32_Ehdr, e_type);
  EXPECT_THAT(refusal_with<uint16_t>(offset, ET_REL), HasSubstr("relocatable object"));
  EXPECT_THAT(refusal_with<uint16_t>(offset, ET_DYN), HasSubstr("position-independent"));
  EXPECT_THAT(refusal_with<uint16_t>(offset, ET_CORE), HasSubstr("e_type is 4"));
}

TEST(Image, RefusesInstructionSetsAboveMips1) {
  const size_t offset = offsetof(Elf32_Ehdr, e_flags);
  EXPECT_THAT(refusal_with<uint32_t>(offset, EF_MIPS_ARCH_32R2),
              HasSubstr("EF_MIPS_ARCH_32R2 (MIPS32 release 2); compile with -march=r3000"));
  EXPECT_THAT(refusal_with<uint32_t>(offset, EF_MIPS_ARCH_2), HasSubstr("MIPS II"));
  EXPECT_THAT(refusal_with<uint32_t>(offset, 0xf0000000), HasSubstr("unknown EF_MIPS_ARCH"));
  EXPECT_THAT(refusal_with<uint32_t>(offset, 0x04001001), HasSubstr("-mno-mips16"));
  EXPECT_THAT(refusal_with<uint32_t>(offset, 0x00811001), HasSubstr("extension"));
}

TEST(Image, RefusesOtherAbis) {
  const size_t offset = offsetof(Elf32_Ehdr, e_flags);
  EXPECT_THAT(refusal_with<uint32_t>(offset, EF_MIPS_ABI2), HasSubstr("n32"));
  EXPECT_THAT(refusal_with<uint32_t>(offset, 0x2000), HasSubstr("o64"));
  EXPECT_EQ(refusal_with<uint32_t>(offset, 0), "");
}

TEST(Image, RefusesDynamicExecutables) {
  const size_t offset = kSecondPhdr + offsetof(Elf32_Phdr, p_type);
  EXPECT_THAT(refusal_with<uint32_t>(offset, PT_DYNAMIC), HasSubstr("PT_DYNAMIC"));
  EXPECT_THAT(refusal_with<uint32_t>(offset, PT_INTERP), HasSubstr("PT_INTERP"));
}

TEST(Image, RefusesTruncatedFiles) {
  const Bytes whole = application_sample().build();
  const auto cut = [&](size_t size) {
    Bytes file = whole;
    file.resize(size);
    return refusal(file);
  };
  EXPECT_THAT(cut(40), HasSubstr("truncated: the ELF header needs 52 bytes, the file has 40"));
  EXPECT_THAT(cut(60), HasSubstr("truncated: the program header table"));
  EXPECT_THAT(cut(whole.size() - 1), HasSubstr("truncated: the section header table"));
  EXPECT_THAT(refusal_with<uint32_t>(kFirstPhdr + offsetof(Elf32_Phdr, p_offset), 0x00fff100),
              HasSubstr("truncated: segment 0 needs file bytes"));
}

TEST(Image, RefusesMalformedHeaderTables) {
  EXPECT_THAT(refusal_with<uint16_t>(offsetof(Elf32_Ehdr, e_phentsize), 31),
              HasSubstr("program header entries of 31 bytes"));
  EXPECT_THAT(refusal_with<uint16_t>(offsetof(Elf32_Ehdr, e_shentsize), 64),
              HasSubstr("section header entries of 64 bytes"));
}

TEST(Image, RefusesASymbolTableOutsideTheFile) {
  Bytes file = application_sample().build();
  Elf32_Ehdr header;
  std::memcpy(&header, file.data(), sizeof(header));
  const size_t symtab = header.e_shoff + 3 * sizeof(Elf32_Shdr);
  patch<uint32_t>(file, symtab + offsetof(Elf32_Shdr, sh_offset), 0x100000);
  EXPECT_THAT(refusal(file), HasSubstr("truncated: the symbol table"));
}

TEST(Image, RefusesNoSegment) {
  EXPECT_THAT(refusal_with<uint16_t>(offsetof(Elf32_Ehdr, e_phnum), 0),
              HasSubstr("no loadable segment"));
}

TEST(Image, RefusesMoreInTheFileThanInMemory) {
  EXPECT_THAT(refusal_with<uint32_t>(kFirstPhdr + offsetof(Elf32_Phdr, p_memsz), 0x3f),
              HasSubstr("64 bytes in the file but only 63 in memory"));
}

TEST(Image, RefusesWrapAround) {
  EXPECT_THAT(refusal_with<uint32_t>(kSecondPhdr + offsetof(Elf32_Phdr, p_vaddr), 0xfffffff0),
              HasSubstr("wraps around"));
}

TEST(Image, RefusesOverlappingSegments) {
  EXPECT_THAT(refusal_with<uint32_t>(kSecondPhdr + offsetof(Elf32_Phdr, p_vaddr), 0x00400110),
              HasSubstr("overlapping segments: segment 0x00400100..0x0040013f and segment "
                        "0x00400110..0x0040013f share virtual addresses"));
}

TEST(Image, RefusesOverlapOfKseg0AndKseg1) {
  EXPECT_THAT(refusal_with<uint32_t>(kSecondPhdr + offsetof(Elf32_Phdr, p_vaddr), 0xa0000110,
                                     bare_sample()),
              HasSubstr("share physical addresses"));
}

TEST(Image, RefusesCodeSegmentsThatShareTheFile) {
  Bytes file = application_sample().build();
  patch<uint32_t>(file, kSecondPhdr + offsetof(Elf32_Phdr, p_offset), kTextOffset);
  patch<uint32_t>(file, kSecondPhdr + offsetof(Elf32_Phdr, p_vaddr), 0x00402100);
  patch<uint32_t>(file, kSecondPhdr + offsetof(Elf32_Phdr, p_flags), PF_R | PF_X);
  EXPECT_THAT(refusal(file), HasSubstr("share code bytes of the file"));
}

TEST(Image, RefusesForbiddenAndMixedAddressSpace) {
  const size_t virt = kSecondPhdr + offsetof(Elf32_Phdr, p_vaddr);
  EXPECT_THAT(refusal_with<uint32_t>(virt, 0xc0001140), HasSubstr("lies in kseg2"));
  EXPECT_THAT(refusal_with<uint32_t>(virt, 0x80001140), HasSubstr("mixed address spaces"));
  EXPECT_THAT(refusal_with<uint32_t>(virt, 0x80001140), HasSubstr("-Wl,-Ttext-segment=0x80010000"));
  EXPECT_THAT(refusal_with<uint32_t>(virt, 0x7ffffff0), HasSubstr("from kuseg into kseg0"));
  EXPECT_THAT(refusal_with<uint32_t>(virt, 0x9ffffff0, bare_sample()),
              HasSubstr("from kseg0 into kseg1"));
}

TEST(Image, RefusesAnEntryThatIsNotCode) {
  const size_t offset = offsetof(Elf32_Ehdr, e_entry);
  EXPECT_THAT(refusal_with<uint32_t>(offset, 0x00400102), HasSubstr("not a multiple of 4"));
  for (const uint32_t entry : {0x004000fcu, 0x00400140u, 0x00401140u})
    EXPECT_THAT(refusal_with<uint32_t>(offset, entry),
                HasSubstr("not inside an executable segment"));
}

TEST(Image, RefusesAnEntryInBss) {
  Bytes file = application_sample().build();
  patch<uint32_t>(file, kFirstPhdr + offsetof(Elf32_Phdr, p_memsz), 0x50);
  patch<uint32_t>(file, offsetof(Elf32_Ehdr, e_entry), 0x00400140);
  EXPECT_THAT(refusal(file), HasSubstr("not inside an executable segment"));
}

TEST(Image, RefusesApplicationsThatCannotBeMappedInPlace) {
  EXPECT_THAT(refusal_with<uint32_t>(kSecondPhdr + offsetof(Elf32_Phdr, p_vaddr), 0x00401200),
              HasSubstr("-z max-page-size=4096"));
  EXPECT_EQ(refusal_with<uint32_t>(kSecondPhdr + offsetof(Elf32_Phdr, p_vaddr), 0x80001200,
                                   bare_sample()),
            "");
}

TEST(Image, RefusesTooManySegments) {
  Bytes file = application_sample().build();
  const auto table = static_cast<uint32_t>(file.size());
  const Elf32_Phdr first = [&] {
    Elf32_Phdr header;
    std::memcpy(&header, &file[kFirstPhdr], sizeof(header));
    return header;
  }();
  Blob blob;
  blob.raw(file);
  for (uint32_t index = 0; index < 65; ++index) blob.put(first);
  file = blob.bytes();
  patch<uint32_t>(file, offsetof(Elf32_Ehdr, e_phoff), table);
  patch<uint16_t>(file, offsetof(Elf32_Ehdr, e_phnum), 65);
  EXPECT_THAT(refusal(file), HasSubstr("more than 64 loadable segments"));
}

class ImageFile : public ::testing::Test {
 protected:
  std::filesystem::path folder_ = [] {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    auto folder = std::filesystem::path(EXOSIM_BINARY_DIR) / "test_files" / test->name();
    std::filesystem::create_directories(folder);
    return folder;
  }();
};

TEST_F(ImageFile, IsNamedWithoutItsFolders) {
  const Bytes bytes = application_sample().build();
  std::ofstream(folder_ / "app.elf", std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  const auto image = load_image(folder_ / "app.elf");
  ASSERT_TRUE(image) << image.error().text();
  EXPECT_EQ(image->name, "app.elf");
  EXPECT_EQ(image->file, bytes);
}

TEST_F(ImageFile, RefusalsNameTheWholePath) {
  const auto missing = load_image(folder_ / "none.elf");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().text(), (folder_ / "none.elf").string() + ": no such file");
  const auto directory = load_image(folder_);
  ASSERT_FALSE(directory);
  EXPECT_THAT(directory.error().message, HasSubstr("is a folder"));
  const auto device = load_image("/dev/zero");
  ASSERT_FALSE(device);
  EXPECT_THAT(device.error().message, HasSubstr("not a regular file"));
  std::ofstream(folder_ / "empty.elf").close();
  const auto empty = load_image(folder_ / "empty.elf");
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().where, (folder_ / "empty.elf").string());
}

TEST_F(ImageFile, RefusesMoreThanTheMachineCanAddress) {
  std::ofstream(folder_ / "huge.elf").close();
  std::filesystem::resize_file(folder_ / "huge.elf", (uintmax_t{1} << 29) + 1);  // sparse
  const auto huge = load_image(folder_ / "huge.elf");
  std::filesystem::remove(folder_ / "huge.elf");
  ASSERT_FALSE(huge);
  EXPECT_THAT(huge.error().message, HasSubstr("expected at most 536870912"));
}

}  // namespace
}  // namespace exosim
