# The differential tests: our processor against qemu-mipsel, our machine against gxemul.
exosim_layer(exosim_differential DIRS sim/machine/differential
             DEPS exosim_base exosim_bus exosim_cpu exosim_isa
             TEST_DEPS exosim_machine ${exosim_parts})
