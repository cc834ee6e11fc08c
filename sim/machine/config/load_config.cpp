// Reading, merging, checking; and all errors in one message.
#include "sim/machine/config/load_config.hpp"

#include "sim/machine/config/checker.hpp"
#include "sim/machine/config/inheritance.hpp"
#include "sim/machine/config/messages.hpp"

namespace exosim {

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
