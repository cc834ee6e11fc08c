// The C++ names of symbols.
#pragma once

#include <cstddef>
#include <string>

namespace exosim {

/// A few bytes of a hostile file may stand for many long names: names are cut here.
inline constexpr size_t kMaxNameBytes = 1024;

/// The C++ name, or `symbol` itself if it is none or would expand without measure.
std::string demangle(const std::string& symbol);

}  // namespace exosim
