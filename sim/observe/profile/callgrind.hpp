// --callgrind: the profile in the format of Valgrind's Callgrind, for KCachegrind and
// callgrind_annotate. docs/profiles.md
#pragma once

#include "sim/observe/profile/profile.hpp"
#include "sim/observe/text_file.hpp"

namespace exosim {

/// Writes the whole file; what fails is kept in `file`. No host data: same run, same bytes.
void write_callgrind(const Profile& profile, TextFile& file);

}  // namespace exosim
