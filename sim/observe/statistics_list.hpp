// Every figure of --stats: where it stands in the JSON, its unit, what it is.
#pragma once

#include <string>
#include <vector>

namespace exosim {

/// One figure. A path has `[]` for each element of an array, and CAUSE and DOMAIN where all causes
/// or domains stand that are listed under `causes` and `domains`.
struct Statistic {
  std::string path;
  std::string unit;  // "-" for what is no quantity
  std::string description;
};

/// All, in the order of the JSON.
const std::vector<Statistic>& statistic_list();

/// What --list-stats prints.
std::string statistics_list_text();
std::string statistics_list_markdown();

}  // namespace exosim
