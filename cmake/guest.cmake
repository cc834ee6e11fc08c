# The guest: kernel, library OS, workloads, guest tests. Configured with the toolchain file
# isa/toolchain/r3000.cmake and EXOSIM_GUEST=ON.
#
# Every image is built twice: in the build folder, and in unmarked/ without marker records
# (isa/markers.h). A workload is a folder workloads/NAME with a workload.yaml and becomes NAME.elf,
# linked with the library OS, or, with a line "library_os: none", with the harness of the kernel's tests;
# a test is one source file and becomes tests/LAYER_NAME.elf.
#
# The kernel and the workloads are also linked with EXOSIM_PLACEMENTS other placements of the same
# functions and data, as placements/NAME.placementK.elf (cmake/place.py).
enable_language(ASM)
set(CMAKE_BUILD_TYPE "")

set(guest_machine -march=r3000 -mfp32 -mabi=32 -EL -mno-abicalls -mno-llsc -fno-pic -G0)
# No path of this machine gets into an image: equal sources give equal bytes everywhere. The last
# that fits a path applies.
set(guest_paths -ffile-prefix-map=${PROJECT_SOURCE_DIR}=. -ffile-prefix-map=${PROJECT_SOURCE_DIR}/=
                -ffile-prefix-map=${PROJECT_BINARY_DIR}=build)
# A section for each function and variable, so that placements can move them one by one.
set(guest_sections -ffunction-sections -fdata-sections)
add_library(guest_flags INTERFACE)
target_include_directories(guest_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(guest_flags INTERFACE ${guest_machine} ${guest_paths}
  ${guest_sections} -g
  $<$<COMPILE_LANGUAGE:CXX>:-O2 -ffreestanding -fno-exceptions -fno-rtti -fno-threadsafe-statics
    -fno-asynchronous-unwind-tables -Wall -Wextra -Wconversion -Wshadow>)
target_link_options(guest_flags INTERFACE ${guest_machine} -nostdlib -static -no-pie
  -Wl,--build-id=none -Wl,--fatal-warnings -Wl,-z,max-page-size=4096 -Wl,-z,noexecstack)
if(EXOSIM_WERROR)
  target_compile_options(guest_flags INTERFACE -Werror)
endif()
add_library(guest_unmarked INTERFACE)
target_compile_definitions(guest_unmarked INTERFACE EXO_NO_MARKERS)

# exosim_guest_script(VARIABLE SOURCE): runs a link script through the preprocessor, so that its
# addresses come from the contract headers. VARIABLE becomes the path of the result.
function(exosim_guest_script variable source)
  string(REPLACE / _ name ${source})
  set(script ${PROJECT_BINARY_DIR}/scripts/${name})
  add_custom_command(OUTPUT ${script}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/scripts
    COMMAND ${CMAKE_C_COMPILER} ${guest_machine} -E -P -undef -x assembler-with-cpp
            -I ${PROJECT_SOURCE_DIR} -MD -MF ${script}.d -MT ${script}
            -o ${script} ${PROJECT_SOURCE_DIR}/${source}
    MAIN_DEPENDENCY ${PROJECT_SOURCE_DIR}/${source} DEPFILE ${script}.d VERBATIM)
  set(${variable} ${script} PARENT_SCOPE)
endfunction()

# exosim_guest_image(NAME FOLDER SCRIPT sources...): FOLDER/NAME.elf and unmarked/FOLDER/NAME.elf.
# LIBRARIES are guest libraries by their marked names. A BARE image has no markers, and no second
# form.
function(exosim_guest_image name folder script)
  cmake_parse_arguments(arg "BARE" "" "SOURCES;LIBRARIES" ${ARGN})
  exosim_guest_executable(${name} ${name} ${folder} ${script} "${arg_SOURCES}")
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} freestanding)
  if(NOT arg_BARE)
    set(unmarked ${name}_unmarked)
    exosim_guest_executable(${unmarked} ${name} unmarked/${folder} ${script} "${arg_SOURCES}")
    list(TRANSFORM arg_LIBRARIES APPEND _unmarked)
    target_link_libraries(${unmarked} PRIVATE ${arg_LIBRARIES} freestanding_unmarked guest_unmarked)
  endif()
endfunction()

function(exosim_guest_executable target name folder script sources)
  add_executable(${target} ${sources} ${script})
  target_link_libraries(${target} PRIVATE guest_flags)
  target_link_options(${target} PRIVATE -Wl,-T,${script})
  set_target_properties(${target} PROPERTIES
    OUTPUT_NAME ${name} SUFFIX .elf LINK_DEPENDS ${script}
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/${folder})
endfunction()

# exosim_guest_placements(NAME SCRIPT libraries...): the image NAME, from the same objects, once for
# each seed from 1 to EXOSIM_PLACEMENTS.
set(EXOSIM_PLACEMENTS 0 CACHE STRING "how many other placements of each image to link")
function(exosim_guest_placements name script)
  if(EXOSIM_PLACEMENTS EQUAL 0)
    return()
  endif()
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  set(place ${PROJECT_SOURCE_DIR}/cmake/place.py)
  set(map ${PROJECT_BINARY_DIR}/scripts/${name}.map)
  target_link_options(${name} PRIVATE -Wl,-Map,${map})
  foreach(seed RANGE 1 ${EXOSIM_PLACEMENTS})
    set(placement ${name}.placement${seed})
    set(placed_script ${PROJECT_BINARY_DIR}/scripts/${placement}.ld)
    add_custom_command(OUTPUT ${placed_script}
      COMMAND Python3::Interpreter ${place} ${script} ${map} ${seed} ${placed_script}
      DEPENDS ${name} ${script} ${place} VERBATIM)
    exosim_guest_executable(${placement} ${placement} placements ${placed_script}
                            $<TARGET_OBJECTS:${name}>)
    target_link_libraries(${placement} PRIVATE ${ARGN} freestanding)
    set_target_properties(${placement} PROPERTIES LINKER_LANGUAGE CXX)
  endforeach()
endfunction()

# exosim_guest_library(NAME sources...): the static libraries NAME and NAME_unmarked.
function(exosim_guest_library name)
  foreach(variant IN ITEMS "" _unmarked)
    add_library(${name}${variant} STATIC ${ARGN})
    target_link_libraries(${name}${variant} PRIVATE guest_flags)
    if(variant)
      target_link_libraries(${name}${variant} PRIVATE guest_unmarked)
    endif()
  endforeach()
endfunction()

# exosim_guest_tests(LAYER SCRIPT PATTERN ...): one image tests/LAYER_NAME.elf for each source file
# that matches the pattern. Lines "// sources: a.cpp b.cpp" in its head add sources; a line
# "// script: a.ld" names a link script of its own.
function(exosim_guest_tests layer script pattern)
  file(GLOB tests CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${pattern})
  foreach(test IN LISTS tests)
    get_filename_component(name ${test} NAME_WE)
    file(STRINGS ${test} more REGEX "^// sources: ")
    list(TRANSFORM more REPLACE "^// sources: " "")
    string(REPLACE " " ";" more "${more}")
    set(test_script ${script})
    file(STRINGS ${test} own_script REGEX "^// script: ")
    if(own_script)
      string(REPLACE "// script: " "" own_script "${own_script}")
      exosim_guest_script(test_script ${own_script})
    endif()
    exosim_guest_image(${layer}_${name} tests ${test_script} SOURCES ${test} ${more} ${ARGN})
  endforeach()
endfunction()

# The compiler would turn the loop of memset into a call of memset.
exosim_guest_library(freestanding isa/toolchain/freestanding.cpp)
set_source_files_properties(isa/toolchain/freestanding.cpp PROPERTIES
  COMPILE_OPTIONS -fno-tree-loop-distribute-patterns)

exosim_guest_script(kernel_script exokernel/kernel.ld)
file(GLOB kernel_sources CONFIGURE_DEPENDS exokernel/*.cpp exokernel/*.S)
exosim_guest_image(aegis . ${kernel_script} SOURCES ${kernel_sources})
exosim_guest_placements(aegis ${kernel_script})

# Tests of the kernel have a start-up of their own, all of it pinned: they test without a library OS.
if(EXISTS ${PROJECT_SOURCE_DIR}/exokernel/tests/harness/test.ld)
  exosim_guest_script(kernel_test_script exokernel/tests/harness/test.ld)
  file(GLOB harness CONFIGURE_DEPENDS exokernel/tests/harness/*.cpp exokernel/tests/harness/*.S)
  exosim_guest_library(kernel_test_harness ${harness})
endif()

# What serves a page fault must not raise one: it is a library of its own, which the link script puts
# into pinned memory as a whole.
if(EXISTS ${PROJECT_SOURCE_DIR}/libos/user.ld)
  exosim_guest_script(user_script libos/user.ld)
  file(GLOB libos_pinned CONFIGURE_DEPENDS libos/pinned/*.cpp libos/pinned/*.S)
  file(GLOB libos_sources CONFIGURE_DEPENDS libos/*.cpp libos/*.S)
  exosim_guest_library(exos_pinned ${libos_pinned})
  exosim_guest_library(exos ${libos_sources})
  set(exos_libraries exos exos_pinned exos)

  file(GLOB workloads CONFIGURE_DEPENDS workloads/*/workload.yaml)
  foreach(workload IN LISTS workloads)
    get_filename_component(folder ${workload} DIRECTORY)
    get_filename_component(name ${folder} NAME)
    file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.cpp ${folder}/*.S)
    file(STRINGS ${workload} on_the_kernel REGEX "^library_os: none")
    if(on_the_kernel)
      exosim_guest_image(${name} . ${kernel_test_script} SOURCES ${sources}
                         LIBRARIES kernel_test_harness)
      continue()
    endif()
    exosim_guest_image(${name} . ${user_script} SOURCES ${sources} LIBRARIES ${exos_libraries})
    exosim_guest_placements(${name} ${user_script} ${exos_libraries})
  endforeach()
  exosim_guest_tests(libos ${user_script} libos/tests/*.cpp LIBRARIES ${exos_libraries})
endif()

if(TARGET kernel_test_harness)
  exosim_guest_tests(exokernel ${kernel_test_script} exokernel/tests/*.cpp
                     LIBRARIES kernel_test_harness)
endif()

# Tests of the processor are bare images: one file of assembly each.
if(EXISTS ${PROJECT_SOURCE_DIR}/isa/tests/bare.ld)
  exosim_guest_script(bare_script isa/tests/bare.ld)
  exosim_guest_tests(isa ${bare_script} isa/tests/*.S BARE)
endif()

# Checks of the machine against published figures are bare images with markers.
exosim_guest_script(machine_script bench/machine/machine.ld)
foreach(check IN ITEMS null_call.S memory.S anderson.S matmul.cpp units.S)
  get_filename_component(name ${check} NAME_WE)
  exosim_guest_image(machine_${name} machine ${machine_script}
                     SOURCES bench/machine/start.S bench/machine/${check})
endforeach()
