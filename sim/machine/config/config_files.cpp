// Reading one configuration file, with a message for each way in which that can fail.
#include "sim/machine/config/config_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>
#include <vector>

#include "sim/base/nearest.hpp"
#include "sim/machine/config/messages.hpp"
#include "sim/machine/config/yaml_tree.hpp"

namespace exosim {

namespace fs = std::filesystem;

namespace {

Error missing_file(const fs::path& path) {
  std::vector<std::string> names;
  std::error_code ignored;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  for (fs::directory_iterator it(folder, ignored), end; it != end; it.increment(ignored)) {
    if (it->path().extension() == ".yaml") names.push_back(it->path().filename().string());
  }
  std::ranges::sort(names);
  const std::optional<std::string> nearest = nearest_name(path.filename().string(), names);
  return {{},
          nearest ? fmt::format("no such file; did you mean {}?", shown_text(*nearest))
                  : "no such file"};
}

}  // namespace

Result<std::string> read_config_file(const fs::path& path) {
  std::error_code code;
  const fs::file_status status = fs::status(path, code);
  if (status.type() == fs::file_type::not_found) return missing_file(path);
  if (code) return Error{{}, code.message()};
  if (fs::is_directory(status)) return Error{{}, "a folder, not a file"};
  if (!fs::is_regular_file(status)) return Error{{}, "not a regular file"};

  std::ifstream stream(path, std::ios::binary);
  if (!stream) return Error{{}, "cannot be opened for reading"};
  std::string text(kMaxYamlBytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (stream.bad()) return Error{{}, "cannot be read"};
  text.resize(static_cast<size_t>(stream.gcount()));
  if (text.size() > kMaxYamlBytes) {
    return Error{{}, fmt::format("longer than {} bytes", kMaxYamlBytes)};
  }
  return text;
}

}  // namespace exosim
