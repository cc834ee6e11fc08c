// What annotations become, and every way to get them wrong.
#include "sim/machine/annotations/annotate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "sim/machine/annotations/code_of_image.hpp"
#include "sim/machine/annotations/fuzz/one_file.hpp"

namespace exosim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Kind = Marker::Kind;

struct Told {
  Kind kind;
  uint32_t address;
  std::string name;
  friend bool operator==(const Told&, const Told&) = default;
  friend void PrintTo(const Told& told, std::ostream* to) {
    *to << static_cast<int>(told.kind) << '@' << std::hex << told.address << ' ' << told.name;
  }
};

/// The markers that annotated_image() gets from these keys, or the message.
std::pair<std::vector<Told>, std::string> told(const std::string& keys,
                                               Image image = annotated_image()) {
  const auto file = parse_annotations("images:\n  kernel.elf: {" + keys + "}\n", "a.yaml");
  if (!file) return {{}, file.error().text()};
  Image* const images[] = {&image};
  const auto done = annotate(std::span(&*file, 1), images);
  if (!done) return {{}, done.error().text()};
  std::vector<Told> told;
  for (const Marker& marker : image.info.markers)
    told.push_back({marker.kind, marker.address, marker.name});
  return {told, ""};
}

std::vector<Told> markers_of(const std::string& keys) {
  const auto [markers, message] = told(keys);
  EXPECT_EQ(message, "");
  return markers;
}

std::string refusal_of(const std::string& keys) { return told(keys).second; }

TEST(Pattern, StandsForNames) {
  EXPECT_TRUE(fits_pattern("tlb_write", "tlb_*"));
  EXPECT_TRUE(fits_pattern("tlb_", "tlb_*"));
  EXPECT_TRUE(fits_pattern("a_b_c_b", "*b"));
  EXPECT_TRUE(fits_pattern("abc", "a?c"));
  EXPECT_TRUE(fits_pattern("", "*"));
  EXPECT_FALSE(fits_pattern("xtlb_write", "tlb_*"));
  EXPECT_FALSE(fits_pattern("ac", "a?c"));
  EXPECT_FALSE(fits_pattern("a_b_c", "*b"));
  EXPECT_TRUE(fits_pattern("operator[](char*)", "operator[]*"));
}

TEST(Pattern, OfManyStarsTakesNoTime) {
  const std::string name(4000, 'a');
  std::string pattern;
  for (int i = 0; i < 1000; ++i) pattern += "*a";
  EXPECT_TRUE(fits_pattern(name, pattern));
  EXPECT_FALSE(fits_pattern(name, pattern + "b"));
}

TEST(Annotations, OfFunctionsBecomeRangesOfADomain) {
  EXPECT_THAT(markers_of("domains: [{domain: protection, functions: [check]}]"),
              ElementsAre(Told{Kind::kDomainBegin, 0x80001010, "protection"},
                          Told{Kind::kDomainEnd, 0x80001018, "protection"}));
}

TEST(Annotations, NameFunctionsInEveryWay) {
  for (const char* name : {"check", "'ns::check'", "'ns::check(int)'", "_ZN2ns5checkEi", "'ch*'",
                           "'ns::*'", "'*(int)'", "'c?eck'"})
    EXPECT_EQ(markers_of(std::string("domains: [{domain: idle, functions: ") + name + "}]"),
              markers_of("domains: [{domain: idle, functions: [check]}]"))
        << name;
}

TEST(Annotations, FirstRuleThatNamesAnInstructionDecides) {
  EXPECT_THAT(
      markers_of("domains: [{domain: idle, begin: tlb_write+4, end: leave},"
                 "{domain: protection, functions: [tlb_write, check]}], default: management"),
      ElementsAre(Told{Kind::kDomainBegin, 0x8000101c, "idle"},
                  Told{Kind::kDomainEnd, 0x80001020, "idle"},
                  Told{Kind::kDomainBegin, 0x80001018, "protection"},
                  Told{Kind::kDomainEnd, 0x8000101c, "protection"},
                  Told{Kind::kDomainBegin, 0x80001010, "protection"},
                  Told{Kind::kDomainEnd, 0x80001018, "protection"},
                  Told{Kind::kDomainBegin, 0x80001000, "management"},
                  Told{Kind::kDomainEnd, 0x80001010, "management"},
                  Told{Kind::kDomainBegin, 0x80001020, "management"},
                  Told{Kind::kDomainEnd, 0x80001028, "management"}));
}

TEST(Annotations, OperationEndsWhereItsFunctionReturns) {
  EXPECT_THAT(markers_of("operations: {main: {functions: kernel_main}}"),
              ElementsAre(Told{Kind::kOpBegin, 0x80001000, "main"},
                          Told{Kind::kOpEnd, 0x80001008, "main"}));  // jal is no end
}

TEST(Annotations, OperationEndsWhereItsFunctionJumpsToAnother) {
  EXPECT_THAT(markers_of("operations: {write: {functions: 'tlb_*'}}"),
              ElementsAre(Told{Kind::kOpBegin, 0x80001018, "write"},
                          Told{Kind::kOpEnd, 0x80001018, "write"}));
}

TEST(Annotations, OperationEndsWhereTheFileSays) {
  EXPECT_THAT(
      markers_of("operations: {way: {functions: leave, end: [leave+4]}}"),
      ElementsAre(Told{Kind::kOpBegin, 0x80001020, "way"}, Told{Kind::kOpEnd, 0x80001024, "way"}));
  EXPECT_THAT(
      markers_of("operations: {way: {begin: check, end: [leave, tlb_write], passage: true}}"),
      ElementsAre(Told{Kind::kPassageBegin, 0x80001010, "way"},
                  Told{Kind::kPassageEnd, 0x80001020, "way"},
                  Told{Kind::kPassageEnd, 0x80001018, "way"}));
}

/// A function with a loop, a branch out of it, a jump table, a cold part; and a part that is
/// called.
Image split_image() {
  Image image = testing::bare_program(
      "beq t0,zero,0x80001020\nnop\n"      // f: not an end
      "j 0x80001018\nnop\n"                // to its cold part: not an end
      "jr t9\nnop\n"                       // a jump table: not an end
      "jr ra\nnop\n"                       // f.cold
      "beq zero,zero,0x80001000\nnop\n");  // f.part.0: to its function, another
  image.name = image.info.name = "kernel.elf";
  image.info.symbols = {
      {0x80001000, 24, "f"}, {0x80001018, 8, "f.cold"}, {0x80001020, 8, "f.part.0"}};
  return image;
}

TEST(Annotations, ColdPartsBelongToTheirFunction) {
  const auto [markers, message] = told("operations: {f: {functions: f}}", split_image());
  EXPECT_EQ(message, "");
  EXPECT_THAT(markers, ElementsAre(Told{Kind::kOpBegin, 0x80001000, "f"},
                                   Told{Kind::kOpEnd, 0x80001018, "f"}));
  EXPECT_EQ(told("domains: [{domain: idle, functions: f}]", split_image()).first.size(), 6u);
}

TEST(Annotations, FunctionThatJumpsToItsEntryIsRefused) {
  Image image = testing::bare_program("addiu t0,t0,1\nbne t0,zero,0x80001000\nnop\njr ra\nnop\n");
  image.name = image.info.name = "kernel.elf";
  image.info.symbols = {{0x80001000, 20, "loop"}};
  EXPECT_THAT(told("operations: {l: {functions: loop}}", image).second,
              HasSubstr("a.yaml:2:44: loop jumps to its own entry, at 0x80001004"));
}

TEST(Annotations, OwnerIsAWordOfMemory) {
  EXPECT_THAT(markers_of("owner: {word: leave+4, name: process, divisor: 32}"),
              ElementsAre(Told{Kind::kOwner, 0x80001024, "process/32"}));
  EXPECT_THAT(markers_of("owner: {word: leave, name: task}"),
              ElementsAre(Told{Kind::kOwner, 0x80001020, "task/1"}));
}

TEST(Annotations, EachCopyOfAnImageGetsThem) {
  const auto file = parse_annotations("images: {kernel.elf: {default: idle}}\n", "a.yaml");
  Image first = annotated_image();
  Image second = annotated_image();
  Image* const images[] = {&first, &second};
  ASSERT_TRUE(annotate(std::span(&*file, 1), images));
  EXPECT_EQ(first.info.markers.size(), 2u);
  EXPECT_EQ(second.info.markers.size(), 2u);
}

TEST(Annotations, WhatIsNotThereIsRefusedWithTheNearestName) {
  EXPECT_THAT(refusal_of("operations: {a: {functions: tlb_wirte}}"),
              HasSubstr("a.yaml:2:44: no function \"tlb_wirte\" in kernel.elf; did you mean "
                        "\"tlb_write\"?"));
  EXPECT_THAT(refusal_of("domains: [{domain: idle, functions: ['vm_*']}]"),
              HasSubstr("a.yaml:2:53: no function of kernel.elf fits \"vm_*\""));
  EXPECT_THAT(refusal_of("owner: {word: levae, name: n}"), HasSubstr("did you mean \"leave\"?"));
  const auto file = parse_annotations("images: {kernl.elf: {default: idle}}\n", "a.yaml");
  Image image = annotated_image();
  Image* const images[] = {&image};
  const auto done = annotate(std::span(&*file, 1), images);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().text(),
            "a.yaml:1:10: unknown image \"kernl.elf\"; did you mean \"kernel.elf\"? (one of: "
            "kernel.elf)");
}

TEST(Annotations, RuleWithNothingLeftToNameIsRefused) {
  EXPECT_THAT(refusal_of("domains: [{domain: idle, functions: ['*']}, {domain: protection, "
                         "functions: [check]}]"),
              HasSubstr("earlier rules have given a domain to all that this one names"));
}

TEST(Annotations, PlacesOutsideOfTheImageAreRefused) {
  for (const char* place : {"leave+2", "leave+8", "leave+0xffffffff"})
    EXPECT_THAT(refusal_of(std::string("operations: {a: {begin: check, end: ") + place + "}}"),
                HasSubstr("which is not the address of an instruction of kernel.elf"))
        << place;
  EXPECT_THAT(refusal_of("domains: [{domain: idle, begin: leave, end: leave}]"),
              HasSubstr("leave is not behind leave"));
  EXPECT_THAT(refusal_of("operations: {a: {functions: leave}}"),
              HasSubstr("leave has no jr $ra and no jump to another function"));
}

TEST(Annotations, SymbolsThatShareANameAreRefusedAsPlaces) {
  Image image = annotated_image();
  image.info.symbols[2].name = "check";
  EXPECT_THAT(told("owner: {word: check, name: n}", image).second, "");
  image.info.symbols[2].name = "other::check(int)";
  EXPECT_THAT(told("owner: {word: check, name: n}", image).second,
              HasSubstr("2 symbols of kernel.elf are called \"check\""));
}

TEST(Annotations, ImageWithItsOwnDeclarationsKeepsThem) {
  Image image = annotated_image();
  image.info.markers = {{Kind::kDomainFunction, 0x80001010, "protection"},
                        {Kind::kOwner, 0x80001020, "environment/1"}};
  EXPECT_THAT(told("default: idle", image).second, HasSubstr("declares domains itself"));
  EXPECT_THAT(told("owner: {word: leave, name: n}", image).second,
              HasSubstr("declares an owner itself"));
  EXPECT_EQ(told("operations: {a: {functions: check}}", image).first.size(), 4u);
}

TEST(Annotations, StrippedImageIsRefused) {
  Image image = annotated_image();
  image.info.symbols.clear();
  EXPECT_THAT(told("operations: {a: {functions: f}}", image).second, HasSubstr("has no symbols"));
}

TEST(Annotations, EveryErrorIsTold) {
  const std::string text = refusal_of(
      "domain: 1, default: idel, domains: [{domain: protection}, {functions: [a], begin: b}],"
      "operations: {a: {begin: x}, b: {}, c: {functions: [], passage: 1}}, owner: {divisor: 0}");
  for (const char* words :
       {"unknown key of images.\"kernel.elf\" \"domain\"; did you mean \"domains\"?",
        "default: unknown domain \"idel\"; did you mean \"idle\"?",
        "domains: expected either functions, or begin and end", "domains.domain is missing",
        "end is missing; only functions have an end of their own",
        "expected either functions, or begin and end", "passage: expected true or false",
        "owner.word is missing", "owner.name is missing", "0\" is out of range: 1 to 4294967295"})
    EXPECT_THAT(text, HasSubstr(words));
}

TEST(Annotations, FileWithoutImagesIsRefused) {
  for (const char* text : {"", "{}", "images:", "images: {}", "images: [a]", "images: 3", "- a"})
    EXPECT_FALSE(parse_annotations(text, "a.yaml")) << text;
  EXPECT_THAT(read_annotations("/nonexistent/a.yaml").error().text(),
              HasSubstr("/nonexistent/a.yaml: "));
}

}  // namespace
}  // namespace exosim
