// --folded: stacks with their cycles, one a line, for flame graphs. docs/profiles.md
#pragma once

#include "sim/observe/profile/profile.hpp"
#include "sim/observe/text_file.hpp"

namespace exosim {

/// "domain;owner;function;function 1234", sorted. Writes the whole file; what fails is kept in
/// `file`. No host data: same run, same bytes.
void write_folded(const Profile& profile, TextFile& file);

}  // namespace exosim
