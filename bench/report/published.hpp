// Figures of others, to stand beside ours (workloads/primitives/published.yaml shows the form).
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/result.hpp"

namespace exosim::bench {

/// As it was printed, and how we know of it.
struct PublishedFigure {
  std::string microseconds;  // digits as published: "1.6"
  std::string mark;          // "H"; kMarks says what it means
};

struct PublishedOperation {
  std::string title;      // what the source calls it
  std::string operation;  // ours
  double share = 1;       // how many of the published operation one of ours is
  std::map<std::string, PublishedFigure, std::less<>> by_machine;
};

struct Mark {
  std::string_view letter;
  std::string_view meaning;
};

/// Where figures are from.
inline constexpr Mark kMarks[] = {
    {"R", "read in a source"},
    {"H", "reported from memory of the paper, high confidence"},
    {"M", "reported from memory of the paper, medium confidence"},
    {"D", "derived by arithmetic"},
    {"?", "does not fit its neighbours, probably misremembered"},
};

/// The Error names file, line and column of all that is wrong.
Result<std::vector<PublishedOperation>> parse_published(std::string_view text,
                                                        const std::string& source);
Result<std::vector<PublishedOperation>> read_published(const std::filesystem::path& path);

}  // namespace exosim::bench
