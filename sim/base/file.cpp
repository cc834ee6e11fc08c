// See file.hpp.
#include "sim/base/file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <string>
#include <system_error>

#include "sim/base/nearest.hpp"

namespace exosim {

namespace fs = std::filesystem;

namespace {

Error cannot_read(const fs::path& path, int error) {
  return {path.string(), "cannot be read: " + std::generic_category().message(error)};
}

Error missing_file(const fs::path& path) {
  std::error_code ignored;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  if (!fs::is_directory(folder, ignored))
    return {path.string(), fmt::format("no such file: there is no folder {}", folder.string())};
  std::vector<std::string> names;
  for (fs::directory_iterator it(folder, ignored), end; it != end; it.increment(ignored)) {
    if (it->path().extension() == path.extension()) names.push_back(it->path().filename().string());
  }
  std::ranges::sort(names);
  const std::optional<std::string> nearest = nearest_name(path.filename().string(), names);
  return {path.string(),
          nearest ? fmt::format("no such file; did you mean \"{}\"?", *nearest) : "no such file"};
}

}  // namespace

Result<FileHandle> open_input(const fs::path& path) {
  std::error_code code;
  const fs::file_status status = fs::status(path, code);
  if (status.type() == fs::file_type::not_found) return missing_file(path);
  if (code) return cannot_read(path, code.value());
  if (fs::is_directory(status)) return Error{path.string(), "is a folder, expected a file"};
  FileHandle file(std::fopen(path.c_str(), "rb"));
  if (!file) return cannot_read(path, errno);
  return file;
}

Result<std::vector<std::byte>> read_file(const fs::path& path, uint64_t max_bytes) {
  std::error_code code;
  const fs::file_status status = fs::status(path, code);
  if (fs::exists(status) && !fs::is_directory(status) && !fs::is_regular_file(status))
    return Error{path.string(), "is not a regular file"};
  const Result<FileHandle> file = open_input(path);
  if (!file) return file.error();
  const uintmax_t size = fs::file_size(path, code);
  if (code) return cannot_read(path, code.value());
  if (size > max_bytes)
    return Error{path.string(), fmt::format("has {} bytes, expected at most {}", size, max_bytes)};
  std::vector<std::byte> bytes(size);
  bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file->get()));
  if (std::ferror(file->get()) != 0) return cannot_read(path, errno);
  return bytes;
}

Result<std::monostate> check_writable(const fs::path& path) {
  if (!FileHandle(std::fopen(path.c_str(), "ab"))) return cannot_write(path, errno);
  return std::monostate{};
}

Result<std::monostate> write_file(const fs::path& path, std::span<const std::byte> bytes) {
  FileHandle file(std::fopen(path.c_str(), "wb"));
  if (!file) return cannot_write(path, errno);
  const bool is_written = std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size();
  if (!is_written || std::fclose(file.release()) != 0)
    return cannot_write(path, errno == 0 ? EIO : errno);
  return std::monostate{};
}

Error cannot_write(const fs::path& path, int error) {
  if (error == ENOENT) {
    return {path.string(), "cannot be written: there is no folder " + path.parent_path().string()};
  }
  return {path.string(), "cannot be written: " + std::generic_category().message(error)};
}

}  // namespace exosim
