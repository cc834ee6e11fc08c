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

}  // namespace exosim::bench
