/* Markers: operations and domains declared as metadata, not by instructions. Each macro emits one
 * record into the non-loaded section MARKER_SECTION; the simulator watches the address. A build
 * with EXO_NO_MARKERS has the same code bytes (tests prove it).
 *
 * A record: .word address, .word kind, name as .asciz, padded to 4 bytes.
 *
 * C++:      EXO_OP_BEGIN("page allocate"); ... EXO_OP_END("page allocate");
 *           EXO_OP_BEGIN_COLD("page allocate"); the same, measured from cold caches and TLB
 *           EXO_PASSAGE_BEGIN("yield"); ... EXO_PASSAGE_END("yield");
 *           EXO_DOMAIN("protection");    inside a function: all of that function. The function
 *                                        must not be inlined into one of another domain
 * Assembly: exo_op_begin "..."  exo_op_end "..."  exo_domain_begin "..."  exo_domain_end "..."
 *           exo_op_begin_cold "..."
 *
 * An operation lasts from the first instruction after its BEGIN to the last before its END.
 * Before that of BEGIN_COLD the simulator empties both caches and the TLB entries that tlbwr
 * replaces (docs/stats.md, "Cold operations"): the code there must not count on one of them.
 * A passage is an operation that may end in another environment than it began in: a call that gives
 * the processor away, measured to where it arrives. exo_passage_begin "..."  exo_passage_end "..."
 * Owner:    exo_owner word, environment, 32: the word of memory at this address says which
 *           environment runs, times 32; 0 for none. Assembly only, once in a kernel.
 * Domains: protection, multiplexing, management, application, idle (docs/architecture.md). */
#ifndef ISA_MARKERS_H
#define ISA_MARKERS_H

#define MARKER_SECTION ".exosim.markers"

#define MARKER_OP_BEGIN 1
#define MARKER_OP_END 2
#define MARKER_DOMAIN_FUNCTION 3
#define MARKER_DOMAIN_BEGIN 4
#define MARKER_DOMAIN_END 5
#define MARKER_OP_BEGIN_COLD 6
#define MARKER_PASSAGE_BEGIN 7
#define MARKER_PASSAGE_END 8
#define MARKER_OWNER 9

/* Label, change of section and number of lines stay in an unmarked build: the assembler and the
 * compiler take each as a reason to pad or not to move instructions. The flag ? puts the record into
 * the group of the function it describes, so that the linker drops them together. */
#ifdef __ASSEMBLER__

.macro exo_marker kind, name
.Lexo_marker\@:
#ifdef EXO_NO_MARKERS
  .pushsection .text
  .popsection
#else
  .pushsection MARKER_SECTION, "?", @progbits
  .word .Lexo_marker\@, \kind
  .asciz "\name"
  .balign 4
  .popsection
#endif
.endm

.macro exo_op_begin name
  exo_marker MARKER_OP_BEGIN, "\name"
.endm
.macro exo_op_begin_cold name
  exo_marker MARKER_OP_BEGIN_COLD, "\name"
.endm
.macro exo_op_end name
  exo_marker MARKER_OP_END, "\name"
.endm
.macro exo_passage_begin name
  exo_marker MARKER_PASSAGE_BEGIN, "\name"
.endm
.macro exo_passage_end name
  exo_marker MARKER_PASSAGE_END, "\name"
.endm
.macro exo_domain_begin name
  exo_marker MARKER_DOMAIN_BEGIN, "\name"
.endm
.macro exo_domain_end name
  exo_marker MARKER_DOMAIN_END, "\name"
.endm
.macro exo_owner word, name, divisor
#ifndef EXO_NO_MARKERS
  .pushsection MARKER_SECTION, "?", @progbits
  .word \word, MARKER_OWNER
  .asciz "\name/\divisor"
  .balign 4
  .popsection
#endif
.endm

#else

#ifdef EXO_NO_MARKERS
#define EXO_MARKER(kind, name)                                                              \
  asm inline volatile(".Lexo_marker%=:\n.pushsection .text\n\n\n\n.popsection\n" ::: "memory")
#else
#define EXO_MARKER(kind, name)                               \
  asm inline volatile(                                       \
      ".Lexo_marker%=:\n"                                    \
      ".pushsection " MARKER_SECTION ", \"?\", @progbits\n"  \
      ".word .Lexo_marker%=, " EXO_MARKER_TEXT(kind) "\n"    \
      ".asciz \"" name "\"\n"                                \
      ".balign 4\n"                                          \
      ".popsection\n" ::: "memory")
#endif
#define EXO_MARKER_TEXT(kind) EXO_MARKER_QUOTE(kind)
#define EXO_MARKER_QUOTE(text) #text

#define EXO_OP_BEGIN(name) EXO_MARKER(MARKER_OP_BEGIN, name)
#define EXO_OP_BEGIN_COLD(name) EXO_MARKER(MARKER_OP_BEGIN_COLD, name)
#define EXO_OP_END(name) EXO_MARKER(MARKER_OP_END, name)
#define EXO_PASSAGE_BEGIN(name) EXO_MARKER(MARKER_PASSAGE_BEGIN, name)
#define EXO_PASSAGE_END(name) EXO_MARKER(MARKER_PASSAGE_END, name)
#define EXO_DOMAIN(name) EXO_MARKER(MARKER_DOMAIN_FUNCTION, name)

#endif

#endif
