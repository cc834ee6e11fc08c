/* Register numbers of the MIPS o32 calling convention, as the assembler writes them ($4) and as
 * traces print them (a0). Integer #defines only: read by C++, assembly, host and guest. */
#ifndef ISA_MACHINE_REGISTERS_H
#define ISA_MACHINE_REGISTERS_H

#define REG_ZERO 0
#define REG_AT 1
#define REG_V0 2
#define REG_V1 3
#define REG_A0 4
#define REG_A1 5
#define REG_A2 6
#define REG_A3 7
#define REG_T0 8
#define REG_T7 15
#define REG_S0 16
#define REG_S7 23
#define REG_T8 24
#define REG_T9 25
#define REG_K0 26
#define REG_K1 27
#define REG_GP 28
#define REG_SP 29
#define REG_FP 30
#define REG_RA 31

#endif
