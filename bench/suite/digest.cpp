// See digest.hpp.
#include "bench/suite/digest.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <cstdint>
#include <stdexcept>

#include "sim/base/file.hpp"

namespace exosim::bench {

namespace {

constexpr size_t kDigestBytes = 32;
using Digest = std::array<unsigned char, kDigestBytes>;

Digest digest_of(std::span<const std::byte> bytes) {
  Digest digest{};
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("OpenSSL gives no SHA-256");
  return digest;
}

}  // namespace

std::string sha256(std::span<const std::byte> bytes) {
  std::string text;
  for (const unsigned char byte : digest_of(bytes)) text += fmt::format("{:02x}", byte);
  return text;
}

std::string sha256_base64(std::string_view text) {
  const Digest digest = digest_of(std::as_bytes(std::span(text.data(), text.size())));
  std::string base64(4 * ((kDigestBytes + 2) / 3) + 1, '\0');  // OpenSSL ends it with a NUL
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(base64.data()), digest.data(), kDigestBytes);
  base64.pop_back();
  return base64;
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
