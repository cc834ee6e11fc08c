// libFuzzer target: any bytes as a suite. Build with EXOSIM_FUZZ=ON and clang++, run as
// suite_fuzz bench/suite/fuzz/corpus.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "bench/suite/fuzz/one_suite.hpp"

// The name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string broken =
      exosim::bench::broken_promise(std::string(reinterpret_cast<const char*>(data), size));
  if (!broken.empty()) {
    std::fprintf(stderr, "%s\n", broken.c_str());
    std::abort();
  }
  return 0;
}
