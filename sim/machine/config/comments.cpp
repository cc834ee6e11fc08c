// Line by line; indentation tells what stands in what, as in YAML's block style.
#include "sim/machine/config/comments.hpp"

#include <algorithm>
#include <boost/algorithm/string/trim.hpp>

namespace exosim {

namespace {

/// Where the comment begins: at a '#' that is outside quotes and follows a blank, or nothing.
size_t find_hash(std::string_view text) {
  constexpr std::string_view kBeforeToken = " \t[{,:";
  char quote = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char before = i == 0 ? ' ' : text[i - 1];
    if (quote != 0) {
      const bool doubled = quote == '\'' && text.substr(i, 2) == "''";  // a quote in a quoted text
      if (doubled || (quote == '"' && text[i] == '\\')) {
        ++i;
      } else if (text[i] == quote) {
        quote = 0;
      }
    } else if ((text[i] == '"' || text[i] == '\'') && kBeforeToken.find(before) != text.npos) {
      quote = text[i];
    } else if (text[i] == '#' && (before == ' ' || before == '\t')) {
      return i;
    }
  }
  return text.npos;
}

void add_words(std::string& text, const std::string& more) {
  if (!text.empty() && !more.empty()) text += ' ';
  text += more;
}

}  // namespace

Comments::Comments(std::string_view text) {
  while (!text.empty()) {
    const size_t end = std::min(text.size(), text.find('\n'));
    lines_.push_back(parse(text.substr(0, end)));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
}

Comments::Line Comments::parse(std::string_view text) {
  Line line;
  line.hash = find_hash(text);
  const size_t first = text.find_first_not_of(" \t\r");
  if (first != line.hash) line.indentation = first;
  if (line.hash != kNone) {
    line.comment = boost::trim_copy(std::string(text.substr(line.hash + 1)));
  }
  return line;
}

std::string Comments::of(unsigned line) const {
  if (line == 0 || line > lines_.size()) return {};
  for (size_t index = line - 1; index != kNone; index = parent(index)) {
    if (std::string said = own(index); !said.empty()) return said;
  }
  return {};
}

std::string Comments::own(size_t index) const {
  const Line& line = lines_[index];
  size_t first = index;
  while (first > 0 && lines_[first - 1].is_comment() &&
         lines_[first - 1].hash == line.indentation) {
    --first;
  }
  std::string said;
  for (size_t i = first; i < index; ++i) add_words(said, lines_[i].comment);
  if (line.hash == kNone) return said;
  add_words(said, line.comment);
  for (size_t i = index + 1;
       i < lines_.size() && lines_[i].is_comment() && lines_[i].hash == line.hash; ++i) {
    add_words(said, lines_[i].comment);
  }
  return said;
}

size_t Comments::parent(size_t index) const {
  const size_t inner = lines_[index].indentation;
  while (index > 0) {
    const size_t outer = lines_[--index].indentation;
    if (outer != kNone && outer < inner) return index;
  }
  return kNone;
}

}  // namespace exosim
