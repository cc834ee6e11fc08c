// A yield to an environment that does not exist says so, also when the slice ends in the middle of
// it. In some 200 slices every instruction of the loop is the interrupted one.
#include "exokernel/abi/errors.h"
#include "libos/tests/check.hpp"

namespace {

constexpr uint32_t kNobody = 60;
constexpr unsigned kCalls = 400'000;

}  // namespace

int main() {
  for (unsigned call = 0; call < kCalls; ++call)
    CHECK(exos::yield(kNobody) == -EXO_ERROR_NO_ENVIRONMENT);
  return 0;
}
