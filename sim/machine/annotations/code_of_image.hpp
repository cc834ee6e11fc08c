// An image's functions, found by the names and patterns of annotations, and how they are left.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/machine/loader/image.hpp"

namespace exosim {

/// `*` stands for any letters, `?` for one.
bool fits_pattern(std::string_view name, std::string_view pattern);

/// A symbol of executable memory and what it covers.
struct CodeSymbol {
  uint32_t begin;  // virtual
  uint32_t end;
  std::array<std::string, 3> names;  // as function_names() has them; the last two without ".cold"
  std::string whole;                 // with parameters, without "[clone]", ".cold"
  bool is_part = false;              // split off from a function: NAME.cold, NAME.part.0
  bool is_cold = false;              // which its function jumps to and not calls
};

/// Its names and words. The image must outlive it.
class CodeOfImage {
 public:
  explicit CodeOfImage(const Image& image);

  /// What a name (as find_functions() takes them) or a pattern means. The error has no place and
  /// names the nearest.
  Result<std::vector<const CodeSymbol*>> find(const std::string& wanted) const;
  /// The address that "SYMBOL" or "SYMBOL+OFFSET" means: of an instruction, one past the last if
  /// `or_end`, or of any word if not `of_code`. The error has no place.
  Result<uint32_t> address_of(const std::string& place, bool of_code, bool or_end) const;
  /// Where a function is left: each `jr $ra` and each jump to a place outside, in it and in the
  /// cold parts that belong to it. The error has no place.
  Result<std::vector<uint32_t>> exits_of(const CodeSymbol& function) const;

  const Image& image() const { return image_; }

 private:
  std::optional<uint32_t> word_at(uint32_t virt) const;
  std::vector<const CodeSymbol*> parts_of(const CodeSymbol& function) const;
  Error unknown(const std::string& wanted, const char* what) const;
  Result<uint32_t> symbol_address(const std::string& name) const;

  const Image& image_;
  std::vector<CodeSymbol> symbols_;  // as the image has them
};

}  // namespace exosim
