// From physical addresses to the images whose code lies there: which program is running, which
// function, and which markers it declared. Physical, because several environments may have
// different programs at one virtual address.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/types.hpp"

namespace exosim {

/// A function or object of an image's symbol table.
struct Symbol {
  uint32_t address;  // virtual
  uint32_t size;     // bytes; 0 if the table does not say
  std::string name;  // demangled
};

/// A place in the source.
struct SourceLine {
  std::string file;
  unsigned line = 0;
};

/// Looks up source lines of one image; made by the loader from its debug information.
class LineTable {
 public:
  virtual ~LineTable() = default;
  virtual std::optional<SourceLine> find(uint32_t virt) = 0;
};

/// Where the caller of a function left its registers, as seen from one of the function's
/// instructions.
struct FrameRule {
  uint8_t base = 29;                               // a register: the stack pointer, or s8
  int32_t size = 0;                                // base + size is the caller's stack pointer
  std::array<std::optional<int32_t>, 32> saved{};  // where, from the caller's stack pointer
};

/// Looks up the frames of one image; made by the loader from its debug information.
class FrameTable {
 public:
  virtual ~FrameTable() = default;
  /// Valid before the instruction at `virt` is executed.
  virtual std::optional<FrameRule> find(uint32_t virt) = 0;
};

/// What a marker in the non-loaded section MARKER_SECTION declares (isa/markers.h).
struct Marker {
  enum class Kind : uint8_t {
    kOpBegin = 1,
    kOpEnd,
    kDomainFunction,
    kDomainBegin,
    kDomainEnd,
    kOpBeginCold,
    kPassageBegin,
    kPassageEnd,
    kOwner,
  };
  bool begins_operation() const {
    return kind == Kind::kOpBegin || kind == Kind::kOpBeginCold || kind == Kind::kPassageBegin;
  }
  bool is_of_operation() const {
    return begins_operation() || kind == Kind::kOpEnd || kind == Kind::kPassageEnd;
  }
  bool is_of_domain() const { return !is_of_operation() && kind != Kind::kOwner; }
  /// Of an operation that may begin in one environment and end in another.
  bool is_of_passage() const { return kind == Kind::kPassageBegin || kind == Kind::kPassageEnd; }

  Kind kind;
  uint32_t address;  // virtual: the first instruction after the marker; of kOwner, its word
  std::string name;  // of the operation or the domain; of kOwner, "environment/32"
};

/// What observers need to know of one ELF image.
struct ImageInfo {
  std::string name;                    // file name without folders
  std::vector<Symbol> symbols;         // sorted by address
  std::vector<Marker> markers;         // in section order
  std::shared_ptr<LineTable> lines;    // may be null
  std::shared_ptr<FrameTable> frames;  // may be null

  /// The function that covers the address: the last symbol at or below it whose size, if known,
  /// reaches it. Null if there is none.
  const Symbol* symbol_at(uint32_t virt) const;
  /// Where one of `symbols` ends: by its size, or where the next one begins.
  uint32_t end_of(const Symbol& symbol) const;
};

/// A run of code bytes in physical memory.
struct CodeRange {
  uint32_t phys;
  uint32_t size;  // bytes
  uint32_t virt;  // virtual address of the first byte as linked
  const ImageInfo* image;
};

/// A place in an image.
struct CodePlace {
  const ImageInfo* image;
  uint32_t virt;
};

/// All code that the loader has put into memory. Images are owned here and never move.
class CodeMap {
 public:
  const ImageInfo& add_image(ImageInfo image);
  /// Ranges must not overlap.
  void add_range(CodeRange range);
  std::optional<CodePlace> find(PhysAddr address) const;
  const std::map<uint32_t, CodeRange>& ranges() const { return ranges_; }
  const std::vector<std::unique_ptr<ImageInfo>>& images() const { return images_; }

 private:
  std::vector<std::unique_ptr<ImageInfo>> images_;
  std::map<uint32_t, CodeRange> ranges_;  // by physical address
};

}  // namespace exosim
