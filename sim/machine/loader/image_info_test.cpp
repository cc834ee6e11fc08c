// Symbols, markers and source lines of an image.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "sim/machine/loader/image.hpp"
#include "sim/machine/loader/testing/elf_builder.hpp"

namespace exosim {
namespace {

using testing::application_sample;
using testing::Blob;
using ::testing::HasSubstr;
using testing::put_marker;
using testing::Sample;

Image parsed(const Sample& sample) {
  auto image = parse_image(sample.build(), "x.elf");
  EXPECT_TRUE(image) << image.error().text();
  return std::move(*image);
}

TEST(Symbols, AreDemangledAndSorted) {
  const Image image = parsed(application_sample());
  ASSERT_EQ(image.info.symbols.size(), 4u);
  EXPECT_EQ(image.info.symbols[0].name, "main");
  EXPECT_EQ(image.info.symbols[0].address, 0x00400100u);
  EXPECT_EQ(image.info.symbols[0].size, 0x20u);
  EXPECT_EQ(image.info.symbols[1].name, "work()");
  EXPECT_EQ(image.info.symbols[2].name, "done");
  EXPECT_EQ(image.info.symbols[3].name, "counter");
}

TEST(Markers, AreReadInSectionOrder) {
  const Image image = parsed(application_sample());
  ASSERT_EQ(image.info.markers.size(), 3u);
  EXPECT_EQ(image.info.markers[0].kind, Marker::Kind::kOpBegin);
  EXPECT_EQ(image.info.markers[0].address, 0x00400104u);
  EXPECT_EQ(image.info.markers[0].name, "step");
  EXPECT_EQ(image.info.markers[1].kind, Marker::Kind::kOpEnd);
  EXPECT_EQ(image.info.markers[2].kind, Marker::Kind::kDomainFunction);
  EXPECT_EQ(image.info.markers[2].name, "management");
}

/// The message for an application whose marker section has these bytes.
std::string refusal_of_markers(const Blob& markers) {
  Sample sample = application_sample();
  sample.markers = markers.bytes();
  const auto image = parse_image(sample.build(), "x.elf");
  return image ? "" : image.error().message;
}

Blob one_good_marker() {
  Blob blob;
  put_marker(blob, 0x00400100, MARKER_OP_BEGIN, "good");  // 16 bytes
  return blob;
}

TEST(Markers, RefusesMalformedRecordsWithTheirOffset) {
  EXPECT_EQ(refusal_of_markers(one_good_marker()), "");
  EXPECT_THAT(refusal_of_markers(one_good_marker().put(1u)),
              HasSubstr("marker section (.exosim.markers) at offset 16: the record ends"));
  EXPECT_THAT(refusal_of_markers(one_good_marker().put(0x00400100u).put(1u).put('x')),
              HasSubstr("at offset 16: the name has no end"));
  EXPECT_THAT(refusal_of_markers(one_good_marker().put(0x00400100u).put(10u).text("x")),
              HasSubstr("unknown kind 10"));
  EXPECT_THAT(refusal_of_markers(one_good_marker().put(0x00400100u).put(1u).text("")),
              HasSubstr("a name of 0 bytes"));
  EXPECT_THAT(refusal_of_markers(one_good_marker().put(0x00400100u).put(1u).text("a\nb")),
              HasSubstr("control character"));
  EXPECT_THAT(refusal_of_markers(one_good_marker().put(0x00400102u).put(1u).text("x")),
              HasSubstr("0x00400102 is not the address of an instruction"));
  EXPECT_THAT(refusal_of_markers(one_good_marker().put(0x00401140u).put(1u).text("x")),
              HasSubstr("0x00401140 is not the address of an instruction"));
}

TEST(Markers, AnOwnerIsAWordOfTheImage) {
  Blob blob;
  put_marker(blob, 0x00400100, MARKER_OWNER, "process/1");
  EXPECT_EQ(refusal_of_markers(blob), "");
  Blob outside;
  put_marker(outside, 0x00300000, MARKER_OWNER, "process/1");
  EXPECT_THAT(refusal_of_markers(outside),
              HasSubstr("0x00300000 is not the address of a word of the image"));
  Blob odd;
  put_marker(odd, 0x00400102, MARKER_OWNER, "process/1");
  EXPECT_THAT(refusal_of_markers(odd),
              HasSubstr("0x00400102 is not the address of a word of the image"));
}

TEST(Markers, TheEndOfTheCodeMayBeMarked) {
  Blob blob;
  put_marker(blob, 0x00400140, MARKER_DOMAIN_END, "idle");
  EXPECT_EQ(refusal_of_markers(blob), "");
}

TEST(Markers, AnOperationMayBeginCold) {
  Sample sample = application_sample();
  Blob blob;
  put_marker(blob, 0x00400100, MARKER_OP_BEGIN_COLD, "cold");
  sample.markers = blob.bytes();
  const Image image = parsed(sample);
  ASSERT_EQ(image.info.markers.size(), 1u);
  EXPECT_EQ(image.info.markers[0].kind, Marker::Kind::kOpBeginCold);
  EXPECT_TRUE(image.info.markers[0].begins_operation());
}

TEST(Markers, APassageIsAnOperation) {
  Sample sample = application_sample();
  Blob blob;
  put_marker(blob, 0x00400100, MARKER_PASSAGE_BEGIN, "yield");
  put_marker(blob, 0x00400104, MARKER_PASSAGE_END, "yield");
  sample.markers = blob.bytes();
  const Image image = parsed(sample);
  ASSERT_EQ(image.info.markers.size(), 2u);
  EXPECT_TRUE(image.info.markers[0].begins_operation() && image.info.markers[0].is_of_passage());
  EXPECT_TRUE(image.info.markers[1].is_of_operation() && image.info.markers[1].is_of_passage());
  EXPECT_FALSE(image.info.markers[1].begins_operation());
}

TEST(Markers, OfRemovedCodeAreLeftOut) {
  Sample sample = application_sample();
  Blob blob;
  put_marker(blob, 0, MARKER_OP_BEGIN, "removed");
  put_marker(blob, 0x00400104, MARKER_OP_BEGIN, "kept");
  sample.markers = blob.bytes();
  const Image image = parsed(sample);
  ASSERT_EQ(image.info.markers.size(), 1u);
  EXPECT_EQ(image.info.markers[0].name, "kept");
}

TEST(LineTable, FindsTheLineOfEachAddress) {
  const Image image = parsed(application_sample());
  ASSERT_NE(image.info.lines, nullptr);
  const auto line = [&](uint32_t address) {
    const auto found = image.info.lines->find(address);
    return found ? found->file + ":" + std::to_string(found->line) : "none";
  };
  EXPECT_EQ(line(0x004000fc), "none");
  EXPECT_EQ(line(0x00400100), "main.cpp:10");
  EXPECT_EQ(line(0x00400104), "main.cpp:10");
  EXPECT_EQ(line(0x00400108), "main.cpp:11");
  EXPECT_EQ(line(0x0040010c), "main.cpp:11");
  EXPECT_EQ(line(0x00400110), "none");
}

TEST(LineTable, OutlivesTheImage) {
  const ImageInfo info = parsed(application_sample()).info;
  EXPECT_TRUE(info.lines->find(0x00400100));
}

/// What the cross compiler makes of a small program; skipped where there is none.
class CrossCompiled : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(EXOSIM_BINARY_DIR) / "test_files" / test->name();
    std::filesystem::create_directories(folder_);
    ASSERT_EQ(std::system("mipsel-linux-gnu-g++ --version >/dev/null 2>&1"), 0)
        << "missing: g++-mipsel-linux-gnu";
    std::ofstream(folder_ / "main.cpp") << "int twice(int x) { return x + x; }\n"
                                           "extern \"C\" int __start() {\n"
                                           "  return twice(21);\n"
                                           "}\n";
  }

  Result<Image> compile(const std::string& options) {
    const std::string command = "cd '" + folder_.string() +
                                "' && mipsel-linux-gnu-g++ -O0 -g -nostdlib -static -EL " +
                                options + " main.cpp -o main.elf";
    EXPECT_EQ(std::system(command.c_str()), 0) << command;
    return load_image(folder_ / "main.elf");
  }

  std::filesystem::path folder_;
  const std::string r3000_ =
      "-march=r3000 -mabi=32 -mfp32 -mno-abicalls -fno-pic -G0 -ffreestanding "
      "-Wl,-z,max-page-size=4096 ";
};

TEST_F(CrossCompiled, ApplicationHasSymbolsAndLines) {
  const auto image = compile(r3000_);
  ASSERT_TRUE(image) << image.error().text();
  EXPECT_FALSE(image->is_bare());
  const Symbol* entry = image->info.symbol_at(image->entry);
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->name, "__start");
  const auto line = image->info.lines->find(image->entry);
  ASSERT_TRUE(line);
  EXPECT_EQ(std::filesystem::path(line->file).filename(), "main.cpp");
  EXPECT_EQ(line->line, 2u);
}

TEST_F(CrossCompiled, LinkedInKseg0IsBare) {
  const auto image = compile(r3000_ + "-Wl,-Ttext-segment=0x80000000");
  ASSERT_TRUE(image) << image.error().text();
  EXPECT_TRUE(image->is_bare());
}

TEST_F(CrossCompiled, DefaultArchitectureIsRefused) {
  const auto image = compile("-mno-abicalls -fno-pic");
  ASSERT_FALSE(image);
  EXPECT_THAT(image.error().message, HasSubstr("compile with -march=r3000"));
}

}  // namespace
}  // namespace exosim
