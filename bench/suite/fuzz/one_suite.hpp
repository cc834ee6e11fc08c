// What both the fuzzer and the bounded run in the unit tests do with one mutated suite.
#pragma once

#include <string>

#include "bench/suite/suite.hpp"

namespace exosim::bench {

/// Reads `text` as a suite. Empty if the reader kept its promise: a suite within the bounds, or
/// errors with a place and a message each. Otherwise what is wrong.
inline std::string broken_promise(const std::string& text) {
  const Result<Suite> suite = parse_suite(text, "suite.yaml");
  if (!suite) {
    if (suite.error().message.empty()) return "an error without a message";
    return suite.error().where.starts_with("suite.yaml") ? "" : "an error without a place";
  }
  if (suite->machines.empty() || suite->workloads.empty()) return "a suite without runs";
  for (const Workload& workload : suite->workloads) {
    if (workload.name.text.empty() || workload.images.empty()) return "a workload without images";
    for (const OperationRule& rule : workload.operations)
      if (!(rule.tolerance >= 0 && rule.tolerance <= 1)) return "a tolerance out of range";
  }
  return {};
}

}  // namespace exosim::bench
