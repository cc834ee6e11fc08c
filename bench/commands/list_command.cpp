// exosim-bench list: what a suite would run, or which suites there are.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "bench/commands/command.hpp"
#include "bench/commands/suite_command.hpp"
#include "sim/options/resources.hpp"

namespace exosim::bench {
namespace {

namespace fs = std::filesystem;

constexpr OptionRow kOptions[] = {kOnlyOption, kExosimOption, kGuestDirOption};

constexpr std::string_view kDetails =
    "With a suite: each point, the key of its result, and the command that runs it. Without: the\n"
    "suites that come with the program, which can be named without their folder.\n";

std::vector<fs::path> suite_files(const fs::path& program) {
  std::vector<fs::path> files;
  for (const fs::path& folder : resource_folders(ResourceKind::kSuite, program)) {
    std::error_code ignored;
    for (fs::directory_iterator it(folder, ignored), end; it != end; it.increment(ignored))
      if (it->path().extension() == ".yaml") files.push_back(it->path());
  }
  std::ranges::sort(files);
  return files;
}

Result<int> list_suites() {
  const auto program = executable_folder();
  if (!program) return program.error();
  for (const fs::path& path : suite_files(*program)) {
    const auto suite = read_suite(path);
    fmt::print("{}  {}\n", path.filename().string(),
               suite ? suite->description : "(cannot be read: " + suite.error().text() + ")");
  }
  return kAllAsExpected;
}

Result<int> list(const CommandLine& line) {
  if (line.arguments.empty()) return list_suites();
  const auto suite = load_suite(line);
  if (!suite) return suite.error();
  for (const Point& point : suite->points)
    fmt::print("{}  {}\n  {}\n", point.label(), point.key, shell_line(point.command));
  return kAllAsExpected;
}

}  // namespace

const Command kListCommand = {"list",
                              "[SUITE.yaml] [options]",
                              "Prints what a suite runs, or which suites there are",
                              kDetails,
                              kOptions,
                              list};

}  // namespace exosim::bench
