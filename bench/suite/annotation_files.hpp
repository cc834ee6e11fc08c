// What the runner knows of annotation files (docs/annotations.md): their bytes' digest, and which
// operations they declare of which images.
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

struct AnnotationFile {
  InputFile input;
  std::map<std::string, std::set<std::string>> operations;  // by image; also of those without any

  /// True if all images that it is about are among these.
  bool applies_to(const std::set<std::string>& images) const;
};

/// Reads each file once.
class AnnotationCatalogue {
 public:
  explicit AnnotationCatalogue(std::vector<Error>& errors) : errors_(errors) {}

  /// Null if the file is missing or wrong: then that has been added to the errors, once, with the
  /// place where it was named first.
  const AnnotationFile* find(const std::filesystem::path& path, const Place& place);

 private:
  std::vector<Error>& errors_;
  std::map<std::filesystem::path, std::unique_ptr<AnnotationFile>> files_;  // null: refused
};

}  // namespace exosim::bench
