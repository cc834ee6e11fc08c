// See suite_command.hpp.
#include "bench/commands/suite_command.hpp"

#include <utility>

#include "bench/suite/points.hpp"
#include "bench/suite/selection.hpp"
#include "sim/options/resources.hpp"

namespace exosim::bench {

Result<LoadedSuite> load_suite(const CommandLine& line) {
  if (line.arguments.size() != 1)
    return Error{{},
                 line.arguments.empty() ? "no suite given; exosim-bench list shows some"
                                        : "one suite at a time"};
  const auto places = find_places(line.value("exosim"), line.value("guest-dir"));
  if (!places) return places.error();
  auto path = find_resource(ResourceKind::kSuite, line.arguments.front(), places->program);
  if (!path) return path.error();
  auto suite = read_suite(*path);
  if (!suite) return suite.error();
  auto points = points_of(*suite, *path, *places);
  if (!points) return points.error();
  if (const auto only = line.value(kOnlyOption.long_name())) {
    points = selected(*points, *only);
    if (!points) return Error{"--only", points.error().text()};
  }
  return LoadedSuite{std::move(*path), std::move(*suite), std::move(*points)};
}

}  // namespace exosim::bench
