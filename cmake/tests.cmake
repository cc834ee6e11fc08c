# Tests that are more than one layer's *_test.cpp: guest programs, scripts, benchmarks.
include(isa/CMakeTests.cmake)
include(sim/machine/differential/CMakeTests.cmake)

# Each guest test is a program that checks itself and exits with 0. One that needs a library OS or a
# kernel is an application; those of the processor are bare.
file(GLOB guest_tests CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/isa/tests/*.S ${PROJECT_SOURCE_DIR}/exokernel/tests/*.cpp
  ${PROJECT_SOURCE_DIR}/libos/tests/*.cpp)
foreach(source IN LISTS guest_tests)
  cmake_path(RELATIVE_PATH source BASE_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE path)
  string(REGEX REPLACE "/.*" "" layer ${path})
  get_filename_component(name ${source} NAME_WE)
  add_test(NAME guest.${layer}.${name}
    COMMAND exosim --quiet --config ${PROJECT_SOURCE_DIR}/configs/r3000.yaml --max-cycles 200M
            ${PROJECT_BINARY_DIR}/guest/tests/${layer}_${name}.elf)
  set_tests_properties(guest.${layer}.${name} PROPERTIES LABELS guest)
endforeach()

# How fast the simulator itself is. Each bench/host/*_bench.cpp is one Google Benchmark program.
find_package(benchmark REQUIRED)
file(GLOB benches CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/bench/host/*_bench.cpp)
foreach(source IN LISTS benches)
  get_filename_component(name ${source} NAME_WE)
  add_executable(${name} ${source})
  target_link_libraries(${name} PRIVATE exosim_machine ${exosim_parts} exosim_warnings
                                        benchmark::benchmark_main)
endforeach()
