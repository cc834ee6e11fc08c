// The names that people give functions.
#include "sim/observe/explain/functions.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/observe/testing/steps.hpp"

namespace exosim {
namespace {

using testing::add_program;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::kKernelCode;
using testing::kUserCode;

CodeMap two_programs() {
  CodeMap code;
  add_program(code, "aegis.elf", kKernelCode, 0, {},
              {{kKernelCode, 0x40, "_start"},
               {kKernelCode + 0x40, 0x20, "aegis::(anonymous namespace)::run(aegis::Slot&)"},
               {kKernelCode + 0x60, 0x20, "aegis::page_take(unsigned int, short) [clone .part.0]"},
               {kKernelCode + 0x2000, 0x20, "aegis::table"}});
  add_program(code, "app.elf", kUserCode, 0x10000, {},
              {{kUserCode, 0, "_start"},
               {kUserCode, 0, "entry"},
               {kUserCode + 0x18, 0x10, "print(char)"},
               {kUserCode + 0x28, 0x10, "print(char const*)"},
               {kUserCode + 0x38, 0x10, "void exos::fill<exos::Page>(exos::Page&)"},
               {kUserCode + 0x48, 0x10, "exos::Heap::operator()(int) const"},
               {kUserCode + 0xff8, 0, "last"}});
  return code;
}

/// "image:address+size" of each, or what was refused.
std::vector<std::string> found(const CodeMap& code, const std::string& wanted) {
  const auto functions = find_functions(code, wanted);
  if (!functions) return {functions.error().text()};
  std::vector<std::string> texts;
  for (const Function& function : *functions)
    texts.push_back(fmt::format("{}:{:x}+{:x}", function.image->name, function.begin,
                                function.end - function.begin));
  return texts;
}

TEST(FindFunctions, TakesTheFullNameOrPartsOfIt) {
  const CodeMap code = two_programs();
  for (const char* name : {"aegis::(anonymous namespace)::run(aegis::Slot&)", "aegis::run", "run",
                           "aegis.elf:run", "aegis.elf:aegis::run"})
    EXPECT_THAT(found(code, name), ElementsAre("aegis.elf:80000040+20")) << name;
  EXPECT_THAT(found(code, "page_take"), ElementsAre("aegis.elf:80000060+20"));
  EXPECT_THAT(found(code, "fill<exos::Page>"), ElementsAre("app.elf:400038+10"));
  EXPECT_THAT(found(code, "exos::Heap::operator()"), ElementsAre("app.elf:400048+10"));
}

TEST(FindFunctions, TakesTheMangledNameThatALinkMapShows) {
  const CodeMap code = two_programs();
  EXPECT_THAT(found(code, "_Z5printPKc"), ElementsAre("app.elf:400028+10"));
  EXPECT_THAT(found(code, "app.elf:_Z5printc"), ElementsAre("app.elf:400018+10"));
  EXPECT_THAT(found(code, "_ZN5aegis12_GLOBAL__N_13runERNS_4SlotE"),
              ElementsAre("aegis.elf:80000040+20"));
  EXPECT_THAT(found(code, "_Z5printd"), ElementsAre(HasSubstr("no function \"print(double)\" in")));
}

TEST(FindFunctions, OverloadsShareTheirName) {
  const CodeMap code = two_programs();
  EXPECT_THAT(found(code, "print"), ElementsAre("app.elf:400018+10", "app.elf:400028+10"));
  EXPECT_THAT(found(code, "print(char)"), ElementsAre("app.elf:400018+10"));
}

TEST(FindFunctions, UnknownSizeReachesToTheNextSymbolOrTheEndOfTheCode) {
  const CodeMap code = two_programs();
  EXPECT_THAT(found(code, "entry"), ElementsAre("app.elf:400000+18"));
  EXPECT_THAT(found(code, "last"), ElementsAre("app.elf:400ff8+8"));
}

TEST(FindFunctions, CopiesOfAProgramAreOne) {
  CodeMap code = two_programs();
  add_program(code, "app.elf", kUserCode, 0x20000, {}, {{kUserCode, 0x18, "_start"}});
  EXPECT_THAT(found(code, "app.elf:_start"), ElementsAre("app.elf:400000+18"));
}

TEST(FindFunctions, RefusesWhatIsUnknownOrInSeveralImages) {
  const CodeMap code = two_programs();
  EXPECT_THAT(found(code, "_start"),
              ElementsAre("--explain: \"_start\" is in aegis.elf and in app.elf; say which, as in "
                          "aegis.elf:_start"));
  EXPECT_THAT(found(code, "pirnt"), ElementsAre("--explain: no function \"pirnt\" in aegis.elf, "
                                                "app.elf; did you mean \"print\"?"));
  EXPECT_THAT(found(code, "app.elf:run"), ElementsAre("--explain: no function \"run\" in app.elf"));
  EXPECT_THAT(found(code, "ap.elf:run"), ElementsAre(HasSubstr("no image \"ap.elf\"")));
  EXPECT_THAT(found(code, "table"), ElementsAre(HasSubstr("no function")));  // data
  EXPECT_THAT(found(code, ""), ElementsAre(HasSubstr("no function")));
}

TEST(FindFunctions, NamesMayBeMalformed) {
  for (const char* name : {"", ")", "(", "()", "a)", "(a", "a(b))", "a::", "f((", "> <",
                           "(anonymous namespace)::x", "operator<(A, B)", "x [clone "}) {
    CodeMap code;
    add_program(code, "odd.elf", kUserCode, 0x10000, {}, {{kUserCode, 8, name}});
    EXPECT_THAT(found(code, "odd.elf:" + std::string(name)), ElementsAre("odd.elf:400000+8"))
        << name;
  }
}

}  // namespace
}  // namespace exosim
