# The simulator, its tests, its benchmarks; and the guest tree as an external project.
include(CTest)
include(GNUInstallDirs)
include(GoogleTest)
include(cmake/layer.cmake)

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(Boost REQUIRED COMPONENTS program_options)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(SQLite3 REQUIRED)
find_package(pugixml REQUIRED)
pkg_check_modules(libelf REQUIRED IMPORTED_TARGET libelf)
pkg_check_modules(libdw REQUIRED IMPORTED_TARGET libdw)
pkg_check_modules(mpfr REQUIRED IMPORTED_TARGET mpfr)
if(BUILD_TESTING)
  find_package(GTest REQUIRED)
  find_package(rapidcheck REQUIRED)
endif()

add_library(exosim_warnings INTERFACE)
target_compile_options(exosim_warnings INTERFACE
  -Wall -Wextra -Wconversion -Wshadow -Wnon-virtual-dtor
  # g++ 12 sees overlaps in std::string's operator+ that are not there (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  # It also takes the other alternative of a std::variant for uninitialised (GCC bug 105593); the
  # sanitizer build finds the real ones.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
  # g++ warns of fields left out of designated initialisers, which is what these are for.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-missing-field-initializers>)
option(EXOSIM_WERROR "warnings are errors" OFF)
if(EXOSIM_WERROR)
  target_compile_options(exosim_warnings INTERFACE -Werror)
endif()

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
# The programs find configurations and suites beside them, in a build tree as when installed.
file(CREATE_LINK ${PROJECT_SOURCE_DIR}/configs ${PROJECT_BINARY_DIR}/configs SYMBOLIC)
file(CREATE_LINK ${PROJECT_SOURCE_DIR}/bench/suites ${PROJECT_BINARY_DIR}/suites SYMBOLIC)

if(BUILD_TESTING)
  add_library(exosim_json_schema STATIC sim/base/testing/json_schema.cpp)
  target_include_directories(exosim_json_schema PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(exosim_json_schema PUBLIC nlohmann_json::nlohmann_json)
  # Another project's templates: neither instrumented nor optimised they compile four times faster.
  target_compile_options(exosim_json_schema PRIVATE -O0 -fno-sanitize=all)
endif()

# What registers itself: object libraries, linked into each program, so that nothing is dropped.
set(exosim_parts exosim_devices exosim_timing)

exosim_layer(exosim_isa DIRS isa SEPARATE isa/disassembler_test.cpp)
exosim_layer(exosim_base DIRS sim/base LIBRARIES fmt::fmt spdlog::spdlog)
exosim_layer(exosim_time DIRS sim/time DEPS exosim_base)
exosim_layer(exosim_bus DIRS sim/bus DEPS exosim_base exosim_time)
exosim_layer(exosim_fpu DIRS sim/cpu/fpu DEPS exosim_isa LIBRARIES PkgConfig::mpfr
             SEPARATE sim/cpu/fpu/ieee.cpp)
exosim_layer(exosim_cpu DIRS sim/cpu DEPS exosim_base exosim_bus exosim_isa exosim_fpu)
exosim_layer(exosim_timing OBJECT DIRS sim/timing sim/timing/pipeline sim/timing/r3000
             DEPS exosim_base exosim_time exosim_bus exosim_isa exosim_cpu
             SEPARATE sim/timing/interactions_test.cpp sim/timing/write_buffer_test.cpp)
exosim_layer(exosim_devices OBJECT DIRS sim/devices DEPS exosim_base exosim_time exosim_bus
             SEPARATE sim/devices/disk_test.cpp sim/devices/disk_property_test.cpp
                      sim/devices/dma_cancel_test.cpp sim/devices/dma_errors_test.cpp
                      sim/devices/dma_property_test.cpp)
exosim_layer(exosim_observe DIRS sim/observe sim/observe/ledger sim/observe/explain sim/observe/profile
             DEPS exosim_base exosim_isa exosim_cpu
             LIBRARIES nlohmann_json::nlohmann_json TEST_DEPS exosim_json_schema
             SEPARATE sim/observe/explain/explanation_test.cpp
                      sim/observe/ledger/operations_test.cpp sim/observe/ledger/domain_map_test.cpp
                      sim/observe/profile/timeline_test.cpp)
exosim_layer(exosim_config DIRS sim/machine/config DEPS exosim_base exosim_bus exosim_cpu exosim_timing
             LIBRARIES yaml-cpp nlohmann_json::nlohmann_json TEST_DEPS ${exosim_parts} exosim_json_schema)
exosim_layer(exosim_loader DIRS sim/machine/loader DEPS exosim_base exosim_isa exosim_observe
             LIBRARIES PkgConfig::libelf PkgConfig::libdw
             SEPARATE sim/machine/loader/place_test.cpp sim/machine/loader/frame_table_test.cpp)
exosim_layer(exosim_annotations DIRS sim/machine/annotations
             DEPS exosim_base exosim_isa exosim_config exosim_loader exosim_observe
             TEST_DEPS ${exosim_parts} exosim_json_schema)
exosim_layer(exosim_machine DIRS sim/machine sim/machine/diagnosis
             DEPS exosim_base exosim_time exosim_bus exosim_cpu exosim_timing exosim_devices
                  exosim_observe exosim_config exosim_loader
             TEST_DEPS ${exosim_parts}
             SEPARATE sim/machine/dma_timing_test.cpp sim/machine/diagnosis/back_trace_test.cpp)
exosim_layer(exosim_options DIRS sim/options DEPS exosim_machine exosim_observe
             LIBRARIES Boost::program_options TEST_DEPS ${exosim_parts}
             SEPARATE sim/options/option_table.cpp)

if(EXISTS ${PROJECT_SOURCE_DIR}/sim/main.cpp)
  add_executable(exosim sim/main.cpp sim/run.cpp)
  target_link_libraries(exosim PRIVATE exosim_options exosim_machine exosim_annotations
                                       ${exosim_parts} exosim_warnings)
endif()

# The instrument: suites of runs, their results.
exosim_layer(exosim_bench_options DIRS bench/options DEPS exosim_base
             LIBRARIES Boost::program_options)
exosim_layer(exosim_bench_suite DIRS bench/suite
             DEPS exosim_base exosim_config exosim_loader exosim_annotations exosim_options
             LIBRARIES nlohmann_json::nlohmann_json OpenSSL::Crypto
             TEST_DEPS ${exosim_parts} exosim_json_schema)
exosim_layer(exosim_bench_results DIRS bench/results DEPS exosim_base exosim_bench_suite
             LIBRARIES nlohmann_json::nlohmann_json OpenSSL::Crypto SQLite::SQLite3
             TEST_DEPS ${exosim_parts} exosim_json_schema)
exosim_layer(exosim_bench_run DIRS bench/run DEPS exosim_base exosim_bench_suite exosim_bench_results
             TEST_DEPS ${exosim_parts})
exosim_layer(exosim_bench_gate DIRS bench/gate
             DEPS exosim_base exosim_observe exosim_bench_suite exosim_bench_results
             LIBRARIES nlohmann_json::nlohmann_json pugixml::pugixml
             TEST_DEPS ${exosim_parts} exosim_json_schema)
exosim_layer(exosim_bench_report DIRS bench/report
             DEPS exosim_base exosim_options exosim_bench_suite exosim_bench_results
             LIBRARIES nlohmann_json::nlohmann_json TEST_DEPS ${exosim_parts})
exosim_layer(exosim_bench_commands DIRS bench/commands
             DEPS exosim_base exosim_options exosim_bench_options exosim_bench_suite
                  exosim_bench_results exosim_bench_run exosim_bench_gate exosim_bench_report
             SEPARATE bench/commands/check_command.cpp bench/commands/diff_command.cpp
                      bench/commands/list_command.cpp bench/commands/report_command.cpp
                      bench/commands/run_command.cpp)
add_executable(exosim-bench bench/exosim_bench.cpp)
target_link_libraries(exosim-bench PRIVATE exosim_bench_commands exosim_options ${exosim_parts}
                                           exosim_warnings)

include(cmake/report.cmake)

# docs/placements.md has 8 placements.
set(EXOSIM_PLACEMENTS 8 CACHE STRING "how many other placements of each guest image to link")

# The guest images, built by this same tree with the cross toolchain, into <build>/guest; or those
# of another build, which that has to keep up to date.
set(EXOSIM_GUEST_DIR "" CACHE PATH "folder of guest images to use instead of building them")
set(guest_build ${PROJECT_BINARY_DIR}/guest)
if(EXOSIM_GUEST_DIR)
  if(NOT EXISTS ${EXOSIM_GUEST_DIR}/aegis.elf)
    message(FATAL_ERROR "EXOSIM_GUEST_DIR: no guest images in ${EXOSIM_GUEST_DIR}; build them first")
  endif()
  file(REMOVE_RECURSE ${guest_build})  # what this build may have made before
  file(CREATE_LINK ${EXOSIM_GUEST_DIR} ${guest_build} SYMBOLIC)
else()
  include(ExternalProject)
  ExternalProject_Add(guest
    SOURCE_DIR ${PROJECT_SOURCE_DIR}
    BINARY_DIR ${guest_build}
    PREFIX ${PROJECT_BINARY_DIR}/guest-project
    CMAKE_ARGS -DEXOSIM_GUEST=ON
               -DCMAKE_TOOLCHAIN_FILE=${PROJECT_SOURCE_DIR}/isa/toolchain/r3000.cmake
               -DEXOSIM_WERROR=${EXOSIM_WERROR}
               -DEXOSIM_PLACEMENTS=${EXOSIM_PLACEMENTS}
    CMAKE_GENERATOR Ninja
    BUILD_ALWAYS ON
    INSTALL_COMMAND "")
endif()

option(EXOSIM_FUZZ "build the libFuzzer targets (clang++ only)" OFF)
if(EXOSIM_FUZZ)
  include(cmake/fuzz.cmake)
endif()
if(BUILD_TESTING)
  include(cmake/tests.cmake)
endif()

install(TARGETS exosim exosim-bench)
install(DIRECTORY configs/ DESTINATION ${CMAKE_INSTALL_DATADIR}/exosim/configs)
install(DIRECTORY bench/suites/ DESTINATION ${CMAKE_INSTALL_DATADIR}/exosim/suites)
install(DIRECTORY ${PROJECT_BINARY_DIR}/guest/ DESTINATION ${CMAKE_INSTALL_DATADIR}/exosim/guest
        FILES_MATCHING REGEX "/guest/[a-z_0-9]+\\.elf$"
        PATTERN CMakeFiles EXCLUDE PATTERN tests EXCLUDE PATTERN unmarked EXCLUDE
        PATTERN scripts EXCLUDE PATTERN machine EXCLUDE PATTERN placements EXCLUDE)
