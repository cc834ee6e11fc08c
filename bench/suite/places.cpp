// See places.hpp.
#include "bench/suite/places.hpp"

#include <unistd.h>

#include <system_error>

#include "sim/options/resources.hpp"

namespace exosim::bench {

namespace fs = std::filesystem;

namespace {

/// The folder that has images; if none does, the one of a build tree, which messages then name.
fs::path guest_folder(const fs::path& program) {
  const auto folders = resource_folders(ResourceKind::kKernel, program);
  for (const fs::path& folder : {folders[1], folders[2]}) {
    std::error_code ignored;
    if (fs::is_directory(folder, ignored)) return folder;
  }
  return folders[1];
}

}  // namespace

Result<Places> find_places(const std::optional<std::string>& exosim,
                           const std::optional<std::string>& guest) {
  auto program = executable_folder();
  if (!program) return program.error();
  const Places places{*program, exosim ? fs::path(*exosim) : *program / "exosim",
                      guest ? fs::path(*guest) : guest_folder(*program)};
  std::error_code ignored;
  if (guest && !fs::is_directory(places.guest, ignored))
    return Error{"--guest-dir", *guest + ": no such folder"};
  const std::string where = exosim ? "--exosim" : "exosim";
  if (!fs::is_regular_file(places.exosim, ignored))
    return Error{where, places.exosim.string() + ": no such file"};
  if (access(places.exosim.c_str(), X_OK) != 0)
    return Error{where, places.exosim.string() + ": is no program that may be run"};
  return places;
}

std::string shown_path(const fs::path& path) {
  std::error_code code;
  const fs::path here = fs::current_path(code);
  const fs::path whole = (code ? path : here / path).lexically_normal();
  fs::path shown = code ? whole : whole.lexically_proximate(here);
  if (*shown.begin() == "..") shown = whole;
  // A bare name would be looked up elsewhere, or be an option.
  return shown.has_parent_path() ? shown.string() : "./" + shown.string();
}

}  // namespace exosim::bench
