// The floating-point coprocessor as a resource: one environment at a time may use it. Who takes it
// finds its own registers there; those of the environment that had it are in that one's context
// page.
#pragma once

#include <cstdint>

namespace aegis {

struct Environment;
struct SavedRegisters;

/// Finds its interrupt line, by having it raised. The timer and all drivers are known. On the line
/// of a device without a driver, which an environment may own, its exceptions stay masked.
void fpu_start();
/// True if what the running environment has done with it has raised its line.
bool fpu_has_raised();
/// True if its line is raised while another environment than its user runs: then the line is shut
/// out, if it is one that interrupts everyone, until the next slice or transfer.
bool fpu_shut_out();
/// Forwards that: returns the environment's handler for EXC_INT, which gets EPC, the coprocessor's
/// status and Cause. In the coprocessor no cause is left.
uint32_t fpu_forward(uint32_t pc, SavedRegisters& registers);

/// The environment has ended.
void fpu_forget(const Environment& environment);

}  // namespace aegis
