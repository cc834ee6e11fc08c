# Tests that are more than one layer's *_test.cpp: guest programs, scripts, benchmarks.
include(isa/CMakeTests.cmake)
include(sim/machine/differential/CMakeTests.cmake)

# Each guest test is a program that checks itself. Those of the processor are bare images and exit
# with 0; a line " * options: ..." in their head gives exosim further options. Those of the kernel
# and the library OS say in their source what is to be expected.
file(GLOB isa_tests CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/isa/tests/*.S)
foreach(source IN LISTS isa_tests)
  get_filename_component(name ${source} NAME_WE)
  file(STRINGS ${source} options REGEX "^ [*] options: " LIMIT_COUNT 1)
  string(REGEX REPLACE "^ [*] options: " "" options "${options}")
  separate_arguments(options)
  add_test(NAME guest.isa.${name}
    COMMAND exosim --quiet --config ${PROJECT_SOURCE_DIR}/configs/r3000.yaml --max-cycles 10M
            ${options} ${guest_build}/tests/isa_${name}.elf)
  set_tests_properties(guest.isa.${name} PROPERTIES LABELS guest)
endforeach()
find_package(Python3 REQUIRED COMPONENTS Interpreter)
foreach(layer IN ITEMS exokernel libos)
  file(GLOB layer_tests CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${layer}/tests/*.cpp)
  foreach(source IN LISTS layer_tests)
    get_filename_component(name ${source} NAME_WE)
    add_test(NAME guest.${layer}.${name}
      COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/.ci/guest_test.py $<TARGET_FILE:exosim>
              ${guest_build} ${source})
    set_tests_properties(guest.${layer}.${name} PROPERTIES LABELS guest)
    list(APPEND measured_tests guest.${layer}.${name})
  endforeach()
endforeach()

# Properties of the guest images and of whole runs.
function(exosim_script_test name script)
  add_test(NAME ${name} COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/.ci/${script} ${ARGN}
           WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS guest)
endfunction()
exosim_script_test(guest.images_are_mips1 check_mips1.py ${guest_build})
exosim_script_test(guest.paths_are_short check_paths.py $<TARGET_FILE:exosim> ${guest_build})
exosim_script_test(guest.markers_change_no_byte check_markers.py ${guest_build})
exosim_script_test(guest.domains_are_where_declared check_domains.py ${guest_build})
if(EXOSIM_PLACEMENTS GREATER 1)
  exosim_script_test(guest.placements_differ_in_addresses_only check_placements.py
                     $<TARGET_FILE:exosim> ${guest_build})
endif()
exosim_script_test(run.same_inputs_same_bytes check_determinism.py $<TARGET_FILE:exosim>
                   ${guest_build})
exosim_script_test(run.cold_operations_change_only_time check_cold.py $<TARGET_FILE:exosim>
                   ${guest_build})
exosim_script_test(run.profiles_are_read_by_others check_profiles.py $<TARGET_FILE:exosim>
                   ${guest_build})
exosim_script_test(run.annotations_are_as_good_as_markers check_annotations.py $<TARGET_FILE:exosim>
                   ${guest_build})
exosim_script_test(run.bad_input_is_refused check_bad_input.py $<TARGET_FILE:exosim> ${guest_build})
exosim_script_test(run.panic_ends_the_run check_panic.py $<TARGET_FILE:exosim> ${guest_build})
add_test(NAME run.kernel_and_libos_keep_their_distances
  COMMAND exosim --quiet --config ${PROJECT_SOURCE_DIR}/configs/r3000.yaml
          --stop-on stale-word,hazard ${guest_build}/hello.elf ${guest_build}/hello.elf)
exosim_script_test(bench.suites_run_and_run_again check_bench.py $<TARGET_FILE:exosim-bench>
                   ${guest_build})
# Skipped without Chromium, or without the plotting library.
exosim_script_test(bench.report_is_drawn check_report.py $<TARGET_FILE:exosim-bench> ${guest_build})
set_tests_properties(bench.report_is_drawn PROPERTIES SKIP_RETURN_CODE 77)
exosim_script_test(docs.named_files_exist check_adding.py)
exosim_script_test(docs.timing_names_what_exists check_timing_doc.py)
exosim_script_test(docs.conformance_is_current gen_conformance.py --check)
# Of what the guest tests have measured; skipped if some of them has not run with this build.
exosim_script_test(docs.interrupt_latency_is_current gen_interrupt_latency.py --check
                   $<TARGET_FILE:exosim> ${guest_build})
set_tests_properties(docs.interrupt_latency_is_current PROPERTIES
  DEPENDS "${measured_tests}" SKIP_RETURN_CODE 77)
exosim_script_test(docs.readme_recipes_work check_recipes.py $<TARGET_FILE:exosim>)
exosim_script_test(docs.ci_recipes_work check_ci_doc.py $<TARGET_FILE:exosim-bench>)
exosim_script_test(run.lost_output_ends_it check_output.py $<TARGET_FILE:exosim>)

# What the kernel's operations cost, to the cycle; ./dev bless takes over what is meant. Not the
# workload scaling, which takes longer than all others together: ./dev gate has it.
add_test(NAME run.kernel_costs_what_is_expected
  COMMAND exosim-bench check bench/suites/aegis.yaml --output ${PROJECT_BINARY_DIR}/gate.results
          --only "hello, primitives, kernel_calls, protocols"
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(run.kernel_costs_what_is_expected PROPERTIES LABELS guest)
# Builds variants of the kernel.
exosim_script_test(gate.planted_regressions_are_explained check_gate.py $<TARGET_FILE:exosim-bench>
                   $<TARGET_FILE:exosim> ${guest_build})

# The longest begin first: nothing waits for them in the end. Seconds.
set_tests_properties(docs.readme_recipes_work PROPERTIES COST 90)
set_tests_properties(guest.exokernel.random_calls PROPERTIES COST 100)
set_tests_properties(guest.exokernel.lives gate.planted_regressions_are_explained
                     run.kernel_costs_what_is_expected PROPERTIES COST 25)

# How fast the simulator itself is. Each bench/host/*_bench.cpp is one Google Benchmark program.
find_package(benchmark REQUIRED)
file(GLOB benches CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/bench/host/*_bench.cpp)
foreach(source IN LISTS benches)
  get_filename_component(name ${source} NAME_WE)
  add_executable(${name} ${source})
  target_link_libraries(${name} PRIVATE exosim_machine ${exosim_parts} exosim_warnings
                                        benchmark::benchmark_main)
endforeach()
