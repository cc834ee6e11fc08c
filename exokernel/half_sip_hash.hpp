// HalfSipHash-2-4 with 64 bits of output: the keyed hash behind capabilities. A published design
// (J.-P. Aumasson, D. J. Bernstein) for short messages and 32-bit processors; checked against its
// published test vector when this file is compiled.
#pragma once

#include <bit>
#include <cstdint>

namespace aegis {

/// A 64-bit key or hash, low word first.
struct Words64 {
  uint32_t low;
  uint32_t high;

  /// In one piece: the time does not tell whether one of both words agrees.
  friend constexpr bool operator==(const Words64& one, const Words64& other) {
    return ((one.low ^ other.low) | (one.high ^ other.high)) == 0;
  }
};

/// The four words of the hash's state.
class HalfSipState {
 public:
  constexpr explicit HalfSipState(Words64 key)
      : v0_(key.low),
        v1_(key.high ^ kLongOutput),
        v2_(0x6c796765 ^ key.low),
        v3_(0x74656462 ^ key.high) {}

  /// Takes in four bytes of the message.
  constexpr void compress(uint32_t word) {
    v3_ ^= word;
    rounds(2);
    v0_ ^= word;
  }

  constexpr Words64 finish() {
    v2_ ^= kLongOutput;
    rounds(4);
    const uint32_t low = v1_ ^ v3_;
    v1_ ^= 0xdd;
    rounds(4);
    return {low, v1_ ^ v3_};
  }

 private:
  static constexpr uint32_t kLongOutput = 0xee;

  constexpr void rounds(int count) {
    while (count-- > 0) round();
  }

  constexpr void round() {
    v0_ += v1_;
    v2_ += v3_;
    v1_ = std::rotl(v1_, 5) ^ v0_;
    v3_ = std::rotl(v3_, 8) ^ v2_;
    v0_ = std::rotl(v0_, 16) + v3_;
    v2_ += v1_;
    v3_ = std::rotl(v3_, 7) ^ v0_;
    v1_ = std::rotl(v1_, 13) ^ v2_;
    v2_ = std::rotl(v2_, 16);
  }

  uint32_t v0_, v1_, v2_, v3_;
};

/// The hash of eleven bytes, little-endian: two words and the low three bytes of a third. They take
/// no longer than eight, as the block with the length has room for three.
constexpr Words64 half_sip_hash(Words64 key, uint32_t first, uint32_t second, uint32_t third) {
  constexpr uint32_t kMessageBytes = 11;
  constexpr uint32_t kLengthShift = 24;
  HalfSipState state(key);
  state.compress(first);
  state.compress(second);
  state.compress(kMessageBytes << kLengthShift | (third & ((1u << kLengthShift) - 1)));
  return state.finish();
}

// The authors' vector for the key 00..07 and the message 00..0a: ae 26 33 39 94 dd cd 48
// (vectors.h, vectors_hsip64[11]).
static_assert(half_sip_hash({0x03020100, 0x07060504}, 0x03020100, 0x07060504, 0x0a0908) ==
              Words64{0x393326ae, 0x48cddd94});

}  // namespace aegis
