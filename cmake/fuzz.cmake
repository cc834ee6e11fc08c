# The fuzzers: one for each kind of file that a user can give. They need a build whose libraries are
# instrumented for libFuzzer (-fsanitize=fuzzer-no-link, as the preset asan has it).

# exosim_fuzzer(NAME SOURCE LIBRARIES...)
function(exosim_fuzzer name source)
  add_executable(${name} ${source})
  target_link_libraries(${name} PRIVATE exosim_warnings ${ARGN})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
endfunction()

include(sim/machine/config/fuzz/CMakeLists.txt)
include(sim/machine/loader/fuzz/CMakeLists.txt)
