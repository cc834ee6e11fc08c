// See results_folder.hpp.
#include "bench/results/results_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <span>
#include <system_error>

#include "sim/base/file.hpp"

namespace exosim::bench {

namespace fs = std::filesystem;

/// Held by the process; the file itself stays, as removing it would let two processes have it.
struct ResultsFolder::Lock {
  int file;
  fs::path scratch;

  Lock(int opened, fs::path folder) : file(opened), scratch(std::move(folder)) {}
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  ~Lock() {
    std::error_code ignored;
    fs::remove_all(scratch, ignored);
    close(file);
  }
};

namespace {

constexpr const char* kLock = ".lock";
constexpr uint64_t kMaxResultBytes = uint64_t{1} << 30;

/// Whether there is nothing in it, or results.
bool may_be_used(const fs::path& path) {
  std::error_code ignored;
  return fs::is_empty(path, ignored) || fs::exists(path / kLock, ignored) ||
         fs::exists(path / "suite.json", ignored);
}

Result<std::monostate> change_name(const fs::path& from, const fs::path& to) {
  std::error_code code;
  fs::rename(from, to, code);
  if (code) return cannot_write(to, code.value());
  return std::monostate{};
}

Error cannot_make(const fs::path& path, const std::error_code& code) {
  return {path.string(), "cannot be made a folder of results: " + code.message()};
}

}  // namespace

Result<ResultsFolder> ResultsFolder::create(const fs::path& path) {
  std::error_code code;
  fs::create_directories(path, code);
  if (code) return cannot_make(path, code);
  if (!may_be_used(path))
    return Error{path.string(), "has other files in it and no suite.json; name a new folder"};
  const int file = open((path / kLock).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0) return cannot_make(path, {errno, std::generic_category()});
  auto lock = std::make_shared<Lock>(file, path / "running");
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    lock->scratch.clear();  // it is the other's
    return Error{path.string(), "another exosim-bench is writing to it"};
  }
  fs::remove_all(lock->scratch, code);  // of one that was killed
  for (const fs::path& folder : {path / "points", lock->scratch})
    if (fs::create_directories(folder, code); code) return cannot_make(path, code);
  return ResultsFolder(path, lock);
}

std::optional<PointResult> ResultsFolder::read(const Point& point) const {
  const auto bytes = read_file(point_file(point), kMaxResultBytes);
  if (!bytes) return std::nullopt;
  auto result = parse_result(
      std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size()), point.key);
  if (!result) return std::nullopt;
  return std::move(*result);
}

Result<std::monostate> ResultsFolder::write(const Point& point, const PointResult& result) const {
  return replace(point_file(point), result_text(point, result));
}

Result<std::monostate> ResultsFolder::move_in(const fs::path& draft) const {
  return change_name(draft, path_ / draft.filename());
}

Result<std::monostate> ResultsFolder::write_suite(const std::string& text) const {
  return replace(path_ / "suite.json", text);
}

fs::path ResultsFolder::point_file(const Point& point) const {
  return path_ / "points" / (point.key + ".json");
}

Result<std::monostate> ResultsFolder::replace(const fs::path& path, const std::string& text) const {
  const fs::path draft = scratch() / path.filename();
  const auto written = write_file(draft, std::as_bytes(std::span(text.data(), text.size())));
  if (!written) return written;
  return change_name(draft, path);
}

}  // namespace exosim::bench
