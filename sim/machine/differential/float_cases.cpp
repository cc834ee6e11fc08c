// Special operands and how random ones are made.
#include "sim/machine/differential/float_cases.hpp"

#include "sim/base/random.hpp"

namespace exosim::differential {

using isa::FloatFormat;

namespace {

constexpr uint32_t kRoundingModes = 4;

/// Both signs of each are used.
const std::vector<uint64_t> kSingles = {
    0x00000000, 0x00000001, 0x00000003, 0x00400000, 0x007fffff,  // zero, denormals
    0x00800000, 0x00800001, 0x00ffffff, 0x01000000,              // the smallest normal numbers
    0x33800000, 0x34000000, 0x3eaaaaab, 0x3effffff, 0x3f000000,  // 2^-24, 2^-23, 1/3, 1/2
    0x3f7fffff, 0x3f800000, 0x3f800001, 0x3fc00000, 0x40200000,  // around 1; 1.5, 2.5
    0x40400000, 0x4b7fffff, 0x4b800001,                          // 3, around 2^24
    0x4effffff, 0x4f000000, 0x4f000001,                          // around 2^31
    0x5f000000, 0x7e800000, 0x7f000000, 0x7f7fffff, 0x7f800000,  // large, the largest, infinity
    0x7f800001, 0x7fbfffff, 0x7fa12345,                          // quiet NaNs
    0x7fc00000, 0x7fffffff};                                     // signalling NaNs

const std::vector<uint64_t> kDoubles = {
    0x0000000000000000, 0x0000000000000001, 0x0008000000000000, 0x000fffffffffffff,
    0x0010000000000000, 0x0010000000000001, 0x0020000000000000,
    // Around the smallest singles, the smallest normal single, and halfway between singles.
    0x3690000000000000, 0x3690000000000001, 0x36a0000000000000, 0x380fffffe0000000,
    0x380ffffff0000000, 0x380fffffffffffff, 0x3810000000000000, 0x3ff0000010000000,
    0x3ff0000030000000, 0x3ff0000010000001, 0x3ff000000fffffff, 0x3ca0000000000000,
    0x3cb0000000000000, 0x3fd5555555555555, 0x3fe0000000000000, 0x3fefffffffffffff,
    0x3ff0000000000000, 0x3ff0000000000001, 0x3ff8000000000000, 0x4004000000000000,
    0x4008000000000000,
    // Around the ends of the 32-bit integers.
    0x41dfffffffbfffff, 0x41dfffffffc00000, 0x41dfffffffe00000, 0x41dfffffffdfffff,
    0x41e0000000000000, 0x41e0000000100000, 0x41e0000000100001, 0x41e0000000200000,
    // The largest single and beyond; large; infinity; quiet NaNs, signalling NaNs.
    0x47efffffe0000000, 0x47efffffefffffff, 0x47effffff0000000, 0x47f0000000000000,
    0x5ff0000000000000, 0x7fd0000000000000, 0x7fe0000000000000, 0x7fefffffffffffff,
    0x7ff0000000000000, 0x7ff0000000000001, 0x7ff7ffffffffffff, 0x7ff2345678abcdef,
    0x7ff8000000000000, 0x7fffffffffffffff};

const std::vector<uint64_t> kWords = {0,          1,          2,          3,          0x00ffffff,
                                      0x01000000, 0x01000001, 0x01000002, 0x01000003, 0x02000006,
                                      0x7fffff80, 0x7fffffbf, 0x7fffffc0, 0x7fffffc1, 0x7fffffff};

std::vector<uint64_t> special_operands(FloatFormat format) {
  const std::vector<uint64_t>& half = format == FloatFormat::kSingle   ? kSingles
                                      : format == FloatFormat::kDouble ? kDoubles
                                                                       : kWords;
  const uint64_t sign = format == FloatFormat::kDouble ? uint64_t{1} << 63 : uint64_t{1} << 31;
  std::vector<uint64_t> all = half;
  for (const uint64_t value : half) all.push_back(value | sign);
  return all;
}

/// Random operands, alone and in pairs whose exponents are near each other.
class Operands {
 public:
  Operands(FloatFormat format, Random& random)
      : random_(random),
        special_(special_operands(format)),
        width_(format == FloatFormat::kDouble ? 64 : 32),
        fraction_bits_(format == FloatFormat::kDouble ? 52 : 23) {}

  const std::vector<uint64_t>& special() const { return special_; }

  uint64_t any() {
    switch (random_.below(8)) {
      case 0:
        return special_[random_.below(static_cast<uint32_t>(special_.size()))];
      case 1:  // few significant bits: exact results and halfway cases
        return bits() & (~uint64_t{0} << (fraction_bits_ - 1 - random_.below(8)));
      case 2:  // a special one, a few steps away
        return masked(special_[random_.below(static_cast<uint32_t>(special_.size()))] +
                      random_.below(9) - 4);
      default:
        return bits();
    }
  }

  /// The same or almost the same exponent: cancellation, ties.
  uint64_t near(uint64_t other) {
    const uint64_t exponent = other >> fraction_bits_ << fraction_bits_;
    const uint64_t step = uint64_t{random_.below(5)} << fraction_bits_;
    const uint64_t fraction = bits() & ((uint64_t{1} << fraction_bits_) - 1);
    return masked((exponent + step) | (random_.below(2) == 0 ? fraction : 0));
  }

 private:
  uint64_t masked(uint64_t value) const { return width_ == 64 ? value : value & 0xffffffff; }
  uint64_t bits() { return masked(random_.double_word()); }

  Random& random_;
  std::vector<uint64_t> special_;
  unsigned width_;
  unsigned fraction_bits_;
};

}  // namespace

std::vector<FloatCase> make_float_cases(FloatFormat format, size_t count, uint64_t seed) {
  Random random(seed);
  Operands operands(format, random);
  std::vector<FloatCase> cases;
  const auto add = [&](uint64_t fs, uint64_t ft, uint32_t rounding) {
    cases.push_back({.fs = fs, .ft = ft, .fd = random.double_word(), .fcsr = rounding});
  };
  for (const uint64_t fs : operands.special())
    for (const uint64_t ft : operands.special())
      for (uint32_t rounding = 0; rounding < kRoundingModes; ++rounding) add(fs, ft, rounding);
  while (cases.size() < count) {
    const uint64_t fs = operands.any();
    add(fs, random.below(3) == 0 ? operands.near(fs) : operands.any(),
        random.below(kRoundingModes));
  }
  return cases;
}

}  // namespace exosim::differential
