# What must and what must not compile. Included by cmake/host.cmake when tests are built.
set(compile ${CMAKE_CXX_COMPILER} -std=c++20 -fsyntax-only -I${PROJECT_SOURCE_DIR})
set(sources ${PROJECT_SOURCE_DIR}/isa/tests_compile)

add_test(NAME isa.disjoint_rows_compile COMMAND ${compile} ${sources}/disjoint_rows.cpp)
# The compiler names the function that only an overlap reaches; any other error fails the test.
add_test(NAME isa.overlapping_rows_do_not_compile COMMAND ${compile} ${sources}/overlapping_rows.cpp)
set_tests_properties(isa.overlapping_rows_do_not_compile PROPERTIES
  PASS_REGULAR_EXPRESSION two_rows_overlap)

find_program(EXOSIM_GUEST_CXX mipsel-linux-gnu-g++)
add_test(NAME isa.guest_encoders_compile
         COMMAND ${EXOSIM_GUEST_CXX} -std=c++20 -march=r3000 -mfp32 -mabi=32 -EL -mno-abicalls
                 -fno-pic -G0 -ffreestanding -fno-exceptions -fno-rtti -Wall -Wextra -Wconversion
                 -Werror -I${PROJECT_SOURCE_DIR} -fsyntax-only ${sources}/guest_encoders.cpp)
set_tests_properties(isa.disjoint_rows_compile isa.overlapping_rows_do_not_compile
                     isa.guest_encoders_compile PROPERTIES LABELS unit)
unset(compile)
unset(sources)
