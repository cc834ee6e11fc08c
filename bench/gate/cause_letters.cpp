// See cause_letters.hpp.
#include "bench/gate/cause_letters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "sim/observe/cycle_causes.hpp"

namespace exosim::bench {
namespace {

/// As kCycleCauseNames: execute, instruction_cache, micro_tlb, data_cache, uncached, partial_store,
/// write_buffer, bus_contention, multiply_divide, float, exception.
constexpr std::string_view kLetters = "eimdupwbxft";
static_assert(kLetters.size() == kCycleCauses);

}  // namespace

const CauseLetters& CauseLetters::standard() {
  static const CauseLetters kAll = [] {
    CauseLetters all;
    for (size_t cause = 0; cause < kCycleCauses; ++cause)
      all.add(kLetters[cause], std::string(kCycleCauseNames[cause]));
    return all;
  }();
  return kAll;
}

void CauseLetters::add(char letter, const std::string& cause) {
  causes_[letter] = cause;
  letters_[cause] = letter;
}

std::string CauseLetters::encode(const CauseCycles& causes) const {
  std::string text;
  for (const auto& [letter, cause] : causes_)
    if (const auto found = causes.find(cause); found != causes.end())
      text += fmt::format("{}{}", letter, found->second);
  return text.empty() ? "0" : text;
}

CauseCycles CauseLetters::decode(std::string_view text) const {
  constexpr int64_t kMost = 1'000'000'000'000'000;  // so that sums cannot overflow
  CauseCycles causes;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    const auto cause = causes_.find(*at++);
    int64_t cycles = 0;
    const auto [stop, status] = std::from_chars(at, end, cycles);
    if (status == std::errc()) at = stop;
    if (cause != causes_.end() && status == std::errc() && cycles > 0)
      causes[cause->second] = std::min(cycles, kMost);
  }
  return causes;
}

std::string lines_text(const std::vector<LineFigures>& lines, const CauseLetters& letters) {
  std::string text;
  for (const LineFigures& line : lines)
    text += fmt::format("{}{}={}", text.empty() ? "" : " ", line.id, letters.encode(line.causes));
  return text;
}

std::vector<LineFigures> lines_from_text(std::string_view text, const CauseLetters& letters) {
  std::vector<LineFigures> lines;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    const size_t middle = word.find('=');
    if (middle != word.npos && middle != 0)
      lines.push_back({.id = std::string(word.substr(0, middle)),
                       .causes = letters.decode(word.substr(middle + 1))});
    text.remove_prefix(std::min(text.size(), word.size() + 1));
  }
  return lines;
}

}  // namespace exosim::bench
