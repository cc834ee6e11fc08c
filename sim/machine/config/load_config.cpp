// Reading, merging, checking; and all errors in one message.
#include "sim/machine/config/load_config.hpp"

#include <fmt/format.h>

#include <utility>

#include "sim/machine/config/checker.hpp"
#include "sim/machine/config/inheritance.hpp"

namespace exosim {

namespace {

constexpr size_t kMaxShownErrors = 50;

Error all_in_one(const std::vector<Error>& errors) {
  Error all = errors.front();
  for (size_t i = 1; i < errors.size() && i < kMaxShownErrors; ++i) {
    all.message += '\n' + errors[i].text();
  }
  if (errors.size() > kMaxShownErrors) {
    all.message += fmt::format("\n... and {} more", errors.size() - kMaxShownErrors);
  }
  return all;
}

}  // namespace

Result<LoadedConfig> load_config(const std::filesystem::path& path,
                                 std::span<const std::string> sets) {
  return load_config(path, sets, read_config_file, PartsCatalogue{});
}

Result<LoadedConfig> load_config(const std::filesystem::path& path,
                                 std::span<const std::string> sets, const FileReader& read,
                                 const PartsCatalogue& parts) {
  std::vector<Error> errors;
  const MergedConfig merged = merge_config(path, sets, read, errors);
  LoadedConfig loaded = check_config(merged, parts, errors);
  if (!errors.empty()) return all_in_one(errors);
  return loaded;
}

}  // namespace exosim
