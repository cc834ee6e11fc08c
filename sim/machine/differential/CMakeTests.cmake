# The differential tests: our processor against qemu-mipsel and against a second one of our own, our
# machine against gxemul.
exosim_layer(exosim_differential DIRS sim/machine/differential sim/machine/differential/lockstep
             sim/machine/differential/privileged sim/machine/differential/engines
             DEPS exosim_base exosim_bus exosim_cpu exosim_isa
             TEST_DEPS exosim_machine ${exosim_parts}
             SEPARATE sim/machine/differential/float_batch.cpp
                      sim/machine/differential/lockstep/subject.cpp
                      sim/machine/differential/gxemul_test.cpp)
