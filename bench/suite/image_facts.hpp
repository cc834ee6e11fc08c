// What the runner knows of guest images: their bytes' digest, and the operations that they declare.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "bench/suite/point.hpp"
#include "sim/base/result.hpp"
#include "sim/machine/config/yaml_tree.hpp"

namespace exosim::bench {

struct ImageFacts {
  std::string name;  // without folders
  std::filesystem::path path;
  std::string sha256;
  bool bare = false;  // linked in kseg0
  std::set<std::string> operations;

  InputFile input(std::string role) const { return {std::move(role), name, path, sha256}; }
};

/// Reads each image once.
class ImageCatalogue {
 public:
  explicit ImageCatalogue(std::vector<Error>& errors) : errors_(errors) {}

  /// Null if the image is missing or none: then that has been added to the errors, once, with the
  /// place where it was named first.
  const ImageFacts* find(const std::filesystem::path& path, const Place& place);

 private:
  std::vector<Error>& errors_;
  std::map<std::filesystem::path, std::unique_ptr<ImageFacts>> images_;  // null: refused
};

}  // namespace exosim::bench
