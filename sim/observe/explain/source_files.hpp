// The text of source lines, where the source is at hand.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/observe/code_map.hpp"

namespace exosim {

/// Reads files below a folder, each once. Debug information is the guest's: a path that would lead
/// out of the folder is not followed, and what is no regular file is not read.
class SourceFiles {
 public:
  /// `folder` empty: the current one.
  explicit SourceFiles(std::string folder = {}) : folder_(std::move(folder)) {}

  /// Without the spaces around it and without control characters; empty if there is none.
  std::string line(const SourceLine& place);

 private:
  const std::vector<std::string>& lines_of(const std::string& file);

  std::string folder_;
  std::map<std::string, std::vector<std::string>> files_;
};

}  // namespace exosim
