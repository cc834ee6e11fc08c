// See source_texts.hpp.
#include "bench/gate/source_texts.hpp"

#include <fstream>

#include "bench/suite/digest.hpp"

namespace exosim::bench {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n\f\v";
  const size_t begin = text.find_first_not_of(kBlanks);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

const std::vector<std::string>& SourceTexts::lines_of(const std::string& file) {
  const auto [entry, is_new] = files_.try_emplace(file);
  std::error_code ignored;
  if (!is_new || !std::filesystem::is_regular_file(root_ / file, ignored)) return entry->second;
  std::ifstream stream(root_ / file, std::ios::binary);
  for (std::string line; std::getline(stream, line);) entry->second.emplace_back(trimmed(line));
  return entry->second;
}

std::string SourceTexts::line(const std::string& file, unsigned number) {
  const auto& lines = lines_of(file);
  return number == 0 || number > lines.size() ? std::string() : lines[number - 1];
}

unsigned SourceTexts::find(const std::string& file, const std::string& id, unsigned near) {
  const auto [entry, is_new] = ids_.try_emplace(file);
  const auto& lines = lines_of(file);
  for (unsigned number = 1; is_new && number <= lines.size(); ++number)
    entry->second.emplace(id_of(lines[number - 1]), number);
  const auto distance = [near](unsigned line) { return line > near ? line - near : near - line; };
  unsigned best = 0;
  const auto [begin, end] = entry->second.equal_range(id);
  for (auto line = begin; line != end; ++line)
    if (best == 0 || distance(line->second) < distance(best)) best = line->second;
  return best;
}

std::string SourceTexts::id_of(std::string_view text) {
  constexpr size_t kDigits = 4;
  return sha256(text).substr(0, kDigits);
}

}  // namespace exosim::bench
