// A file being written: buffered, and no error is lost.
#pragma once

#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>

#include "sim/base/file.hpp"
#include "sim/base/result.hpp"

namespace exosim {

/// After the first failed write (a full disk) further writes do nothing; close() reports it.
class TextFile {
 public:
  /// Truncates an existing file.
  static Result<TextFile> create(const std::filesystem::path& path);

  void write(std::string_view text);
  /// True once a write has failed.
  bool failed() const { return error_ != 0; }
  /// Writes what is left and closes the file; to be called once, at the end.
  Result<std::monostate> close();

 private:
  TextFile(std::FILE* file, std::string path) : file_(file), path_(std::move(path)) {}
  void note_error();

  FileHandle file_;
  std::string path_;
  int error_ = 0;  // errno of the first failure
};

}  // namespace exosim
