// Default values by unit. A default that does not parse is our own mistake.
#include "sim/bus/device_params.hpp"

#include <cassert>

#include "sim/base/quantity.hpp"

namespace exosim {

namespace {

Result<uint64_t> parse_default(ParamUnit unit, std::string_view text) {
  switch (unit) {
    case ParamUnit::kBytes:
      return parse_bytes(text);
    case ParamUnit::kHertz:
      return parse_hertz(text);
    case ParamUnit::kTime:
      return parse_time(text);
    case ParamUnit::kFlag:
      return uint64_t{text == "true"};
    case ParamUnit::kNumber:
    case ParamUnit::kText:
      break;
  }
  return parse_number(text);
}

}  // namespace

DeviceParams default_params(const DeviceType& type) {
  DeviceParams params;
  for (const ParamDoc& doc : type.params) {
    if (doc.unit == ParamUnit::kText) {
      params.texts.emplace(doc.name, doc.default_value);
      continue;
    }
    const Result<uint64_t> value = parse_default(doc.unit, doc.default_value);
    assert(value && *value >= doc.min && *value <= doc.max);
    params.numbers.emplace(doc.name, *value);
  }
  return params;
}

}  // namespace exosim
