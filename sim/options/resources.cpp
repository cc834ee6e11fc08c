// Looking through a short list of folders.
#include "sim/options/resources.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

#include "sim/base/nearest.hpp"

namespace exosim {

namespace fs = std::filesystem;

namespace {

std::string_view folder_name(ResourceKind kind) {
  switch (kind) {
    case ResourceKind::kConfig:
      return "configs";
    case ResourceKind::kSuite:
      return "suites";
    case ResourceKind::kReport:
      return "report";
    case ResourceKind::kKernel:
      break;
  }
  return "guest";
}

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

/// Names of the files in the folders that end as `name` does, sorted.
std::vector<std::string> file_names(const std::vector<fs::path>& places, const fs::path& name) {
  std::vector<std::string> names;
  for (const fs::path& place : places) {
    std::error_code ignored;
    for (fs::directory_iterator it(place, ignored), end; it != end; it.increment(ignored)) {
      if (it->path().extension() == name.extension()) {
        names.push_back(it->path().filename().string());
      }
    }
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace

Result<fs::path> executable_folder() {
  std::error_code code;
  const fs::path program = fs::read_symlink("/proc/self/exe", code);
  if (code) return Error{"/proc/self/exe", code.message()};
  return program.parent_path();
}

std::vector<fs::path> resource_folders(ResourceKind kind, const fs::path& program) {
  const std::string_view folder = folder_name(kind);
  std::vector<fs::path> places = {program, program / ".." / folder,
                                  program / "../share/exosim" / folder};
  for (fs::path& place : places) place = place.lexically_normal();
  return places;
}

Result<fs::path> find_resource(ResourceKind kind, const std::string& name,
                               const fs::path& program) {
  std::error_code ignored;
  if (name.find('/') != name.npos || fs::exists(name, ignored)) return fs::path(name);
  const std::vector<fs::path> places = resource_folders(kind, program);
  for (const fs::path& place : places) {
    if (is_file(place / name)) return place / name;
  }
  std::string tried = ".";
  for (const fs::path& place : places) tried += ", " + place.string();
  std::vector<fs::path> with_current = places;
  with_current.emplace_back(".");
  const std::optional<std::string> nearest = nearest_name(name, file_names(with_current, name));
  return Error{name, fmt::format("not found in {}{}", tried,
                                 nearest ? fmt::format("; did you mean \"{}\"?", *nearest) : "")};
}

}  // namespace exosim
