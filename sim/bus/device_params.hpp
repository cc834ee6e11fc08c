// A device type's parameters without a configuration.
#pragma once

#include "sim/bus/device.hpp"

namespace exosim {

/// All parameters of the type at their defaults.
DeviceParams default_params(const DeviceType& type);

}  // namespace exosim
