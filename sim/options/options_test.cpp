// The command line: what is parsed, every message, and the help.
#include "sim/options/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "sim/options/option_table.hpp"

namespace exosim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Result<Options> parse(const std::vector<const char*>& args) { return parse_options(args); }

std::string refusal(const std::vector<const char*>& args) {
  const Result<Options> options = parse(args);
  return options ? "" : options.error().text();
}

TEST(Options, HaveDefaults) {
  const Result<Options> options = parse({"a.elf"});
  ASSERT_TRUE(options) << options.error().text();
  EXPECT_EQ(options->action, Action::kRun);
  EXPECT_THAT(options->images, ElementsAre("a.elf"));
  EXPECT_EQ(options->config, "r3000.yaml");
  EXPECT_EQ(options->kernel, std::nullopt);
  EXPECT_TRUE(options->sets.empty());
  EXPECT_EQ(options->max_cycles, kNever);
  EXPECT_EQ(options->max_instructions, ~uint64_t{0});
  EXPECT_EQ(options->stats, "");
  EXPECT_EQ(options->trace, "");
  EXPECT_EQ(options->input, "");
  EXPECT_EQ(options->trace_from, Cycles{0});
  EXPECT_EQ(options->trace_to, kNever);
  EXPECT_EQ(options->log_level, "warn");
  EXPECT_FALSE(options->quiet);
}

TEST(Options, AreAllRead) {
  const std::vector<const char*> machine = {"--config", "m.yaml",  "--kernel=k.elf", "--set",
                                            "a=1",      "one.elf", "--set=b=x=y"};
  const std::vector<const char*> run = {
      "--max-cycles", "10M", "--max-instructions", "5k", "--input", "-", "two.elf"};
  const std::vector<const char*> output = {"--stats", "s.json",      "--trace", "t.txt",
                                           "--quiet", "--trace-to",  "2G",      "--trace-from",
                                           "100",     "--log-level", "debug"};
  std::vector<const char*> args = machine;
  args.insert(args.end(), run.begin(), run.end());
  args.insert(args.end(), output.begin(), output.end());
  const Result<Options> options = parse(args);
  ASSERT_TRUE(options) << options.error().text();
  EXPECT_EQ(options->config, "m.yaml");
  EXPECT_EQ(options->kernel, "k.elf");
  EXPECT_THAT(options->sets, ElementsAre("a=1", "b=x=y"));
  EXPECT_EQ(options->max_cycles, Cycles{10'000'000});
  EXPECT_EQ(options->max_instructions, 5000u);
  EXPECT_EQ(options->stats, "s.json");
  EXPECT_EQ(options->trace, "t.txt");
  EXPECT_EQ(options->trace_from, Cycles{100});
  EXPECT_EQ(options->trace_to, Cycles{2'000'000'000});
  EXPECT_EQ(options->log_level, "debug");
  EXPECT_EQ(options->input, "-");
  EXPECT_TRUE(options->quiet);
  EXPECT_THAT(options->images, ElementsAre("one.elf", "two.elf"));
}

TEST(Options, EndAtTwoDashes) {
  const Result<Options> options = parse({"--", "--help", "-x.elf"});
  ASSERT_TRUE(options) << options.error().text();
  EXPECT_THAT(options->images, ElementsAre("--help", "-x.elf"));
}

TEST(Options, InformationNeedsNoImage) {
  const std::vector<std::pair<const char*, Action>> actions = {
      {"--help", Action::kHelp},
      {"-h", Action::kHelp},
      {"--version", Action::kVersion},
      {"--print-config", Action::kPrintConfig},
      {"--print-schema", Action::kPrintSchema},
      {"--list-devices", Action::kListDevices},
      {"--list-guest-bugs", Action::kListGuestBugs},
      {"--list-stats", Action::kListStats},
      {"--explain-exit", Action::kExplainExit}};
  for (const auto& [option, action] : actions) {
    const Result<Options> options = parse({option});
    ASSERT_TRUE(options) << options.error().text();
    EXPECT_EQ(options->action, action) << option;
    EXPECT_EQ(options->format, DocFormat::kText);
  }
}

TEST(Options, CountersAndIntervalsNeedAFile) {
  EXPECT_EQ(refusal({"--counters", "a.elf"}),
            "--counters: needs --stats FILE, where they are written");
  EXPECT_EQ(refusal({"--stats-every", "1k", "a.elf"}),
            "--stats-every: needs --stats FILE, where they are written");
  EXPECT_EQ(refusal({"--stats", "s", "--stats-every", "0", "a.elf"}),
            "--stats-every: a limit is at least 1");
  const Result<Options> options = parse({"--stats", "s", "--stats-every", "1k", "a.elf"});
  ASSERT_TRUE(options) << options.error().text();
  EXPECT_EQ(options->stats_every, 1000u);
  EXPECT_FALSE(options->counters);
}

TEST(Options, AnnotationsAreNotOverwritten) {
  EXPECT_EQ(refusal({"--annotations", "a.yaml", "--stats", "./a.yaml", "a.elf"}),
            "--stats: would overwrite the input \"a.yaml\"");
  const Result<Options> options = parse({"--annotations", "a", "--annotations", "b", "a.elf"});
  ASSERT_TRUE(options) << options.error().text();
  EXPECT_THAT(options->annotations, ElementsAre("a", "b"));
}

TEST(Options, DocumentsComeAsMarkdownToo) {
  const Result<Options> options = parse({"--explain-exit=markdown"});
  ASSERT_TRUE(options) << options.error().text();
  EXPECT_EQ(options->format, DocFormat::kMarkdown);
  EXPECT_EQ(refusal({"--list-devices=html"}),
            "--list-devices: unknown format \"html\" (one of: text, markdown)");
}

TEST(Options, HelpNeedsNothingElseToBeRight) {
  const Result<Options> options = parse({"--help", "--trace-from", "5"});
  ASSERT_TRUE(options) << options.error().text();
  EXPECT_EQ(options->action, Action::kHelp);
}

TEST(Options, RefuseWhatIsUnknownAndNameTheNearest) {
  EXPECT_EQ(refusal({"--confg", "a"}), "--confg: unknown option; did you mean --config?");
  EXPECT_EQ(refusal({"--max-cycle=5"}), "--max-cycle: unknown option; did you mean --max-cycles?");
  EXPECT_EQ(refusal({"--zzzzzz"}), "--zzzzzz: unknown option; exosim --help lists them");
  EXPECT_THAT(refusal({"-q"}), HasSubstr("-q: unknown option"));
  EXPECT_THAT(refusal({"--image", "a.elf"}), HasSubstr("--image: unknown option"));
}

TEST(Options, RefuseAbbreviations) {
  EXPECT_THAT(refusal({"--conf", "a.yaml", "a.elf"}), HasSubstr("--conf: unknown option"));
}

TEST(Options, RefuseMissingAndSuperfluousValues) {
  EXPECT_EQ(refusal({"--config"}), "--config: expected a value: --config FILE");
  EXPECT_EQ(refusal({"--stats=", "a.elf"}), "--stats: expected a value: --stats FILE.json");
  EXPECT_EQ(refusal({"--version=2"}), "--version: takes no value");
  EXPECT_EQ(refusal({"--config", "", "a.elf"}), "--config: expected a file name, got none");
}

TEST(Options, RefuseWhatIsGivenTwice) {
  EXPECT_EQ(refusal({"--config", "a", "--config", "b", "a.elf"}), "--config: given twice");
}

TEST(Options, RefuseRubbishNumbers) {
  const std::string form = "\" is not a whole number (decimal; k, M, G stand for powers of 1000)";
  for (const std::string rubbish : {"x", "1x", "0x10", "-1", "1.5M", "k", "010", "1 000", "1MM"}) {
    const std::string argument = "--max-cycles=" + rubbish;
    EXPECT_EQ(refusal({argument.c_str(), "a.elf"}), "--max-cycles: \"" + rubbish + form);
  }
  EXPECT_EQ(refusal({"--max-cycles", "99999999999999999G", "a.elf"}),
            "--max-cycles: \"99999999999999999G\" does not fit into 64 bits");
  EXPECT_EQ(refusal({"--max-instructions", "99999999999999999999999", "a.elf"}),
            "--max-instructions: \"99999999999999999999999\" does not fit into 64 bits");
  EXPECT_EQ(refusal({"--max-instructions", "0", "a.elf"}),
            "--max-instructions: a limit is at least 1");
}

TEST(Options, RefuseAnUnknownLogLevel) {
  EXPECT_EQ(refusal({"--log-level", "wran", "a.elf"}),
            "--log-level: unknown level \"wran\"; did you mean \"warn\"? (one of: trace, debug, "
            "info, warn, error, off)");
}

TEST(Options, TakeGuestBugsByName) {
  const Result<Options> options = parse({"--stop-on", "rom-write,tlb-shutdown", "a.elf"});
  ASSERT_TRUE(options) << options.error().text();
  EXPECT_EQ(options->stop_on.count(), 2u);
  EXPECT_TRUE(parse({"a.elf"})->stop_on.none());
  EXPECT_TRUE(parse({"--stop-on=all", "a.elf"})->stop_on.all());
  EXPECT_THAT(refusal({"--stop-on", "rom-wriet", "a.elf"}),
              HasSubstr("--stop-on: unknown bug \"rom-wriet\"; did you mean \"rom-write\"?"));
}

TEST(Options, TakeChecksByName) {
  EXPECT_EQ(parse({"--check", "hazards", "a.elf"})->checks.count(), 1u);
  EXPECT_TRUE(parse({"--check=all", "a.elf"})->checks.all());
  EXPECT_THAT(refusal({"--check", "coherense", "a.elf"}),
              HasSubstr("--check: unknown check \"coherense\"; did you mean \"coherence\"?"));
}

TEST(Options, TakeFunctionsBetweenCommas) {
  const Result<Options> options =
      parse({"--explain", "main,f(int, int),T<a, b>::g", "--explain=app.elf:ns::h", "a.elf"});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->explain,
            (std::vector<std::string>{"main", "f(int, int)", "T<a, b>::g", "app.elf:ns::h"}));
  EXPECT_THAT(refusal({"--explain", "main,", "a.elf"}), HasSubstr("expected the name"));
  EXPECT_THAT(refusal({"--explain", "", "a.elf"}), HasSubstr("expected the name"));
  EXPECT_THAT(refusal({"--explain", "f(int", "a.elf"}), HasSubstr("\"f(int\" has an open bracket"));
}

TEST(Options, ColdTakesOperations) {
  const Result<Options> options =
      parse({"--cold", "page free,TLB refill", "--cold=a < b", "a.elf"});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->cold, (std::vector<std::string>{"page free,TLB refill", "a < b"}))
      << "which of the commas are part of a name, only the images say";
}

TEST(Options, TakeParityFaults) {
  const Result<Options> options =
      parse({"--inject-parity", "data:0x8000@100k", "--inject-parity=instruction:4@0", "a.elf"});
  ASSERT_TRUE(options) << options.error().text();
  ASSERT_EQ(options->parity_faults.size(), 2u);
  EXPECT_EQ(options->parity_faults[0].cache, CacheName::kData);
  EXPECT_EQ(options->parity_faults[0].address.value, 0x8000u);
  EXPECT_EQ(options->parity_faults[0].at.count, 100'000u);
  EXPECT_EQ(options->parity_faults[1].cache, CacheName::kInstruction);
  for (const char* bad :
       {"data", "data:1", "dta:1@2", "data@1:2", "data:0x100000000@1", "data:x@1"})
    EXPECT_THAT(refusal({"--inject-parity", bad, "a.elf"}), HasSubstr("CACHE:ADDRESS@CYCLE"))
        << bad;
  EXPECT_THAT(refusal({"--inject-parity", "data:0@x", "a.elf"}), HasSubstr("whole number"));
}

TEST(Options, WatchdogIsAKeyOfTheConfiguration) {
  const Result<Options> options = parse({"--watchdog", "5M", "a.elf"});
  ASSERT_TRUE(options) << options.error().text();
  EXPECT_THAT(options->sets, ::testing::ElementsAre("run.watchdog=5000000"));
  EXPECT_EQ(refusal({"--watchdog", "0", "a.elf"}), "--watchdog: a limit is at least 1");
}

TEST(Options, RefuseAWindowWithoutATrace) {
  EXPECT_EQ(refusal({"--trace-from", "5", "a.elf"}), "--trace-from: needs --trace FILE");
  EXPECT_EQ(refusal({"--trace-to", "5", "a.elf"}), "--trace-to: needs --trace FILE");
  EXPECT_EQ(refusal({"--trace", "t", "--trace-from", "5", "--trace-to", "4", "a.elf"}),
            "--trace-to: 4 is before --trace-from 5");
  EXPECT_EQ(refusal({"--timeline-to", "5", "a.elf"}), "--timeline-to: needs --timeline FILE");
  EXPECT_EQ(refusal({"--timeline", "t", "--timeline-from", "5", "--timeline-to", "4", "a.elf"}),
            "--timeline-to: 4 is before --timeline-from 5");
}

TEST(Options, SourcesBelongToThePrintedConfiguration) {
  for (const auto& args :
       {std::vector{"--print-config", "--sources"}, std::vector{"--sources", "--print-config"}}) {
    const Result<Options> options = parse(args);
    ASSERT_TRUE(options) << options.error().text();
    EXPECT_EQ(options->action, Action::kPrintConfig);
    EXPECT_TRUE(options->sources);
  }
  EXPECT_FALSE(parse({"--print-config"})->sources);
  const std::string message = "--sources: needs --print-config, whose values it explains";
  EXPECT_EQ(refusal({"--sources", "a.elf"}), message);
  EXPECT_EQ(refusal({"--sources"}), message);
  EXPECT_EQ(refusal({"--print-schema", "--sources"}), message);
  EXPECT_EQ(refusal({"--print-config", "--sources=all"}), "--sources: takes no value");
  EXPECT_EQ(refusal({"--samples", "a.elf"}),
            "--samples: needs --stats FILE, where they are written");
  EXPECT_TRUE(parse({"--samples", "--stats", "s.json", "a.elf"})->samples);
}

TEST(Options, RefuseTwoKindsOfInformation) {
  EXPECT_EQ(refusal({"--version", "--print-config"}),
            "--print-config: only one of the options under \"Information\" at a time");
}

TEST(Options, WithoutAnImageShowTheUsage) {
  EXPECT_EQ(refusal({}),
            "no image given\nusage: exosim [options] image.elf [more.elf...]\nexosim --help lists "
            "the options");
  EXPECT_EQ(refusal({""}), "an image's name is empty");
}

TEST(Options, RefuseOutputsThatWouldOverwriteInputs) {
  EXPECT_EQ(refusal({"--stats", "./a.elf", "a.elf"}),
            "--stats: would overwrite the input \"a.elf\"");
  EXPECT_EQ(refusal({"--trace", "m.yaml", "--config", "m.yaml", "a.elf"}),
            "--trace: would overwrite the input \"m.yaml\"");
  EXPECT_EQ(refusal({"--trace", "out", "--stats", "out", "a.elf"}),
            "--trace: writes to the file of --stats");
  EXPECT_EQ(refusal({"--callgrind", "out", "--trace", "out", "a.elf"}),
            "--callgrind: writes to the file of --trace");
}

TEST(Options, TakeADashForStandardOutputInStatsAlone) {
  const Result<Options> options = parse({"--stats", "-", "--input", "-", "a.elf"});
  ASSERT_TRUE(options) << options.error().text();
  EXPECT_EQ(options->stats, "-");
  EXPECT_THAT(refusal({"--trace", "-", "a.elf"}), HasSubstr("--trace: not to standard output"));
  EXPECT_THAT(refusal({"--callgrind", "-", "a.elf"}),
              HasSubstr("--callgrind: not to standard output"));
}

TEST(Options, SeeThroughLinksToAnInput) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(::testing::TempDir()) / "exosim_options";
  fs::create_directories(folder);
  std::ofstream(folder / "a.elf") << "x";
  fs::remove(folder / "link");
  fs::create_symlink("a.elf", folder / "link");
  const std::string link = (folder / "link").string();
  const std::string image = (folder / "a.elf").string();
  EXPECT_THAT(refusal({"--stats", link.c_str(), image.c_str()}), HasSubstr("would overwrite"));
  fs::remove_all(folder);
}

TEST(Help, MentionsEveryOptionWithItsDocumentation) {
  const std::string help = help_text();
  for (const OptionRow& row : option_table()) {
    EXPECT_THAT(help, HasSubstr("--" + std::string(row.name))) << row.name;
    EXPECT_THAT(help, HasSubstr(std::string(row.doc.substr(0, 20)))) << row.name;
    EXPECT_THAT(help, HasSubstr(std::string(row.group) + ":")) << row.name;
  }
  EXPECT_THAT(help, HasSubstr(usage_line()));
}

TEST(Help, FitsIntoAHundredColumns) {
  std::istringstream lines(help_text());
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(line.size(), 100u) << line;
    EXPECT_FALSE(line.ends_with(' ')) << "a text that is too long for its line: " << line;
  }
}

TEST(Version, IsThatOfTheProject) {
  std::ifstream stream(EXOSIM_SOURCE_DIR "/CMakeLists.txt");
  const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  EXPECT_THAT(text, HasSubstr("project(exosim VERSION " + std::string(kVersion) + " "));
}

}  // namespace
}  // namespace exosim
