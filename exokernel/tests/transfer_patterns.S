/* Both sides of a transfer whose message is every register that there is. */
#include "exokernel/abi/syscalls.h"
#include "exokernel/tests/harness/layout.h"
#include "exokernel/tests/harness/patterns.h"
#include "exokernel/tests/transfer_patterns.h"

  .set noreorder
  .set noat
  .text

#define KEPT 31, 16, 17, 18, 19, 20, 21, 22, 23, 28, 29, 30
#define PATTERNED \
  3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 28, 29, 30, 31

/* uint32_t send_patterns(uint32_t v0, uint32_t rounds, uint32_t odd): after 2 * rounds + odd cycles
 * and some, transfers control. Returns, when the call is refused or this environment entered, what
 * has changed in the registers; their v0 is in SENT_RESULT. */
  .globl send_patterns, sender_entry
  .type send_patterns, @function
send_patterns:
  .irp number, KEPT
  sw    $\number, SENT_REGISTER(\number)($0)
  .endr
  move  $2, $4
1:
  bne   $5, $0, 1b
  addiu $5, $5, -1
  beq   $6, $0, 2f
  nop
  nop
2:
  load_patterns PATTERNED
  syscall
sender_entry:
  sw    $2, SENT_RESULT($0)
  check_patterns PATTERNED
  .irp number, KEPT
  lw    $\number, SENT_REGISTER(\number)($0)
  .endr
  jr    $31
  nop
  .size send_patterns, . - send_patterns

/* Takes its time, in which the slice may end; then looks at the message and sends it back. */
  .globl receiver_entry
  .type receiver_entry, @function
receiver_entry:
  .rept 400
  nop
  .endr
  sw    $2, SENT_RESULT($0)
  check_patterns PATTERNED
  lui   $1, %hi(receiver)
  lw    $3, %lo(receiver)($1)
  lw    $4, %lo(receiver + 4)($1)
  lw    $5, SENT_RESULT($0)
  or    $3, $3, $2
  addiu $4, $4, 1
  lw    $6, TEST_SLICES($0)
  sw    $3, %lo(receiver)($1)
  sw    $4, %lo(receiver + 4)($1)
  sw    $5, %lo(receiver + 8)($1)
  sw    $6, %lo(receiver + 12)($1)
  load_patterns PATTERNED
  lui   $2, EXO_ACALL >> 16
  ori   $2, $2, 1 << EXO_TRANSFER_SHIFT
  syscall
  .size receiver_entry, . - receiver_entry

/* The receiver's own slices are of use only if one has ended in receiver_entry. */
  .globl receiver_slice_end, receiver_slice_start
  .type receiver_slice_end, @function
receiver_slice_end:
  li    $4, 1
  sw    $4, RECEIVER_BUSY($0)
  j     test_slice_end
  li    $4, 0
  .size receiver_slice_end, . - receiver_slice_end
  .type receiver_slice_start, @function
receiver_slice_start:
  lw    $2, RECEIVER_BUSY($0)
  li    $4, EXO_YIELD_NEXT
  beq   $2, $0, 1f
  sw    $0, RECEIVER_BUSY($0)
  j     test_slice_start
  nop
1:
  li    $2, EXO_SYS_yield
  syscall
  .size receiver_slice_start, . - receiver_slice_start
