// See expected_ways.hpp.
#include "bench/gate/expected_ways.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace exosim::bench {
namespace {

constexpr const char* kExecute = "execute";

int64_t executed(const CauseCycles& causes) {
  const auto found = causes.find(kExecute);
  return found == causes.end() ? 0 : found->second;
}

int64_t executed(const std::vector<LineFigures>& lines) {
  int64_t sum = 0;
  for (const LineFigures& line : lines) sum += executed(line.causes);
  return sum;
}

/// "16: 16*1f00,2a31 48*+3": lines that follow one another with the same number share it.
std::string way_text(const FunctionFigures& function) {
  std::string text = fmt::format("{}:", function.calls);
  const LineFigures* last = nullptr;
  for (const LineFigures& line : function.lines) {
    const int64_t number = executed(line.causes);
    if (last && executed(last->causes) == number)
      text += ',' + line.id;
    else
      text += fmt::format(" {}*{}", number, line.id);
    last = &line;
  }
  return text;
}

/// What the lines do not say.
std::string stalls_text(const FunctionFigures& function) {
  CauseCycles causes = function.causes;
  if (executed(causes) == executed(function.lines)) causes.erase(kExecute);
  return causes.empty() ? "" : CauseLetters::standard().encode(causes);
}

/// Up to a separator, which is taken, too.
std::string_view take(std::string_view& text, char separator) {
  const size_t length = std::min(text.size(), text.find(separator));
  const std::string_view part = text.substr(0, length);
  text.remove_prefix(std::min(text.size(), length + 1));
  return part;
}

/// The number that a text begins with is taken; 0 if there is none. Greater ones than any run comes
/// to are cut, so that sums cannot overflow.
int64_t take_number(std::string_view& text) {
  constexpr int64_t kMost = 1'000'000'000'000'000;
  int64_t number = 0;
  const auto [stop, status] = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<size_t>(stop - text.data()));
  if (status == std::errc::result_out_of_range) return kMost;
  return std::clamp<int64_t>(number, 0, kMost);
}

std::vector<LineFigures> lines_from(std::string_view text) {
  std::vector<LineFigures> lines;
  while (!text.empty()) {
    std::string_view group = take(text, ' ');
    const int64_t number = take_number(group);
    if (!group.starts_with('*')) continue;
    group.remove_prefix(1);
    while (!group.empty()) {
      LineFigures line{.id = std::string(take(group, ','))};
      if (number != 0) line.causes[kExecute] = number;
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

}  // namespace

std::vector<std::string> ways_of(const FunctionRuns& runs) {
  std::vector<std::string> ways;
  std::vector<std::string> names;
  for (const auto& [number, function] : runs) {
    const std::string way = way_text(*function);
    const auto found = std::ranges::find(ways, way);
    const std::string name = fmt::format(" {}{}", number, stalls_text(*function));
    if (found == ways.end()) {
      ways.push_back(way);
      names.push_back(name);
    } else {
      names[static_cast<size_t>(found - ways.begin())] += name;
    }
  }
  for (size_t way = 0; way < ways.size(); ++way) ways[way] += " =" + names[way];
  return ways;
}

void add_way(std::string_view way, const FunctionFigures& named, const CauseLetters& letters,
             const std::vector<OperationFigures*>& runs) {
  FunctionFigures function = named;
  function.only_executions = true;
  std::string_view lines = take(way, '=');
  function.calls = static_cast<uint64_t>(take_number(lines));
  take(lines, ':');
  function.lines = lines_from(lines);
  const int64_t sum = executed(function.lines);
  while (!way.empty()) {
    std::string_view run = take(way, ' ');
    if (run.empty()) continue;
    const auto number = static_cast<size_t>(take_number(run));
    function.causes = letters.decode(run);
    if (!function.causes.contains(kExecute) && sum != 0) function.causes[kExecute] = sum;
    if (number < runs.size() && runs[number]) runs[number]->functions.push_back(function);
  }
}

}  // namespace exosim::bench
