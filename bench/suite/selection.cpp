// See selection.hpp.
#include "bench/suite/selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "sim/machine/config/messages.hpp"

namespace exosim::bench {
namespace {

using Words = std::vector<std::string>;

Words words_of(const std::string& text) {
  std::istringstream stream(text);
  Words words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::vector<Words> choices_of(std::string_view text) {
  std::vector<Words> choices;
  while (!text.empty()) {
    const size_t length = std::min(text.size(), text.find(','));
    choices.push_back(words_of(std::string(text.substr(0, length))));
    text.remove_prefix(std::min(text.size(), length + 1));
  }
  return choices;
}

bool is_of(const Words& choice, const Words& label) {
  return std::ranges::all_of(choice, [&label](const std::string& word) {
    return std::ranges::find(label, word) != label.end();
  });
}

}  // namespace

Result<std::vector<Point>> selected(const std::vector<Point>& points, std::string_view choices) {
  const std::vector<Words> wanted = choices_of(choices);
  std::set<std::string> known;
  for (const Point& point : points)
    for (const std::string& word : words_of(point.label())) known.insert(word);
  const Words names(known.begin(), known.end());
  for (const Words& choice : wanted)
    for (const std::string& word : choice)
      if (!known.contains(word)) return Error{{}, unknown_name("word of a point", word, names)};
  std::vector<Point> chosen;
  for (const Point& point : points) {
    const Words label = words_of(point.label());
    if (std::ranges::any_of(wanted, [&label](const Words& choice) {
          return !choice.empty() && is_of(choice, label);
        }))
      chosen.push_back(point);
  }
  if (chosen.empty()) return Error{{}, fmt::format("no point has all words of \"{}\"", choices)};
  return chosen;
}

}  // namespace exosim::bench
