// Frame buffer with an owner for each tile; registers in isa/devices/framebuffer.h. Whose a tile is
// decides at each access whether it is carried out.
#include "isa/devices/framebuffer.h"

#include <cstddef>
#include <cstring>
#include <string>
#include <vector>

#include "sim/base/file.hpp"
#include "sim/bus/device.hpp"
#include "sim/devices/picture.hpp"

namespace exosim {

namespace {

/// Invariant: a word lies in one tile, since lines and tiles are multiples of 4 wide.
class Framebuffer final : public Device {
 public:
  explicit Framebuffer(const DeviceContext& context)
      : interrupt_(context.interrupt),
        width_(static_cast<uint32_t>(context.params.number("width"))),
        height_(static_cast<uint32_t>(context.params.number("height"))),
        tile_width_(static_cast<uint32_t>(context.params.number("tile_width"))),
        tile_height_(static_cast<uint32_t>(context.params.number("tile_height"))),
        picture_(context.params.text("picture")),
        pixels_(size_t{width_} * height_),
        tiles_(size_t{columns()} * ((height_ + tile_height_ - 1) / tile_height_)) {}

  RegisterBank& registers() override { return bank_; }
  const RegisterBank& registers() const override { return bank_; }

  std::optional<uint32_t> read(uint32_t offset, unsigned width) override {
    if (offset < FRAMEBUFFER_PIXELS) return bank_.read(offset, width);
    const auto value = peek(offset, width);
    const uint32_t at = offset - FRAMEBUFFER_PIXELS;
    if (value && !may_read(tile_at(at))) refuse(at, FRAMEBUFFER_STATUS_READ);
    return value;
  }

  std::optional<uint32_t> peek(uint32_t offset, unsigned width) const override {
    if (offset < FRAMEBUFFER_PIXELS) return bank_.peek(offset, width);
    const uint32_t at = offset - FRAMEBUFFER_PIXELS;
    if (at >= pixels_.size()) return std::nullopt;
    uint32_t value = 0;
    if (may_read(tile_at(at))) std::memcpy(&value, &pixels_[at], width);
    return value;
  }

  bool write(uint32_t offset, unsigned width, uint32_t value) override {
    if (offset < FRAMEBUFFER_PIXELS) return bank_.write(offset, width, value);
    const uint32_t at = offset - FRAMEBUFFER_PIXELS;
    if (at >= pixels_.size()) return false;
    if (may_write(tile_at(at)))
      std::memcpy(&pixels_[at], &value, width);
    else
      refuse(at, FRAMEBUFFER_STATUS_WRITE);
    return true;
  }

  bool accepts(uint32_t offset, unsigned width) const override {
    if (offset < FRAMEBUFFER_PIXELS) return bank_.accepts(offset, width);
    return offset - FRAMEBUFFER_PIXELS < pixels_.size();
  }

  /// TAG says who the processor works for; for whom another master does, nobody says.
  bool serves_masters() const override { return false; }

  Result<std::monostate> save() const override {
    if (picture_.empty()) return std::monostate{};
    return write_file(picture_, portable_grey_map({width_, height_, pixels_}));
  }

 private:
  struct Tile {
    uint32_t owner = FRAMEBUFFER_KERNEL;
    uint32_t access = 0;  // FRAMEBUFFER_ACCESS_...
  };

  uint32_t columns() const { return (width_ + tile_width_ - 1) / tile_width_; }
  const Tile& tile_at(uint32_t pixel) const {
    return tiles_[size_t{pixel / width_ / tile_height_} * columns() + pixel % width_ / tile_width_];
  }
  bool may_write(const Tile& tile) const {
    return tag_ == FRAMEBUFFER_KERNEL || tag_ == tile.owner;
  }
  bool may_read(const Tile& tile) const {
    return may_write(tile) || (tile.access & FRAMEBUFFER_ACCESS_PUBLIC) != 0;
  }

  /// The tile that TILE names; null if there is none.
  Tile* selected() { return selected_ < tiles_.size() ? &tiles_[selected_] : nullptr; }

  void refuse(uint32_t pixel, uint32_t status) {
    if (status_ == 0) {
      refused_at_ = pixel;
      refused_tag_ = tag_;
    }
    status_ |= status;
    if (refused_ != ~uint32_t{0}) ++refused_;
    update_interrupt();
  }

  void acknowledge() {
    status_ = refused_ = refused_at_ = refused_tag_ = 0;
    update_interrupt();
  }

  void set_control(uint32_t value) {
    control_ = value & FRAMEBUFFER_CONTROL_INTERRUPT;
    update_interrupt();
  }

  void update_interrupt() { interrupt_.set(control_ != 0 && status_ != 0); }

  InterruptLine interrupt_;
  uint32_t width_;
  uint32_t height_;
  uint32_t tile_width_;
  uint32_t tile_height_;
  std::string picture_;
  std::vector<std::byte> pixels_;
  std::vector<Tile> tiles_;

  uint32_t tag_ = FRAMEBUFFER_KERNEL;
  uint32_t selected_ = 0;
  uint32_t control_ = 0;
  uint32_t status_ = 0;
  uint32_t refused_ = 0;
  uint32_t refused_at_ = 0;
  uint32_t refused_tag_ = 0;

  RegisterBank bank_{
      {.offset = FRAMEBUFFER_TAG,
       .name = "TAG",
       .doc = "owner that the processor works for now; 0: the kernel, which may read and write "
              "everything",
       .read = [this] { return tag_; },
       .write = [this](uint32_t value) { tag_ = value; }},
      {.offset = FRAMEBUFFER_TILE,
       .name = "TILE",
       .doc = "number of the tile that OWNER and ACCESS are about",
       .read = [this] { return selected_; },
       .write = [this](uint32_t value) { selected_ = value; }},
      {.offset = FRAMEBUFFER_OWNER,
       .name = "OWNER",
       .doc = "owner of the tile; 0: the kernel; without such a tile reads 0 and ignores writes",
       .read = [this] { return selected() ? selected()->owner : 0u; },
       .write =
           [this](uint32_t value) {
             if (Tile* tile = selected()) tile->owner = value;
           }},
      {.offset = FRAMEBUFFER_ACCESS,
       .name = "ACCESS",
       .doc = "PUBLIC (1): everybody may read the tile, otherwise its owner only; without such a "
              "tile reads 0 and ignores writes",
       .read = [this] { return selected() ? selected()->access : 0u; },
       .write =
           [this](uint32_t value) {
             if (Tile* tile = selected()) tile->access = value & FRAMEBUFFER_ACCESS_PUBLIC;
           }},
      {.offset = FRAMEBUFFER_CONTROL,
       .name = "CONTROL",
       .doc = "INTERRUPT (1): raise the interrupt line while STATUS is not 0",
       .read = [this] { return control_; },
       .write = [this](uint32_t value) { set_control(value); }},
      {.offset = FRAMEBUFFER_STATUS,
       .name = "STATUS",
       .doc = "WRITE (1): a write was refused, nothing was written; READ (2): a read was refused, "
              "it gave 0; write: acknowledge all",
       .read = [this] { return status_; },
       .write = [this](uint32_t) { acknowledge(); }},
      {.offset = FRAMEBUFFER_REFUSED,
       .name = "REFUSED",
       .doc = "accesses refused since the last acknowledge, at most 0xffffffff",
       .read = [this] { return refused_; }},
      {.offset = FRAMEBUFFER_REFUSED_AT,
       .name = "REFUSED_AT",
       .doc = "pixel that the first of them began with: line * WIDTH + column",
       .read = [this] { return refused_at_; }},
      {.offset = FRAMEBUFFER_REFUSED_TAG,
       .name = "REFUSED_TAG",
       .doc = "TAG at the first of them",
       .read = [this] { return refused_tag_; }},
      {.offset = FRAMEBUFFER_WIDTH,
       .name = "WIDTH",
       .doc = "pixels of a line; so many bytes further the next begins",
       .read = [this] { return width_; }},
      {.offset = FRAMEBUFFER_HEIGHT,
       .name = "HEIGHT",
       .doc = "lines",
       .read = [this] { return height_; }},
      {.offset = FRAMEBUFFER_TILE_WIDTH,
       .name = "TILE_WIDTH",
       .doc = "pixels of a tile's line; the last tile of a line may be narrower",
       .read = [this] { return tile_width_; }},
      {.offset = FRAMEBUFFER_TILE_HEIGHT,
       .name = "TILE_HEIGHT",
       .doc = "lines of a tile; the lowest tiles may have fewer",
       .read = [this] { return tile_height_; }},
      {.offset = FRAMEBUFFER_TILES,
       .name = "TILES",
       .doc = "tiles: 0 is the one of the first pixel, 1 the next to the right of it",
       .read = [this] { return static_cast<uint32_t>(tiles_.size()); }},
  };
};

constexpr uint64_t kMaxWidth = 2048;
constexpr uint64_t kMaxHeight = 2046;
static_assert(kMaxWidth * kMaxHeight <= FRAMEBUFFER_SIZE - FRAMEBUFFER_PIXELS);

Result<std::unique_ptr<Device>> create(const DeviceContext& context) {
  const std::string& picture = context.params.text("picture");
  if (picture.empty()) return make_device<Framebuffer>(context);
  if (const auto writable = check_writable(picture); !writable)
    return Error{"picture", writable.error().text()};
  return make_device<Framebuffer>(context);
}

const Registry<DeviceType>::Registration kFramebuffer{
    "framebuffer",
    {.id = FRAMEBUFFER_ID,
     .summary = "frame buffer with an owner for each tile",
     .size = FRAMEBUFFER_SIZE,
     .has_interrupt = true,
     .params = {{.name = "width",
                 .unit = ParamUnit::kNumber,
                 .default_value = "640",
                 .doc = "pixels of a line",
                 .min = 4,
                 .max = kMaxWidth,
                 .multiple_of = 4},
                {.name = "height",
                 .unit = ParamUnit::kNumber,
                 .default_value = "480",
                 .doc = "lines",
                 .min = 1,
                 .max = kMaxHeight},
                {.name = "tile_width",
                 .unit = ParamUnit::kNumber,
                 .default_value = "64",
                 .doc = "pixels of a tile's line",
                 .min = 4,
                 .max = kMaxWidth,
                 .multiple_of = 4},
                {.name = "tile_height",
                 .unit = ParamUnit::kNumber,
                 .default_value = "32",
                 .doc = "lines of a tile",
                 .min = 1,
                 .max = kMaxHeight},
                {.name = "picture",
                 .unit = ParamUnit::kText,
                 .default_value = "",
                 .doc =
                     "file that the last picture is written to when the run is over (PGM, shades "
                     "of grey); empty: none"}},
     .create = create,
     .alignment = FRAMEBUFFER_PIXELS}};  // pixels begin on a page

}  // namespace

}  // namespace exosim
