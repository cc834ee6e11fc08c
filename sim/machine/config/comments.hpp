// The comments of a YAML text, which yaml-cpp drops: in configurations they say where a value comes
// from.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace exosim {

/// What a text says of the values in it.
class Comments {
 public:
  explicit Comments(std::string_view text);

  /// What is said of the value on this line (from 1), in one line of text without '#': the comment
  /// directly above, as far indented, and the one behind it with the lines that continue it in the
  /// same column. If there is none, that of the mapping in which it stands, the innermost first.
  /// Empty if nobody says anything, or there is no such line.
  std::string of(unsigned line) const;

 private:
  static constexpr size_t kNone = ~size_t{0};
  struct Line {
    size_t indentation = kNone;  // of what is not comment; kNone: nothing
    size_t hash = kNone;         // where the comment begins
    std::string comment = {};

    bool is_comment() const { return indentation == kNone && hash != kNone; }
  };
  static Line parse(std::string_view text);
  std::string own(size_t index) const;
  /// The line of the mapping in which this one stands; kNone for the outermost.
  size_t parent(size_t index) const;

  std::vector<Line> lines_;
};

}  // namespace exosim
