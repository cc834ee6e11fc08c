// See bytes_json.hpp.
#include "bench/results/bytes_json.hpp"

#include <openssl/evp.h>

#include <boost/locale/utf.hpp>

namespace exosim::bench {
namespace {

using nlohmann::ordered_json;

bool is_utf8(std::string_view bytes) {
  namespace utf = boost::locale::utf;
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  while (at != end)
    if (!utf::is_valid_codepoint(utf::utf_traits<char>::decode(at, end))) return false;
  return true;
}

const unsigned char* as_octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string encode(std::string_view bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');  // OpenSSL ends it with a NUL
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), as_octets(bytes),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<size_t>(size));
  return text;
}

Result<std::string> decode(std::string_view text) {
  std::string bytes(3 * (text.size() / 4) + 1, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), as_octets(text),
                                   static_cast<int>(text.size()));
  if (size < 0) return Error{{}, "no base64"};
  const size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  bytes.resize(static_cast<size_t>(size) - padding);
  return bytes;
}

}  // namespace

ordered_json bytes_to_json(std::string_view bytes) {
  if (is_utf8(bytes)) return {{"encoding", "utf-8"}, {"data", std::string(bytes)}};
  return {{"encoding", "base64"}, {"data", encode(bytes)}};
}

Result<std::string> bytes_from_json(const ordered_json& json) {
  if (!json.is_object() || !json.contains("data") || !json["data"].is_string())
    return Error{{}, "no bytes"};
  const auto& text = json["data"].get_ref<const std::string&>();
  const std::string encoding = json.value("encoding", ordered_json()).dump();
  if (encoding == "\"utf-8\"") return text;
  if (encoding == "\"base64\"") return decode(text);
  return Error{{}, "unknown encoding"};
}

}  // namespace exosim::bench
