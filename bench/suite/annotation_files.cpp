// See annotation_files.hpp.
#include "bench/suite/annotation_files.hpp"

#include <algorithm>
#include <utility>

#include "bench/suite/digest.hpp"
#include "sim/machine/annotations/annotations.hpp"

namespace exosim::bench {

bool AnnotationFile::applies_to(const std::set<std::string>& images) const {
  return std::ranges::all_of(operations,
                             [&images](const auto& each) { return images.contains(each.first); });
}

const AnnotationFile* AnnotationCatalogue::find(const std::filesystem::path& path,
                                                const Place& place) {
  const auto [entry, is_new] = files_.try_emplace(path);
  if (!is_new) return entry->second.get();
  const auto annotations = read_annotations(path);
  const auto digest = sha256_of_file(path);
  if (!annotations || !digest) {
    errors_.push_back(
        {place.text(), annotations ? digest.error().text() : annotations.error().text()});
    return nullptr;
  }
  AnnotationFile file{{"annotations", path.filename().string(), path, *digest}, {}};
  for (const ImageAnnotations& image : annotations->images) {
    auto& operations = file.operations[image.image.text];
    for (const AnnotatedOperation& operation : image.operations)
      operations.insert(operation.name.text);
  }
  entry->second = std::make_unique<AnnotationFile>(std::move(file));
  return entry->second.get();
}

}  // namespace exosim::bench
