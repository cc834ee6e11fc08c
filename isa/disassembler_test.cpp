// The disassembler's text, of chosen words and against objdump for every row.
#include "isa/disassembler.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "isa/decoder.hpp"
#include "isa/encoder.hpp"
#include "isa/testing/random_words.hpp"

namespace exosim::isa {
namespace {

constexpr uint32_t kBase = 0x80001000;
constexpr const char* kObjdump = "mipsel-linux-gnu-objdump";

TEST(Disassembler, PrintsOperandsInAssemblyOrder) {
  EXPECT_EQ(disassemble(encode<"addu">(2, 4, 5), kBase), "addu\tv0,a0,a1");
  EXPECT_EQ(disassemble(encode<"lw">(4, -4, 29), kBase), "lw\ta0,-4(sp)");
  EXPECT_EQ(disassemble(encode<"andi">(4, 4, 0xff00), kBase), "andi\ta0,a0,0xff00");
  EXPECT_EQ(disassemble(encode<"mtc0">(26, 13), kBase), "mtc0\tk0,c0_cause");
  EXPECT_EQ(disassemble(encode<"div">(4, 5), kBase), "div\tzero,a0,a1");
  EXPECT_EQ(disassemble(encode<"rfe">(), kBase), "rfe");
  EXPECT_EQ(disassemble(encode<"div.d">(4, 0, 2), kBase), "div.d\t$f4,$f0,$f2");
  EXPECT_EQ(disassemble(encode<"c.ngle.s">(30, 28), kBase), "c.ngle.s\t$f30,$f28");
  EXPECT_EQ(disassemble(encode<"ctc1">(2, 31), kBase), "ctc1\tv0,c1_fcsr");
}

TEST(Disassembler, PrintsTargetsAsAddresses) {
  EXPECT_EQ(disassemble(encode<"beq">(4, 0, -8), kBase), "beq\ta0,zero,0x80000ffc");
  EXPECT_EQ(disassemble(encode<"j">(0x2000), kBase), "j\t0x80002000");
}

TEST(Disassembler, TakesTheJumpRegionFromTheDelaySlot) {
  EXPECT_EQ(disassemble(encode<"j">(0x2000), 0x8ffffffc), "j\t0x90002000");
}

TEST(Disassembler, AsksForSymbolsOfTargets) {
  const Symbolizer symbols = [](uint32_t address) {
    return address == 0x80000ffc ? "main+0x10" : std::string{};
  };
  EXPECT_EQ(disassemble(encode<"bne">(4, 0, -8), kBase, symbols),
            "bne\ta0,zero,0x80000ffc <main+0x10>");
  EXPECT_EQ(disassemble(encode<"bne">(4, 0, -12), kBase, symbols), "bne\ta0,zero,0x80000ff8");
}

TEST(Disassembler, PrintsReservedWordsAsData) {
  EXPECT_EQ(disassemble({0x0000000f}, kBase), ".word\t0xf");
  EXPECT_EQ(disassemble({0xffffffff}, kBase), ".word\t0xffffffff");
}

/// Why objdump's text of a canonical word may differ from ours; empty if it may not.
std::string objdump_exception(Word word) {
  const std::string name = kInsnInfo[decode(word)].name;
  if ((name == "sub" || name == "subu") && word.rs() == 0)
    return "printed as neg or negu even without aliases";
  return {};
}

bool have_objdump() {
  return std::system((std::string(kObjdump) + " --version > /dev/null 2>&1").c_str()) == 0;
}

std::string output_of(const std::string& command) {
  std::string output;
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  char buffer[4096];
  while (pipe && std::fgets(buffer, sizeof buffer, pipe.get())) output += buffer;
  return output;
}

/// Objdump's text of each word, of which the first is at kBase.
std::vector<std::string> objdump(const std::vector<Word>& words) {
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  const std::string path = testing::TempDir() + "exosim_disassembler_" + test->name() + ".bin";
  std::ofstream file(path, std::ios::binary);
  for (const Word word : words)
    for (int shift = 0; shift < 32; shift += 8) file.put(static_cast<char>(word.bits >> shift));
  file.close();
  std::ostringstream command;
  command << kObjdump << " -D -z -b binary -m mips:3000 -EL -M no-aliases --adjust-vma=0x"
          << std::hex << kBase << " '" << path << "'";
  std::istringstream lines(output_of(command.str()));
  std::vector<std::string> texts;
  // "80001000:\t00851021 \taddu\tv0,a0,a1"
  for (std::string line; std::getline(lines, line);) {
    const size_t word = line.find(":\t");
    if (word == line.npos) continue;
    const size_t text = line.find('\t', word + 2);
    if (text != line.npos) texts.push_back(line.substr(text + 1));
  }
  std::remove(path.c_str());
  return texts;
}

void expect_objdump_agrees(const std::vector<Word>& words) {
  const std::vector<std::string> texts = objdump(words);
  ASSERT_EQ(texts.size(), words.size());
  for (size_t i = 0; i < words.size(); ++i) {
    const auto address = static_cast<uint32_t>(kBase + 4 * i);
    EXPECT_EQ(disassemble(words[i], address), texts[i]) << std::hex << words[i].bits;
  }
}

TEST(Disassembler, AgreesWithObjdumpOnEveryRow) {
  ASSERT_TRUE(have_objdump()) << kObjdump << " is missing: binutils-mipsel-linux-gnu";
  std::mt19937 random(5);
  std::vector<Word> words;
  for (const InsnInfo& insn : kInsnInfo)
    for (int i = 0; i < 300; ++i) {
      const Word word = random_canonical_word(insn, random);
      if (objdump_exception(word).empty()) words.push_back(word);
    }
  expect_objdump_agrees(words);
}

TEST(Disassembler, AgreesWithObjdumpOnEveryRegister) {
  ASSERT_TRUE(have_objdump()) << kObjdump << " is missing: binutils-mipsel-linux-gnu";
  std::vector<Word> words;
  for (const InsnInfo& insn : kInsnInfo)
    for (uint32_t r = 0; r < 32; ++r) {
      const uint32_t fields = operand_bits(insn.form) & ((r << 21) | (r << 16) | (r << 11));
      const Word word{insn.encoding.match | fields};
      if (objdump_exception(word).empty()) words.push_back(word);
    }
  expect_objdump_agrees(words);
}

TEST(Disassembler, AgreesWithObjdumpOnReservedWords) {
  ASSERT_TRUE(have_objdump()) << kObjdump << " is missing: binutils-mipsel-linux-gnu";
  std::vector<Word> words;
  for (uint32_t funct = 0; funct < 64; ++funct) words.push_back({funct});
  // Not 0x1d: objdump takes it for the MIPS16 jump jalx.
  for (uint32_t op = 0x14; op < 0x1d; ++op) words.push_back({op << 26});
  std::erase_if(words, [](Word word) { return decode(word) != kReservedInsn; });
  EXPECT_GT(words.size(), 40u);
  expect_objdump_agrees(words);
}

}  // namespace
}  // namespace exosim::isa
