// By the C++ library, within measure.
#include "sim/observe/demangle.hpp"

#include <cxxabi.h>

#include <cstdlib>
#include <cstring>
#include <memory>

namespace exosim {
namespace {

// Each back reference of a mangled name can repeat all before it, so that the demangled name grows
// exponentially with their number; two double it.
constexpr size_t kMaxBackReferences = 24;

size_t back_references(const std::string& symbol) {
  size_t count = 0;
  for (size_t at = 0; at < symbol.size(); ++at) {
    if (symbol[at] != 'S' && symbol[at] != 'T') continue;
    const size_t end = symbol.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", at + 1);
    if (end != std::string::npos && symbol[end] == '_') ++count;
  }
  return count;
}

}  // namespace

std::string demangle(const std::string& symbol) {
  if (!symbol.starts_with("_Z") || back_references(symbol) > kMaxBackReferences) return symbol;
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> text(
      abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status), &std::free);
  if (status != 0 || text == nullptr) return symbol;
  return {text.get(), strnlen(text.get(), kMaxNameBytes)};
}

}  // namespace exosim
