// Running a bare image under GXemul, on the machine whose console ours has.
#pragma once

#include <string>

#include "sim/base/result.hpp"

namespace exosim::differential {

/// What the image at `path` prints under `gxemul -E testmips -C R3000` before it powers off,
/// without GXemul's own warnings. An error names what is missing or went wrong.
Result<std::string> printed_by_gxemul(const std::string& path);

}  // namespace exosim::differential
