// The text of source lines, as the debug information of images names them.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace exosim::bench {

/// Without the blanks around it.
std::string_view trimmed(std::string_view text);

/// Reads each file once. Names that are not absolute are seen from a root folder.
class SourceTexts {
 public:
  explicit SourceTexts(std::filesystem::path root) : root_(std::move(root)) {}

  std::filesystem::path path_of(const std::string& file) const { return root_ / file; }
  /// The line with this id that is nearest to `near`; 0 if the file has none.
  unsigned find(const std::string& file, const std::string& id, unsigned near);
  /// Trimmed; empty if there is no such file or line. Lines count from 1.
  std::string line(const std::string& file, unsigned number);
  /// Four hexadecimal digits of a trimmed text.
  static std::string id_of(std::string_view text);

 private:
  const std::vector<std::string>& lines_of(const std::string& file);

  std::filesystem::path root_;
  std::map<std::string, std::vector<std::string>> files_;
  std::map<std::string, std::multimap<std::string, unsigned>> ids_;  // by file, of its lines
};

}  // namespace exosim::bench
