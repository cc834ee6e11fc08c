// Random accesses from many tags to random tiles, beside a model that has a pixel, an owner and a
// permission for each pixel and knows no tiles.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

#include "sim/devices/testing/framebuffer_bench.hpp"

namespace exosim {
namespace {

using testing::FramebufferBench;
using testing::FramebufferSize;

struct Pixel {
  uint8_t value = 0;
  uint32_t owner = 0;
  bool is_public = false;
};

FramebufferSize any_size() {
  return {.width = 4 * *rc::gen::inRange(1u, 20u),
          .height = *rc::gen::inRange(1u, 20u),
          .tile_width = 4 * *rc::gen::inRange(1u, 8u),
          .tile_height = *rc::gen::inRange(1u, 8u)};
}

class Run {
 public:
  Run() : size_(any_size()), bench_(size_), pixels_(size_t{size_.width} * size_.height) {}

  void act() {
    switch (*rc::gen::inRange(0, 8)) {
      case 0:
        return give();
      case 1:
        tag_ = *rc::gen::inRange(0u, 4u);
        return bench_.run_as(tag_);
      case 2:
        bench_.write(FRAMEBUFFER_STATUS, 0);
        refused_ = 0;
        return;
      case 3:
      case 4:
        return read();
      default:
        return write();
    }
  }

  void compare() {
    RC_ASSERT(bench_.read(FRAMEBUFFER_REFUSED) == refused_);
    RC_ASSERT((bench_.read(FRAMEBUFFER_STATUS) != 0) == (refused_ != 0));
    bench_.run_as(FRAMEBUFFER_KERNEL);
    for (uint32_t at = 0; at < pixels_.size(); ++at)
      RC_ASSERT(bench_.load(at, 1) == uint32_t{pixels_[at].value});
  }

 private:
  uint32_t columns() const { return (size_.width + size_.tile_width - 1) / size_.tile_width; }

  void give() {
    const uint32_t tile = *rc::gen::inRange(0u, bench_.read(FRAMEBUFFER_TILES));
    const uint32_t owner = *rc::gen::inRange(0u, 4u);
    const bool is_public = *rc::gen::inRange(0, 2) == 1;
    bench_.give(tile, owner, is_public ? FRAMEBUFFER_ACCESS_PUBLIC : 0);
    const uint32_t left = tile % columns() * size_.tile_width;
    const uint32_t top = tile / columns() * size_.tile_height;
    for (uint32_t line = top; line < std::min(top + size_.tile_height, size_.height); ++line)
      for (uint32_t x = left; x < std::min(left + size_.tile_width, size_.width); ++x) {
        pixels_[line * size_.width + x].owner = owner;
        pixels_[line * size_.width + x].is_public = is_public;
      }
  }

  struct Access {
    uint32_t at;
    unsigned width;
  };
  Access any_access() const {
    const unsigned width = 1u << *rc::gen::inRange(0, 3);
    const auto count = static_cast<uint32_t>(pixels_.size()) / width;
    return {*rc::gen::inRange(0u, count) * width, width};
  }
  bool may_write(uint32_t at) const { return tag_ == 0 || pixels_[at].owner == tag_; }

  void write() {
    const auto [at, width] = any_access();
    const auto value = *rc::gen::arbitrary<uint32_t>();
    RC_ASSERT(bench_.store(at, value, width));
    if (!may_write(at)) ++refused_;
    for (unsigned i = 0; i < width; ++i)
      if (may_write(at + i)) pixels_[at + i].value = static_cast<uint8_t>(value >> (8 * i));
  }

  void read() {
    const auto [at, width] = any_access();
    const bool allowed = may_write(at) || pixels_[at].is_public;
    uint32_t expected = 0;
    if (allowed)
      for (unsigned i = 0; i < width; ++i) expected |= uint32_t{pixels_[at + i].value} << (8 * i);
    RC_ASSERT(bench_.load(at, width) == expected);
    if (!allowed) ++refused_;
  }

  FramebufferSize size_;
  FramebufferBench bench_;
  std::vector<Pixel> pixels_;
  uint32_t tag_ = 0;
  uint32_t refused_ = 0;
};

RC_GTEST_PROP(FramebufferProperty, DoesWhatAModelOfPixelsDoes, ()) {
  Run run;
  const int steps = *rc::gen::inRange(1, 120);
  for (int i = 0; i < steps; ++i) run.act();
  run.compare();
}

}  // namespace
}  // namespace exosim
