// 150 x 150 matrix multiplication of 32-bit integers, as plain C, in two forms. The published
// figure does not say which program it was.
#include <cstdint>

#include "isa/markers.h"

namespace {

constexpr int kSize = 150;
using Matrix = int32_t[kSize][kSize];

Matrix left, right, product;

void fill() {
  for (int row = 0; row < kSize; ++row)
    for (int column = 0; column < kSize; ++column) {
      left[row][column] = row + column;
      right[row][column] = row - column;
    }
}

// The sum in a register. Inner loop: 2 lw, mult, mflo, 3 additions, bne: 8 instructions.
[[gnu::noipa]] void multiply_in_register(const Matrix& a, const Matrix& b, Matrix& c) {
  for (int i = 0; i < kSize; ++i)
    for (int j = 0; j < kSize; ++j) {
      int32_t sum = 0;
      for (int k = 0; k < kSize; ++k) sum += a[i][k] * b[k][j];
      c[i][j] = sum;
    }
}

// The sum in the result, which might be one of the operands for all that the compiler knows.
[[gnu::noipa]] void multiply_in_memory(const Matrix& a, const Matrix& b, Matrix& c) {
  for (int i = 0; i < kSize; ++i)
    for (int j = 0; j < kSize; ++j) {
      c[i][j] = 0;
      for (int k = 0; k < kSize; ++k) c[i][j] += a[i][k] * b[k][j];
    }
}

// Of one element: the sum of (i + k) * (k - j) over k.
bool is_right(int i, int j) {
  int32_t sum = 0;
  for (int k = 0; k < kSize; ++k) sum += (i + k) * (k - j);
  return product[i][j] == sum;
}

}  // namespace

extern "C" int main() {
  fill();
  EXO_OP_BEGIN("multiply, sum in a register");
  multiply_in_register(left, right, product);
  EXO_OP_END("multiply, sum in a register");
  if (!is_right(3, 140)) return 1;
  EXO_OP_BEGIN("multiply, sum in memory");
  multiply_in_memory(left, right, product);
  EXO_OP_END("multiply, sum in memory");
  return is_right(149, 7) ? 0 : 1;
}
