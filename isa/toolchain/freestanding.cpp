// The four functions that the compiler may call in a freestanding program. There is no libgcc for
// the R3000: what else a program makes the compiler call is missing at link time.
#include <cstddef>
#include <cstdint>

extern "C" {

void* memcpy(void* to, const void* from, size_t bytes) {
  auto* target = static_cast<uint8_t*>(to);
  const auto* source = static_cast<const uint8_t*>(from);
  constexpr uintptr_t kWordMask = sizeof(uint32_t) - 1;
  if (((reinterpret_cast<uintptr_t>(target) | reinterpret_cast<uintptr_t>(source)) & kWordMask) ==
      0) {
    for (; bytes >= sizeof(uint32_t); bytes -= sizeof(uint32_t)) {
      *reinterpret_cast<uint32_t*>(target) = *reinterpret_cast<const uint32_t*>(source);
      target += sizeof(uint32_t);
      source += sizeof(uint32_t);
    }
  }
  for (; bytes != 0; --bytes) *target++ = *source++;
  return to;
}

void* memmove(void* to, const void* from, size_t bytes) {
  auto* target = static_cast<uint8_t*>(to);
  const auto* source = static_cast<const uint8_t*>(from);
  if (target <= source) {
    for (size_t index = 0; index < bytes; ++index) target[index] = source[index];
  } else {
    for (size_t index = bytes; index-- > 0;) target[index] = source[index];
  }
  return to;
}

void* memset(void* to, int value, size_t bytes) {
  auto* target = static_cast<uint8_t*>(to);
  const uint8_t byte = static_cast<uint8_t>(value);
  for (; bytes != 0 && reinterpret_cast<uintptr_t>(target) % sizeof(uint32_t) != 0; --bytes)
    *target++ = byte;
  const uint32_t word = byte * 0x01010101u;
  for (; bytes >= sizeof(uint32_t); bytes -= sizeof(uint32_t)) {
    *reinterpret_cast<uint32_t*>(target) = word;
    target += sizeof(uint32_t);
  }
  for (; bytes != 0; --bytes) *target++ = byte;
  return to;
}

int memcmp(const void* left, const void* right, size_t bytes) {
  const auto* first = static_cast<const uint8_t*>(left);
  const auto* second = static_cast<const uint8_t*>(right);
  for (size_t index = 0; index < bytes; ++index)
    if (first[index] != second[index]) return first[index] < second[index] ? -1 : 1;
  return 0;
}

}  // extern "C"
