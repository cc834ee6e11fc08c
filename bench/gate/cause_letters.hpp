// Cycles by cause in short: "e58i12", for the many source lines of expected.json.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bench/gate/figures.hpp"

namespace exosim::bench {

/// A letter for each cause, and back.
class CauseLetters {
 public:
  /// All causes that there are.
  static const CauseLetters& standard();

  void add(char letter, const std::string& cause);
  /// "e58i12"; "0" if there is none. A cause without a letter is left out.
  std::string encode(const CauseCycles& causes) const;
  /// What has no meaning is left out.
  CauseCycles decode(std::string_view text) const;
  const std::map<char, std::string>& letters() const { return causes_; }

 private:
  std::map<char, std::string> causes_;
  std::map<std::string, char> letters_;
};

/// "1f00=e58i12 +3=e4": lines in their order.
std::string lines_text(const std::vector<LineFigures>& lines, const CauseLetters& letters);
/// The same back; lines know no place and no text.
std::vector<LineFigures> lines_from_text(std::string_view text, const CauseLetters& letters);

}  // namespace exosim::bench
