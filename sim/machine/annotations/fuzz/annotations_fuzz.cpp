// libFuzzer target: any bytes as a file of annotations. Build with EXOSIM_FUZZ=ON and clang++, run
// as annotations_fuzz sim/machine/annotations/fuzz/corpus.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "sim/machine/annotations/fuzz/one_file.hpp"

// The name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string broken =
      exosim::broken_promise(std::string(reinterpret_cast<const char*>(data), size));
  if (!broken.empty()) {
    std::fprintf(stderr, "%s\n", broken.c_str());
    std::abort();
  }
  return 0;
}
