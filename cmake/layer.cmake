# exosim_layer(NAME DIR ... DEPS ...): one library per folder of the simulator, from its *.cpp, and
# one GoogleTest program NAME_test from its *_test.cpp. DEPS are the only layers it may include;
# .ci/check_layers.py checks the include lines themselves. SEPARATE are files that do not go into one
# with others, where EXOSIM_UNITY has it so: they give names that others of the folder give too.
function(exosim_layer name)
  cmake_parse_arguments(arg "OBJECT" "" "DIRS;DEPS;LIBRARIES;TEST_DEPS;SEPARATE" ${ARGN})
  set_source_files_properties(${arg_SEPARATE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  set(sources)
  set(tests)
  foreach(dir IN LISTS arg_DIRS)
    file(GLOB dir_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${dir}/*.cpp)
    file(GLOB dir_tests CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${dir}/*_test.cpp)
    list(APPEND sources ${dir_sources})
    list(APPEND tests ${dir_tests})
  endforeach()
  if(tests)
    list(REMOVE_ITEM sources ${tests})
  endif()
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")

  if(NOT sources)
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} INTERFACE ${arg_DEPS} ${arg_LIBRARIES})
  else()
    if(arg_OBJECT)
      add_library(${name} OBJECT ${sources})
    else()
      add_library(${name} STATIC ${sources})
    endif()
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} PUBLIC ${arg_DEPS} ${arg_LIBRARIES})
    target_link_libraries(${name} PRIVATE exosim_warnings)
    exosim_precompile(${name} exosim_precompiled)
    if(EXOSIM_UNITY STREQUAL "ALL" OR (name MATCHES "^exosim_bench" AND NOT EXOSIM_UNITY STREQUAL "OFF"))
      exosim_unity(${name})
    endif()
  endif()

  if(tests AND BUILD_TESTING)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE ${name} ${arg_TEST_DEPS} exosim_warnings
                                               GTest::gtest_main GTest::gmock rapidcheck)
    if(arg_OBJECT)
      target_sources(${name}_test PRIVATE $<TARGET_OBJECTS:${name}>)
    endif()
    target_compile_definitions(${name}_test PRIVATE
      EXOSIM_SOURCE_DIR="${PROJECT_SOURCE_DIR}" EXOSIM_BINARY_DIR="${PROJECT_BINARY_DIR}")
    # What is tested is optimised; that the tests are would only cost the build's time.
    target_compile_options(${name}_test PRIVATE -O0)
    exosim_precompile(${name}_test exosim_precompiled_test)
    if(NOT EXOSIM_UNITY STREQUAL "OFF")
      exosim_unity(${name}_test)
    endif()
    # A fixed seed for the properties: a red build is red again.
    gtest_discover_tests(${name}_test DISCOVERY_MODE PRE_TEST TEST_PREFIX ${name}.
                         PROPERTIES LABELS unit ENVIRONMENT RC_PARAMS=seed=1)
  endif()
endfunction()

# The headers of the test libraries, precompiled once, and not for each test. Those of the simulator's own sources only where EXOSIM_PRECOMPILE says so: off in the release
# build, which so proves that every file includes what it uses.
option(EXOSIM_PRECOMPILE "precompile the headers of others that many sources include" OFF)
file(WRITE ${PROJECT_BINARY_DIR}/precompiled.cpp "")
if(EXOSIM_PRECOMPILE)
  add_library(exosim_precompiled OBJECT ${PROJECT_BINARY_DIR}/precompiled.cpp)
  target_link_libraries(exosim_precompiled PRIVATE fmt::fmt)
  target_precompile_headers(exosim_precompiled PRIVATE
    <algorithm> <array> <functional> <map> <memory> <optional> <span> <string> <string_view> <utility>
    <variant> <vector> <fmt/format.h>)
endif()
if(BUILD_TESTING)
  add_library(exosim_precompiled_test OBJECT ${PROJECT_BINARY_DIR}/precompiled.cpp)
  target_link_libraries(exosim_precompiled_test PRIVATE fmt::fmt GTest::gmock rapidcheck)
  target_compile_options(exosim_precompiled_test PRIVATE -O0)
  target_precompile_headers(exosim_precompiled_test PRIVATE
    <gmock/gmock.h> <gtest/gtest.h> <rapidcheck/gtest.h> <fmt/format.h>)
endif()

# exosim_precompile(TARGET HEADERS): HEADERS is one of the two libraries above.
function(exosim_precompile target headers)
  if(TARGET ${headers})
    target_link_libraries(${target} PRIVATE fmt::fmt)  # its definitions are those of the headers
    target_precompile_headers(${target} REUSE_FROM ${headers})
  endif()
endfunction()

# For a faster build from scratch: which files are compiled as one with others of their folder. PART: tests and the instrument (bench), not the simulator, for which the release build so
# proves that every file includes what it uses.
set(EXOSIM_UNITY PART CACHE STRING "what is compiled several files at a time: OFF, PART or ALL")
set_property(CACHE EXOSIM_UNITY PROPERTY STRINGS OFF PART ALL)
function(exosim_unity target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
endfunction()
