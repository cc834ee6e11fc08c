// See config_files.hpp.
#include "sim/machine/config/config_files.hpp"

#include <vector>

#include "sim/base/file.hpp"
#include "sim/machine/config/yaml_tree.hpp"

namespace exosim {

Result<std::string> read_config_file(const std::filesystem::path& path) {
  const Result<std::vector<std::byte>> bytes = read_file(path, kMaxYamlBytes);
  if (!bytes) return Error{{}, bytes.error().message};
  return std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size());
}

}  // namespace exosim
