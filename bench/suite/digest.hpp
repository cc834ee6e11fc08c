// What files have in them, as a number to compare: SHA-256.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "sim/base/result.hpp"

namespace exosim::bench {

/// 64 lower-case hexadecimal digits.
std::string sha256(std::span<const std::byte> bytes);
std::string sha256(std::string_view text);
/// The same in base64, as browsers take it.
std::string sha256_base64(std::string_view text);
/// Of a regular file.
Result<std::string> sha256_of_file(const std::filesystem::path& path);

}  // namespace exosim::bench
