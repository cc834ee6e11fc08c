// Cycles by cause in short: "e58i12", for the many functions of expected.json.
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

}  // namespace exosim::bench
