// What both the fuzzer and the bounded run in the unit tests do with one mutated file.
#pragma once

#include <string>

#include "sim/machine/annotations/annotate.hpp"
#include "sim/machine/testing/bare_program.hpp"

namespace exosim {

/// A small kernel with names to find.
inline Image annotated_image() {
  Image image = testing::bare_program(
      "jal 0x80001010\nnop\njr ra\nnop\n"  // kernel_main
      "jr ra\nnop\n"                       // ns::check(int)
      "j 0x80001010\nnop\n"                // tlb_write
      "rfe\nnop\n");                       // leave
  image.name = image.info.name = "kernel.elf";
  image.info.symbols = {{0x80001000, 16, "kernel_main"},
                        {0x80001010, 8, "ns::check(int)"},
                        {0x80001018, 8, "tlb_write"},
                        {0x80001020, 8, "leave"}};
  return image;
}

/// Reads `text` as annotations and puts them to annotated_image(). Empty if both kept their
/// promise: markers inside the image, or errors with a place and a message each. Otherwise what is
/// wrong.
inline std::string broken_promise(const std::string& text) {
  const auto check = [](const Error& error) -> std::string {
    if (error.message.empty()) return "an error without a message";
    return error.where.starts_with("file.yaml") ? "" : "an error without a place";
  };
  const auto annotations = parse_annotations(text, "file.yaml");
  if (!annotations) return check(annotations.error());
  Image image = annotated_image();
  Image* const images[] = {&image};
  const auto done = annotate(std::span(&*annotations, 1), images);
  if (!done) return check(done.error());
  for (const Marker& marker : image.info.markers)
    if (marker.address < 0x80001000 || marker.address > 0x80001028 || marker.name.empty())
      return "a marker outside of the image, or without a name";
  return {};
}

}  // namespace exosim
