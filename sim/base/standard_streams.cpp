#include "sim/base/standard_streams.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace exosim {

void hold_standard_streams() {
  int file = 0;
  do {
    file = open("/dev/null", O_RDONLY | O_CLOEXEC);
  } while (file >= 0 && file <= STDERR_FILENO);
  if (file >= 0) close(file);
}

}  // namespace exosim
