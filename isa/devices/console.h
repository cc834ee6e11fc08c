/* Console: one character at a time, and the registers that end a run.
 * CONSOLE_DATA and CONSOLE_HALT are where GXemul's testmips machine has them (at physical
 * 0x10000000) and do what they do there, so that a bare image runs on both: a wider write prints
 * several characters, the lowest byte first; a wider read has the input byte in each of its bytes.
 * Accesses of any width, at the register's own offset.
 * Integer #defines only: read by C++, assembly, host and guest. */
#ifndef ISA_DEVICES_CONSOLE_H
#define ISA_DEVICES_CONSOLE_H

#define CONSOLE_ID 0x434f4e53 /* "CONS" */
#define CONSOLE_SIZE 0x100

#define CONSOLE_DATA 0x00  /* write: print its bytes that are not 0; read: next input byte, or 0 */
#define CONSOLE_HALT 0x10  /* any access: power off, exit status 0 */
#define CONSOLE_EXIT 0x20  /* write: end the run with this exit status */
#define CONSOLE_PANIC 0x28 /* write: end the run as a guest panic; the word is the reason */

#endif
