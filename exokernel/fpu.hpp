// The floating-point coprocessor as a resource: one environment at a time may use it. Who takes it
// finds its own registers there; those of the environment that had it are in that one's context
// page.
#pragma once

namespace aegis {

struct Environment;

/// The environment has ended.
void fpu_forget(const Environment& environment);

}  // namespace aegis
