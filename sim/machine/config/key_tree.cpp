// Grouping by path.
#include "sim/machine/config/key_tree.hpp"

#include <algorithm>
#include <boost/algorithm/string/split.hpp>

namespace exosim {

KeyTree key_tree(std::span<const Key> keys) {
  KeyTree root;
  for (const Key& key : keys) {
    std::vector<std::string> names;
    boost::split(names, key.path, [](char c) { return c == '.'; });
    KeyTree* node = &root;
    for (const std::string& name : names) {
      auto child = std::ranges::find(node->children, name, &KeyTree::name);
      if (child == node->children.end()) {
        child = node->children.emplace(child);
        child->name = name;
      }
      node = &*child;
    }
    node->key = &key;
  }
  return root;
}

}  // namespace exosim
