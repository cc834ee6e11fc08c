// The standard streams of a program that was started without some of them.
#pragma once

namespace exosim {

/// A file opened later does not take the number of a standard stream that the caller has closed.
/// Writing to such a stream fails as if it were still closed.
void hold_standard_streams();

}  // namespace exosim
