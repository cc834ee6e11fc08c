# The fuzzers: one for each kind of file that a user can give.
include(sim/machine/config/fuzz/CMakeLists.txt)
include(sim/machine/loader/fuzz/CMakeLists.txt)
