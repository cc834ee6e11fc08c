// See image_facts.hpp.
#include "bench/suite/image_facts.hpp"

#include <utility>

#include "bench/suite/digest.hpp"
#include "sim/machine/loader/image.hpp"

namespace exosim::bench {
namespace {

ImageFacts facts_of(const Image& image, const std::filesystem::path& path) {
  ImageFacts facts{image.name, path, sha256(image.file), image.is_bare(), {}};
  for (const Marker& marker : image.info.markers)
    if (marker.begins_operation()) facts.operations.insert(marker.name);
  return facts;
}

}  // namespace

const ImageFacts* ImageCatalogue::find(const std::filesystem::path& path, const Place& place) {
  const auto [entry, is_new] = images_.try_emplace(path);
  if (is_new) {
    if (const auto image = load_image(path))
      entry->second = std::make_unique<ImageFacts>(facts_of(*image, path));
    else
      errors_.push_back({place.text(), image.error().text()});
  }
  return entry->second.get();
}

}  // namespace exosim::bench
