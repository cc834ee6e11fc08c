// Every instruction in one domain.
#include "sim/observe/ledger/domain_map.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/observe/testing/steps.hpp"

namespace exosim {
namespace {

using testing::add_program;
using ::testing::HasSubstr;
using testing::kKernelCode;
using testing::kUserCode;
using testing::not_fetched;
using testing::step_at;
using testing::with_exception;
using Kind = Marker::Kind;

constexpr uint32_t kAppPhys = 0x10000;

Retired kernel(uint32_t offset) { return step_at(kKernelCode + offset, offset); }
Retired user(uint32_t offset) { return step_at(kUserCode + offset, kAppPhys + offset, 1); }

Marker at(uint32_t address, Kind kind, const std::string& name) {
  return {.kind = kind, .address = address, .name = name};
}

Domain domain_of(const CodeMap& code, const Retired& retired) {
  const auto domains = DomainMap::create(code);
  EXPECT_TRUE(domains) << domains.error().text();
  return domains->of(retired);
}

/// A kernel without declarations and an application with these.
CodeMap application_with(std::vector<Marker> markers) {
  CodeMap code;
  add_program(code, "aegis.elf", kKernelCode, 0, {});
  add_program(code, "app.elf", kUserCode, kAppPhys, std::move(markers),
              {{kUserCode + 0x100, 0x40, "pipe_read"}, {kUserCode + 0x200, 0, "label"}});
  return code;
}

TEST(DomainMap, UndeclaredCodeBelongsToItsImage) {
  const CodeMap code = application_with({});
  EXPECT_EQ(domain_of(code, kernel(0)), Domain::kMultiplexing);
  EXPECT_EQ(domain_of(code, user(0)), Domain::kApplication);
}

TEST(DomainMap, BareImageThatRunsAloneIsTheWorkload) {
  CodeMap code;
  add_program(code, "bare.elf", kKernelCode, 0, {});
  EXPECT_EQ(domain_of(code, kernel(0)), Domain::kApplication);
}

TEST(DomainMap, CodeOutsideAllImagesGoesByTheMode) {
  const CodeMap code = application_with({});
  EXPECT_EQ(domain_of(code, step_at(kUserCode, 0x50000)), Domain::kApplication);
  EXPECT_EQ(domain_of(code, step_at(0xbfc00000, 0x1fc00000)), Domain::kMultiplexing);
}

TEST(DomainMap, DeclaredFunctionIsCoveredWhole) {
  const CodeMap code =
      application_with({at(kUserCode + 0x110, Kind::kDomainFunction, "management")});
  EXPECT_EQ(domain_of(code, user(0xfc)), Domain::kApplication);
  EXPECT_EQ(domain_of(code, user(0x100)), Domain::kManagement);
  EXPECT_EQ(domain_of(code, user(0x13c)), Domain::kManagement);
  EXPECT_EQ(domain_of(code, user(0x140)), Domain::kApplication);
}

TEST(DomainMap, InnermostRangeWins) {
  const CodeMap code =
      application_with({at(kUserCode + 0x100, Kind::kDomainBegin, "multiplexing"),
                        at(kUserCode + 0x108, Kind::kDomainBegin, "idle"),
                        at(kUserCode + 0x10c, Kind::kDomainEnd, "idle"),
                        at(kUserCode + 0x120, Kind::kDomainEnd, "multiplexing"),
                        at(kUserCode + 0x100, Kind::kDomainFunction, "protection")});
  EXPECT_EQ(domain_of(code, user(0x100)), Domain::kMultiplexing);
  EXPECT_EQ(domain_of(code, user(0x104)), Domain::kMultiplexing);
  EXPECT_EQ(domain_of(code, user(0x108)), Domain::kIdle);
  EXPECT_EQ(domain_of(code, user(0x10c)), Domain::kMultiplexing);
  EXPECT_EQ(domain_of(code, user(0x120)), Domain::kProtection);
  EXPECT_EQ(domain_of(code, user(0x140)), Domain::kApplication);
}

TEST(DomainMap, OfTwoEqualRangesTheInnerWins) {
  const CodeMap code = application_with({at(kUserCode + 4, Kind::kDomainBegin, "management"),
                                         at(kUserCode + 4, Kind::kDomainBegin, "idle"),
                                         at(kUserCode + 8, Kind::kDomainEnd, "idle"),
                                         at(kUserCode + 8, Kind::kDomainEnd, "management")});
  EXPECT_EQ(domain_of(code, user(4)), Domain::kIdle);
}

TEST(DomainMap, ExceptionEntryIsProtection) {
  const CodeMap code =
      application_with({at(kUserCode + 0x100, Kind::kDomainFunction, "management")});
  EXPECT_EQ(domain_of(code, with_exception(user(0x100), EXC_TLBL, true)), Domain::kProtection);
  EXPECT_EQ(domain_of(code, not_fetched(kUserCode + 0x100, EXC_INT)), Domain::kProtection);
}

std::string refusal(std::vector<Marker> markers) {
  const auto domains = DomainMap::create(application_with(std::move(markers)));
  return domains ? "" : domains.error().text();
}

TEST(DomainMap, RefusesMarkersThatMakeNoSense) {
  EXPECT_THAT(refusal({at(kUserCode + 0x100, Kind::kDomainFunction, "protectoin")}),
              HasSubstr("app.elf: domain marker \"protectoin\" at 0x00400100: unknown domain, "
                        "expected protection, multiplexing, management, application, idle"));
  EXPECT_THAT(refusal({at(kUserCode, Kind::kDomainFunction, "idle")}),
              HasSubstr("is not inside a function"));
  EXPECT_THAT(refusal({at(kUserCode + 0x100, Kind::kDomainFunction, "idle"),
                       at(kUserCode + 0x104, Kind::kDomainFunction, "management")}),
              HasSubstr("the function pipe_read is also declared \"idle\""));
  EXPECT_THAT(refusal({at(kUserCode, Kind::kDomainBegin, "idle")}),
              HasSubstr("begins but never ends"));
  EXPECT_THAT(refusal({at(kUserCode, Kind::kDomainEnd, "idle")}),
              HasSubstr("ends but is not the last that began"));
  EXPECT_THAT(refusal({at(kUserCode, Kind::kDomainBegin, "idle"),
                       at(kUserCode, Kind::kDomainEnd, "management")}),
              HasSubstr("ends but is not the last that began"));
  EXPECT_THAT(refusal({at(kUserCode + 8, Kind::kDomainBegin, "idle"),
                       at(kUserCode, Kind::kDomainEnd, "idle")}),
              HasSubstr("ends before it begins, at 0x00400008"));
}

TEST(DomainMap, ManyNestedRangesTakeLittleTime) {
  std::vector<Marker> markers;
  constexpr uint32_t kDepth = 200'000;
  for (uint32_t level = 0; level < kDepth; ++level)
    markers.push_back(at(kUserCode, Kind::kDomainBegin, "idle"));
  for (uint32_t level = 0; level < kDepth; ++level)
    markers.push_back(at(kUserCode + 0x1000, Kind::kDomainEnd, "idle"));
  EXPECT_EQ(domain_of(application_with(std::move(markers)), user(0)), Domain::kIdle);
}

}  // namespace
}  // namespace exosim
