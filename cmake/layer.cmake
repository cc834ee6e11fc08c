# exosim_layer(NAME DIR ... DEPS ...): one library per folder of the simulator, from its *.cpp, and
# one GoogleTest program NAME_test from its *_test.cpp. DEPS are the only layers it may include;
# .ci/check_layers.py checks the include lines themselves.
function(exosim_layer name)
  cmake_parse_arguments(arg "OBJECT" "" "DIRS;DEPS;LIBRARIES;TEST_DEPS" ${ARGN})
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
    # A fixed seed for the properties: a red build is red again.
    gtest_discover_tests(${name}_test DISCOVERY_MODE PRE_TEST TEST_PREFIX ${name}.
                         PROPERTIES LABELS unit ENVIRONMENT RC_PARAMS=seed=1)
  endif()
endfunction()

# For builds that are made often: the headers of others that many files include, precompiled once. Off
# in the release build, which so proves that every file includes what it uses.
option(EXOSIM_PRECOMPILE "precompile the headers of others that many files include" OFF)
if(EXOSIM_PRECOMPILE)
  file(WRITE ${PROJECT_BINARY_DIR}/precompiled.cpp "")
  add_library(exosim_precompiled OBJECT ${PROJECT_BINARY_DIR}/precompiled.cpp)
  target_link_libraries(exosim_precompiled PRIVATE fmt::fmt)
  target_precompile_headers(exosim_precompiled PRIVATE
    <algorithm> <array> <functional> <map> <memory> <optional> <span> <string> <string_view> <utility>
    <variant> <vector> <fmt/format.h>)
  if(BUILD_TESTING)
    add_library(exosim_precompiled_test OBJECT ${PROJECT_BINARY_DIR}/precompiled.cpp)
    target_link_libraries(exosim_precompiled_test PRIVATE fmt::fmt GTest::gmock rapidcheck)
    target_compile_options(exosim_precompiled_test PRIVATE -O0)
    target_precompile_headers(exosim_precompiled_test PRIVATE
      <gmock/gmock.h> <gtest/gtest.h> <rapidcheck/gtest.h> <fmt/format.h>)
  endif()
endif()

# exosim_precompile(TARGET HEADERS): HEADERS is one of the two libraries above.
function(exosim_precompile target headers)
  if(EXOSIM_PRECOMPILE)
    target_link_libraries(${target} PRIVATE fmt::fmt)  # its definitions are those of the headers
    target_precompile_headers(${target} REUSE_FROM ${headers})
  endif()
endfunction()
