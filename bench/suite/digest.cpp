// See digest.hpp.
#include "bench/suite/digest.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <cstdint>
#include <stdexcept>

#include "sim/base/file.hpp"

namespace exosim::bench {

std::string sha256(std::span<const std::byte> bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("OpenSSL gives no SHA-256");
  std::string text;
  for (unsigned i = 0; i < size; ++i) text += fmt::format("{:02x}", digest[i]);
  return text;
}

std::string sha256(std::string_view text) {
  return sha256(std::as_bytes(std::span(text.data(), text.size())));
}

Result<std::string> sha256_of_file(const std::filesystem::path& path) {
  constexpr uint64_t kMaxBytes = uint64_t{4} << 30;
  const auto bytes = read_file(path, kMaxBytes);
  if (!bytes) return bytes.error();
  return sha256(*bytes);
}

}  // namespace exosim::bench
