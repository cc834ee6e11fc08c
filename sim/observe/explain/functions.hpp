// Functions of the loaded images, found by the names that people give them.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/observe/code_map.hpp"

namespace exosim {

/// A function of one image. Of an image that was loaded several times: of the first.
struct Function {
  const ImageInfo* image;
  const Symbol* symbol;
  uint32_t begin;  // virtual, of whole words
  uint32_t end;
};

/// The functions that `wanted` names: as the symbol table has it ("ns::run(int)", or mangled),
/// without parameters ("ns::run"; unnamed namespaces may be left out) or without namespaces
/// ("run"), the first of these ways in which one matches; several if they share the name.
/// "image.elf:run" is one of that image. Refuses a name that is unknown, with the nearest one, or
/// that several images have.
Result<std::vector<Function>> find_functions(const CodeMap& code, const std::string& wanted);

/// The ways to name a function, the fullest first: with parameters, without, without namespaces.
std::array<std::string, 3> function_names(const Symbol& symbol);

/// "ns::run" of "ns::(anonymous namespace)::run(int) [clone .part.0]".
std::string name_without_parameters(const std::string& name);

}  // namespace exosim
