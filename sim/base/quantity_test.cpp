// Quantities: exact values, refusals with a reason, and the round trip.
#include "sim/base/quantity.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <optional>

namespace exosim {
namespace {

using ::testing::HasSubstr;

constexpr uint64_t kMax = ~uint64_t{0};

std::optional<uint64_t> value_of(const Result<uint64_t>& result) {
  return result ? std::optional(*result) : std::nullopt;
}

std::string message_of(const Result<uint64_t>& result) {
  return result ? "accepted" : result.error().message;
}

TEST(Quantity, ReadsNumbers) {
  EXPECT_EQ(value_of(parse_number("0")), 0u);
  EXPECT_EQ(value_of(parse_number("42")), 42u);
  EXPECT_EQ(value_of(parse_number("0x1f000000")), 0x1f000000u);
  EXPECT_EQ(value_of(parse_number("0x00fF")), 0xffu);
  EXPECT_EQ(value_of(parse_number("18446744073709551615")), kMax);
}

TEST(Quantity, RefusesWhatIsNoNumber) {
  for (const char* text : {"", "x", "-1", "+1", " 1", "1 ", "12_000", "1.0", "1e3", "0x", "0X10",
                           "0x-1", "0xg", "4KiB", "0b1"}) {
    EXPECT_THAT(message_of(parse_number(text)), HasSubstr("is not a number")) << text;
  }
}

TEST(Quantity, RefusesLeadingZeros) {
  EXPECT_THAT(message_of(parse_number("010")), HasSubstr("leading zero"));
  EXPECT_THAT(message_of(parse_number("00")), HasSubstr("leading zero"));
  EXPECT_THAT(message_of(parse_bytes("010KiB")), HasSubstr("leading zero"));
  EXPECT_THAT(message_of(parse_hertz("00.5MHz")), HasSubstr("leading zero"));
}

TEST(Quantity, RefusesOverflow) {
  EXPECT_THAT(message_of(parse_number("18446744073709551616")), HasSubstr("64 bits"));
  EXPECT_THAT(message_of(parse_number("0x10000000000000000")), HasSubstr("64 bits"));
  EXPECT_THAT(message_of(parse_bytes("17179869184GiB")), HasSubstr("64 bits"));
  EXPECT_EQ(value_of(parse_bytes("17179869183GiB")), kMax - (1u << 30) + 1);
  EXPECT_THAT(message_of(parse_time("99999999999999999999s")), HasSubstr("64 bits"));
}

TEST(Quantity, ReadsCounts) {
  EXPECT_EQ(*parse_count("0"), 0u);
  EXPECT_EQ(*parse_count("12"), 12u);
  EXPECT_EQ(*parse_count("3k"), 3'000u);
  EXPECT_EQ(*parse_count("100M"), 100'000'000u);
  EXPECT_EQ(*parse_count("2G"), 2'000'000'000u);
  for (const char* text : {"", "k", "012", "1.5k", "1K", "1kk", "-1", "0x10", " 1"})
    EXPECT_FALSE(parse_count(text)) << text;
  EXPECT_EQ(parse_count("99999999999999999G").error().message,
            "\"99999999999999999G\" does not fit into 64 bits");
}

TEST(Quantity, ReadsUnits) {
  EXPECT_EQ(value_of(parse_bytes("7B")), 7u);
  EXPECT_EQ(value_of(parse_bytes("4KiB")), 4096u);
  EXPECT_EQ(value_of(parse_bytes("32MiB")), 32u << 20);
  EXPECT_EQ(value_of(parse_bytes("1GiB")), 1u << 30);
  EXPECT_EQ(value_of(parse_hertz("1Hz")), 1u);
  EXPECT_EQ(value_of(parse_hertz("20kHz")), 20'000u);
  EXPECT_EQ(value_of(parse_hertz("25MHz")), 25'000'000u);
  EXPECT_EQ(value_of(parse_hertz("1GHz")), 1'000'000'000u);
  EXPECT_EQ(value_of(parse_time("3ps")), 3u);
  EXPECT_EQ(value_of(parse_time("100ns")), 100'000u);
  EXPECT_EQ(value_of(parse_time("10us")), 10'000'000u);
  EXPECT_EQ(value_of(parse_time("2ms")), 2'000'000'000u);
  EXPECT_EQ(value_of(parse_time("1s")), 1'000'000'000'000u);
}

TEST(Quantity, ReadsFractionsExactly) {
  EXPECT_EQ(value_of(parse_hertz("16.67MHz")), 16'670'000u);
  EXPECT_EQ(value_of(parse_hertz("0.1GHz")), 100'000'000u);
  EXPECT_EQ(value_of(parse_bytes("1.5KiB")), 1536u);
  EXPECT_EQ(value_of(parse_time("0.000000000001s")), 1u);
  EXPECT_EQ(value_of(parse_hertz("1.0000000000000000000000000Hz")), 1u);
}

TEST(Quantity, RefusesFractionsOfTheBaseUnit) {
  EXPECT_THAT(message_of(parse_bytes("0.3KiB")), HasSubstr("not a whole number of B"));
  EXPECT_THAT(message_of(parse_hertz("0.5Hz")), HasSubstr("not a whole number of Hz"));
  EXPECT_THAT(message_of(parse_time("0.0000000000001s")), HasSubstr("not a whole number of ps"));
  EXPECT_THAT(message_of(parse_time("0.00000000000000000001s")), HasSubstr("not a whole number"));
}

TEST(Quantity, NamesTheAllowedUnits) {
  EXPECT_EQ(message_of(parse_bytes("4KB")),
            "\"4KB\" has the unknown unit \"KB\", did you mean KiB?; allowed: B, KiB, MiB, GiB, as "
            "in 4KiB");
  EXPECT_EQ(message_of(parse_hertz("25")),
            "\"25\" lacks a unit; allowed: Hz, kHz, MHz, GHz, as in 25MHz");
  EXPECT_EQ(message_of(parse_time("soon")),
            "\"soon\" is not a number with a unit; allowed: ps, ns, us, ms, s, as in 10us");
  EXPECT_THAT(message_of(parse_hertz("25 MHz")), HasSubstr("did you mean MHz?"));
  EXPECT_THAT(message_of(parse_hertz("25mhz")), HasSubstr("did you mean MHz?"));
  EXPECT_THAT(message_of(parse_bytes("1 blocks")), HasSubstr("unknown unit \" blocks\"; allowed"));
  EXPECT_THAT(message_of(parse_bytes("0x10KiB")), HasSubstr("unknown unit"));
  EXPECT_THAT(message_of(parse_hertz("5.MHz")), HasSubstr("not a number"));
  EXPECT_THAT(message_of(parse_hertz(".5MHz")), HasSubstr("not a number"));
}

TEST(Quantity, KeepsWildInputOutOfMessages) {
  const std::string message = message_of(parse_bytes("\x01" + std::string(1000, 'z')));
  EXPECT_LT(message.size(), 150u);
  EXPECT_THAT(message, HasSubstr("\"?zzz"));
}

TEST(Quantity, FormatsInTheShortestUnit) {
  EXPECT_EQ(format_bytes(0), "0B");
  EXPECT_EQ(format_bytes(4096), "4KiB");
  EXPECT_EQ(format_bytes(32u << 20), "32MiB");
  EXPECT_EQ(format_bytes(1536), "1536B");
  EXPECT_EQ(format_bytes(4097), "4097B");
  EXPECT_EQ(format_hertz(16'670'000), "16.67MHz");
  EXPECT_EQ(format_hertz(16'666'667), "16666667Hz");
  EXPECT_EQ(format_time(10'000'000), "10us");
  EXPECT_EQ(format_time(1'500), "1.5ns");
}

/// Numbers of every magnitude, many of them round.
rc::Gen<uint64_t> any_quantity() {
  return rc::gen::apply(
      [](uint64_t bits, int shift, uint64_t factor) { return (bits >> shift) * factor; },
      rc::gen::arbitrary<uint64_t>(), rc::gen::inRange(0, 64),
      rc::gen::element<uint64_t>(1, 1000, 1024, 1u << 20, 1'000'000'000));
}

RC_GTEST_PROP(QuantityProperty, ParseUndoesFormat, ()) {
  const uint64_t value = *any_quantity();
  RC_ASSERT(value_of(parse_bytes(format_bytes(value))) == value);
  RC_ASSERT(value_of(parse_hertz(format_hertz(value))) == value);
  RC_ASSERT(value_of(parse_time(format_time(value))) == value);
  RC_ASSERT(value_of(parse_number(fmt::format("{}", value))) == value);
  RC_ASSERT(value_of(parse_number(fmt::format("{:#x}", value))) == value);
}

RC_GTEST_PROP(QuantityProperty, AnyTextGivesAValueOrAMessage, (const std::string& text)) {
  for (const auto& result :
       {parse_number(text), parse_bytes(text), parse_hertz(text), parse_time(text)}) {
    // Parentheses: the macro's own || would evaluate both sides.
    RC_ASSERT((result || !result.error().message.empty()));
  }
}

}  // namespace
}  // namespace exosim
