// The table's dotted paths as the nested mappings in which they are written.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/machine/config/keys.hpp"

namespace exosim {

/// A mapping (children, in the table's order) or a value (its row).
struct KeyTree {
  std::string name;
  const Key* key = nullptr;
  std::vector<KeyTree> children;
};

/// The keys must outlive the tree.
KeyTree key_tree(std::span<const Key> keys);

}  // namespace exosim
