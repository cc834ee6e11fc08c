// Annotations become markers of the images, as if the images declared them themselves.
#pragma once

#include <span>
#include <variant>

#include "sim/base/result.hpp"
#include "sim/machine/annotations/annotations.hpp"
#include "sim/machine/loader/image.hpp"

namespace exosim {

/// Before the images are loaded: their ImageInfo gets markers for all that `files` say. Refuses,
/// with all errors found and their places: images that are not there, names and patterns that
/// match nothing or nothing that an earlier rule has left, domains for an image that declares
/// domains itself, a second owner. Then the images are not to be used.
Result<std::monostate> annotate(std::span<const Annotations> files, std::span<Image* const> images);

}  // namespace exosim
