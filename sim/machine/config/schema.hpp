// The table of keys as a JSON Schema (draft-07, the newest that YAML editors follow).
#pragma once

#include <string>

#include "sim/machine/config/keys.hpp"

namespace exosim {

/// The schema of one configuration file, as JSON text that ends with a newline.
///
/// It refuses nothing that load_config() accepts. What it cannot say, so that load_config() alone
/// refuses it: duplicate keys, tags and the bounds of yaml_tree.hpp; the range, step and wholeness
/// of quantities with units; spellings of numbers other than decimal and 0x; what depends on
/// another file (a device that is inherited, its type); devices that overlap.
std::string config_schema(const PartsCatalogue& parts = {});

}  // namespace exosim
