# The fuzzers: one for each kind of file that a user can give. What reads those files is instrumented
# for libFuzzer; the rest, which runs the guests, would only be slower. The options are those that
# -fsanitize=fuzzer-no-link stands for, under a name that goes with precompiled headers.
foreach(layer IN ITEMS base config loader annotations bench_suite)
  target_compile_options(exosim_${layer} PRIVATE
    -fsanitize-coverage=inline-8bit-counters,indirect-calls,trace-cmp,pc-table)
endforeach()

# exosim_fuzzer(NAME SOURCE LIBRARIES...)
function(exosim_fuzzer name source)
  add_executable(${name} ${source})
  target_link_libraries(${name} PRIVATE exosim_warnings ${ARGN})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
endfunction()

include(sim/machine/config/fuzz/CMakeLists.txt)
include(sim/machine/loader/fuzz/CMakeLists.txt)
include(bench/suite/fuzz/CMakeLists.txt)
include(sim/machine/annotations/fuzz/CMakeLists.txt)
