/* isa/devices/framebuffer.h: two programs in user mode have the same page of pixels mapped, at the
 * same address; each writes its own tile on it and reads its own and public ones. What it does to the
 * other's the device refuses, and an interrupt tells. */
#include "isa/tests/test.h"
#include "isa/tests/find_device.h"
#include "isa/tests/write_buffer.h"
#include "isa/devices/framebuffer.h"

#define PROGRAM 0x00400000
#define SCREEN 0x00800000
#define FIRST_TAG 71
#define SECOND_TAG 72
#define SECOND_ASID 2

/* Runs the program for \tag in \asid until it calls. */
.macro run_as tag:req, asid:req
        li      $t0, \tag
        write_framebuffer $t0, FRAMEBUFFER_TAG
        li      $t0, (\asid) << ENTRYHI_ASID_SHIFT
        write_c0 $t0, CP0_ENTRYHI
        run_user PROGRAM
.endm

/* t8: the device's registers. A read of pixels may overtake what is in the write buffer. */
.macro write_framebuffer reg:req, offset:req
        sw      \reg, \offset($t8)
        wait_for_writes
.endm

.macro check_framebuffer offset:req, value:req
        lw      $v0, \offset($t8)
        nop
        check_eq $v0, \value
.endm

.macro give tile:req, owner:req, access:req
        li      $t0, \tile
        write_framebuffer $t0, FRAMEBUFFER_TILE
        li      $t0, \owner
        write_framebuffer $t0, FRAMEBUFFER_OWNER
        li      $t0, \access
        write_framebuffer $t0, FRAMEBUFFER_ACCESS
.endm

/* The page of pixels of this machine, wherever the frame buffer is, in entry \index for \asid. */
.macro map_pixels index:req, asid:req
        li      $k0, SCREEN | ((\asid) << ENTRYHI_ASID_SHIFT)
        write_c0 $k0, CP0_ENTRYHI
        li      $k0, KSEG_MASK
        and     $k0, $k0, $t8
        addiu   $k0, $k0, FRAMEBUFFER_PIXELS
        ori     $k0, $k0, ENTRYLO_N | ENTRYLO_D | ENTRYLO_V
        write_c0 $k0, CP0_ENTRYLO
        li      $k0, (\index) << INDEX_SHIFT
        write_c0 $k0, CP0_INDEX
        nop
        tlbwi
        nop
        nop
.endm

        test_start
        find_device FRAMEBUFFER_ID
        check_framebuffer FRAMEBUFFER_TAG, FRAMEBUFFER_KERNEL
        check_framebuffer FRAMEBUFFER_STATUS, 0
        lw      $s7, FRAMEBUFFER_TILE_WIDTH($t8)
        map     8, PROGRAM, 0, program - KSEG0_BASE, ENTRYLO_V | ENTRYLO_G
        map_pixels 9, 1
        map_pixels 10, SECOND_ASID
        give    0, FIRST_TAG, 0
        give    1, SECOND_TAG, FRAMEBUFFER_ACCESS_PUBLIC
        li      $t0, FRAMEBUFFER_CONTROL_INTERRUPT
        write_framebuffer $t0, FRAMEBUFFER_CONTROL

/* The first writes its own tile; the second's stays black, which it may read. */
        li      $t1, 0x11223344
        run_as  FIRST_TAG, 1
        check_eq $s0, 1
        check_bits $s1, CAUSE_EXCCODE_MASK, EXC_SYS << CAUSE_EXCCODE_SHIFT
        check_eq $t2, 0x11223344
        check_eq $t3, 0
        check_framebuffer FRAMEBUFFER_STATUS, FRAMEBUFFER_STATUS_WRITE
        check_framebuffer FRAMEBUFFER_REFUSED, 1
        lw      $v0, FRAMEBUFFER_REFUSED_AT($t8)
        nop
        check_same $v0, $s7
        check_framebuffer FRAMEBUFFER_REFUSED_TAG, FIRST_TAG
        get_c0  $v0, CP0_CAUSE
        and     $v0, $v0, $t9
        check_same $v0, $t9
        write_framebuffer $0, FRAMEBUFFER_STATUS
        get_c0  $v0, CP0_CAUSE
        and     $v0, $v0, $t9
        check_eq $v0, 0

/* The second writes its own; the first's it may neither write nor read. */
        li      $t1, 0x55667788
        run_as  SECOND_TAG, SECOND_ASID
        check_eq $s0, 2
        check_eq $t2, 0
        check_eq $t3, 0x55667788
        check_framebuffer FRAMEBUFFER_STATUS, FRAMEBUFFER_STATUS_WRITE | FRAMEBUFFER_STATUS_READ
        check_framebuffer FRAMEBUFFER_REFUSED, 2
        check_framebuffer FRAMEBUFFER_REFUSED_AT, 0
        check_framebuffer FRAMEBUFFER_REFUSED_TAG, SECOND_TAG
        write_framebuffer $0, FRAMEBUFFER_STATUS

/* The kernel's tag sees both. */
        write_framebuffer $0, FRAMEBUFFER_TAG
        lw      $v0, FRAMEBUFFER_PIXELS($t8)
        addu    $t0, $t8, $s7
        check_eq $v0, 0x11223344
        lw      $v0, FRAMEBUFFER_PIXELS($t0)
        nop
        check_eq $v0, 0x55667788
        check_framebuffer FRAMEBUFFER_STATUS, 0
        test_pass 2

/* t1: the pixels to write into both tiles; t2, t3: what is in them then. */
        .data
        .balign 4096
program:
        lui     $t4, SCREEN >> 16
        addu    $t5, $t4, $s7
        sw      $t1, 0($t4)
        sw      $t1, 0($t5)
        .rept   64                      # until both are through the write buffer
        nop
        .endr
        lw      $t2, 0($t4)
        lw      $t3, 0($t5)
        nop
        syscall
