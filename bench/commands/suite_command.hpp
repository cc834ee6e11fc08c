// What the commands that take a suite have in common.
#pragma once

#include <filesystem>
#include <vector>

#include "bench/options/command_line.hpp"
#include "bench/suite/places.hpp"
#include "bench/suite/point.hpp"
#include "bench/suite/suite.hpp"
#include "sim/base/result.hpp"

namespace exosim::bench {

inline constexpr OptionRow kExosimOption{"exosim", "FILE",
                                         "simulator to run (default: the one beside this program)"};
inline constexpr OptionRow kGuestDirOption{
    "guest-dir", "DIR", "folder of the guest images (default: found beside this program)"};

inline constexpr OptionRow kOnlyOption{
    "only", "WORDS",
    "the points that have all of these words, as in \"hello dec3100 cold\"; or those of another "
    "choice, behind a comma (default: all points)"};

/// A suite with all that it names.
struct LoadedSuite {
  std::filesystem::path path;
  Suite suite;
  std::vector<Point> points;
};

/// The suite that is the command line's only argument: a file as given, or one found beside the
/// program. Looks at the options above.
Result<LoadedSuite> load_suite(const CommandLine& line);

}  // namespace exosim::bench
