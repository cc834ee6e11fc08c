// See figures.hpp.
#include "bench/gate/figures.hpp"

#include <algorithm>

namespace exosim::bench {

int64_t sum_of(const CauseCycles& causes) {
  int64_t sum = 0;
  for (const auto& [cause, cycles] : causes) sum += cycles;
  return sum;
}

const OperationFigures* RunFigures::find(const std::string& image, const std::string& name) const {
  const auto found = std::ranges::find_if(operations, [&](const OperationFigures& operation) {
    return operation.image == image && operation.name == name;
  });
  return found == operations.end() ? nullptr : &*found;
}

void keep(Detail detail, RunFigures& figures) {
  for (OperationFigures& operation : figures.operations) {
    if (detail == Detail::kOperations) operation.functions.clear();
    if (detail == Detail::kFunctions)
      for (FunctionFigures& function : operation.functions) function.lines.clear();
  }
}

}  // namespace exosim::bench
