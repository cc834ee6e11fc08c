// libFuzzer target for the ELF loader. It needs no corpus: an input that is no ELF header yet is
// replaced by one of the test's own sample files, and damage is aimed at headers half of the time.
#include <cstdint>
#include <cstdlib>

#include "sim/machine/loader/testing/mutate.hpp"

using exosim::Random;
using exosim::testing::Bytes;

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t max_size);

namespace {

Bytes seed_file(unsigned seed) {
  return seed % 2 == 0 ? exosim::testing::application_sample().build()
                       : exosim::testing::bare_sample().build();
}

size_t copy_out(const Bytes& file, uint8_t* data, size_t max_size) {
  const size_t size = std::min(file.size(), max_size);
  std::memcpy(data, file.data(), size);
  return size;
}

}  // namespace

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size,
                                          unsigned seed) {
  if (size < sizeof(Elf32_Ehdr)) return copy_out(seed_file(seed), data, max_size);
  if (seed % 2 == 0) return LLVMFuzzerMutate(data, size, max_size);
  const auto* bytes = reinterpret_cast<const std::byte*>(data);
  Bytes file(bytes, bytes + size);
  Random random(seed);
  exosim::testing::mutate_header(file, random);
  return copy_out(file, data, max_size);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto* bytes = reinterpret_cast<const std::byte*>(data);
  bool accepted = false;
  if (exosim::testing::load_damaged(Bytes(bytes, bytes + size), accepted)) std::abort();
  return 0;
}
