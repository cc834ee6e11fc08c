// The files that the HTML report is made with: its style, its script, the plotting library.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "sim/base/result.hpp"

namespace exosim::bench {

/// vega, vega-lite and vega-interpreter in one script, deflated (zlib) and in base64: as it is, it
/// would be most of a page.
struct PlotLibrary {
  std::string hash;    // of the script, as a content security policy takes it: "sha256-..."
  std::string packed;  // base64
};

struct PageFiles {
  std::string style;
  std::string script;
  std::optional<PlotLibrary> plots;  // nullopt if the build had none
};

/// Why there are none.
inline constexpr const char* kNoPlots =
    "exosim was built without their library, as npm was not there or could not fetch it "
    "(docs/report.md)";

/// Looks beside the program: as built, and as installed. page.css and page.js have to be there.
/// plots.txt has the library: a line for its hash, a line with it.
Result<PageFiles> find_page_files(const std::filesystem::path& program);

}  // namespace exosim::bench
