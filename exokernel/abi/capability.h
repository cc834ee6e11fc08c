/* Capabilities: three words that prove the right to use a resource. The first says what and which
 * rights; the other two are a check value that only the kernel can compute and that changes when
 * the resource changes hands. They may be copied and given away like any other data.
 *
 *   word 0: kind 31:28, rights 27:24, index 23:0
 *   words 1, 2: HalfSipHash-2-4 of word 0 and the resource's generation, keyed at boot */
#ifndef EXOKERNEL_ABI_CAPABILITY_H
#define EXOKERNEL_ABI_CAPABILITY_H

#define EXO_CAPABILITY_KIND_SHIFT 28
#define EXO_CAPABILITY_RIGHTS_SHIFT 24
#define EXO_CAPABILITY_RIGHTS_MASK 0xf
#define EXO_CAPABILITY_INDEX_MASK 0x00ffffff

#define EXO_KIND_PAGE 1        /* index: frame number */
#define EXO_KIND_ENVIRONMENT 2 /* index: environment id */
#define EXO_KIND_QUOTA 3       /* index 0: the right to set quotas, to revoke, to be the arbiter */
#define EXO_KIND_EXTENT 4      /* index: entry of Exposed::kExtents */
#define EXO_KIND_TILE 5        /* index: tile of the frame buffer */
#define EXO_KIND_INTERRUPT 6   /* index: interrupt line, bit of Cause.IP */
#define EXO_KIND_CODE 7        /* index: frame number of the page that the kernel keeps it in */

#define EXO_RIGHT_READ 1  /* of a page: bind it. Of code: make it a page's predicate. Of an extent: read its blocks. Of an environment: nothing yet */
#define EXO_RIGHT_WRITE 2 /* of a page: bind it with EXO_MAP_WRITE; needs EXO_RIGHT_READ too. Of an extent: write its blocks. Of an environment: map pages into it, give it resources, start it. Of a line: unmask it */
#define EXO_RIGHT_FREE 4  /* of a page, a tile: give it back or away, if the caller owns it. Of an extent, code, a line: give it back, if the caller owns it. Of an environment: destroy it */
#define EXO_RIGHT_ALL 7   /* all of these */

#ifndef __ASSEMBLER__
#include <cstdint>

namespace exo {

struct Capability {
  uint32_t word[3];

  uint32_t kind() const { return word[0] >> EXO_CAPABILITY_KIND_SHIFT; }
  uint32_t rights() const {
    return (word[0] >> EXO_CAPABILITY_RIGHTS_SHIFT) & EXO_CAPABILITY_RIGHTS_MASK;
  }
  uint32_t index() const { return word[0] & EXO_CAPABILITY_INDEX_MASK; }
};

/// Word 0 of a capability.
constexpr uint32_t capability_word(uint32_t kind, uint32_t rights, uint32_t index) {
  return (kind << EXO_CAPABILITY_KIND_SHIFT) | (rights << EXO_CAPABILITY_RIGHTS_SHIFT) | index;
}

}  // namespace exo
#endif

#endif
