// See source_files.hpp.
#include "sim/observe/explain/source_files.hpp"

#include <algorithm>
#include <filesystem>

#include "sim/base/file.hpp"

namespace exosim {
namespace {

constexpr uint64_t kMaxSourceBytes = 4 << 20;

bool leads_out(const std::filesystem::path& path) {
  return path.is_absolute() || std::ranges::find(path, "..") != path.end();
}

std::string cleaned(std::string line) {
  for (char& letter : line)
    if (static_cast<unsigned char>(letter) < ' ' || letter == '\x7f') letter = ' ';
  const size_t begin = line.find_first_not_of(' ');
  if (begin == line.npos) return {};
  return line.substr(begin, line.find_last_not_of(' ') + 1 - begin);
}

std::vector<std::string> split(const std::vector<std::byte>& bytes) {
  std::vector<std::string> lines(1);
  for (const std::byte byte : bytes) {
    const char letter = static_cast<char>(byte);
    if (letter == '\n')
      lines.emplace_back();
    else
      lines.back() += letter;
  }
  return lines;
}

}  // namespace

std::string SourceFiles::line(const SourceLine& place) {
  const std::vector<std::string>& lines = lines_of(place.file);
  if (place.line == 0 || place.line > lines.size()) return {};
  return cleaned(lines[place.line - 1]);
}

const std::vector<std::string>& SourceFiles::lines_of(const std::string& file) {
  const auto [at, added] = files_.try_emplace(file);
  if (!added || leads_out(file)) return at->second;
  const auto bytes = read_file(std::filesystem::path(folder_) / file, kMaxSourceBytes);
  if (bytes) at->second = split(*bytes);
  return at->second;
}

}  // namespace exosim
