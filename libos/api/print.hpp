// Output to the console, line by line.
#pragma once

namespace exos {

/// printf for %d %i %u %x %X %c %s %p %%, with the flags 0 - #, a width, and the length
/// modifier l.
/// Lines are collected and written when they are complete, so that those of up to 160 characters
/// stay whole among the output of other environments.
void print(const char* format, ...) __attribute__((format(printf, 1, 2)));
/// Writes out an incomplete line.
void flush();

}  // namespace exos
