// The table of keys as a page of documentation.
#pragma once

#include <string>

#include "sim/machine/config/keys.hpp"

namespace exosim {

/// docs/configuration.md: the rules of a file, every key, the keys of every device type.
std::string config_markdown(const PartsCatalogue& parts = {});

}  // namespace exosim
