// The folder that a suite's results lie in: suite.json, points/KEY.json, results.sqlite.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "bench/results/point_result.hpp"
#include "bench/suite/point.hpp"
#include "sim/base/result.hpp"

namespace exosim::bench {

/// Files are written whole: under another name, which is then changed.
class ResultsFolder {
 public:
  /// Makes the folder if there is none. Refuses one that has other files in it, and one that
  /// another process has open for writing: it is locked as long as this object lives.
  static Result<ResultsFolder> create(const std::filesystem::path& path);

  /// The result of a point; nullopt if there is none, or it is not whole.
  std::optional<PointResult> read(const Point& point) const;
  Result<std::monostate> write(const Point& point, const PointResult& result) const;
  Result<std::monostate> write_suite(const std::string& text) const;

  /// Puts a file that was made in scratch() into the folder.
  Result<std::monostate> move_in(const std::filesystem::path& draft) const;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path point_file(const Point& point) const;
  /// A folder for what runs leave behind until they have ended. Removed with this object.
  std::filesystem::path scratch() const { return path_ / "running"; }

 private:
  struct Lock;
  ResultsFolder(std::filesystem::path path, std::shared_ptr<Lock> lock)
      : path_(std::move(path)), lock_(std::move(lock)) {}
  Result<std::monostate> replace(const std::filesystem::path& path, const std::string& text) const;

  std::filesystem::path path_;
  std::shared_ptr<Lock> lock_;
};

}  // namespace exosim::bench
