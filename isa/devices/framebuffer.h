/* Frame buffer: eight bits for each pixel, line after line. Its memory is divided into tiles, and
 * each tile has an owner: the device compares the owner with the tag of who runs now at each access,
 * so that every page of it may be mapped for everybody. Registers: word accesses only, in a page of
 * their own; pixels: accesses of any width.
 * Integer #defines only: read by C++, assembly, host and guest. */
#ifndef ISA_DEVICES_FRAMEBUFFER_H
#define ISA_DEVICES_FRAMEBUFFER_H

#define FRAMEBUFFER_ID 0x46425546   /* "FBUF" */
#define FRAMEBUFFER_SIZE 0x00400000 /* bytes of address space; less than that are pixels */

#define FRAMEBUFFER_TAG 0x00         /* who runs now, FRAMEBUFFER_KERNEL or any other word */
#define FRAMEBUFFER_TILE 0x04        /* the tile that OWNER and ACCESS are about */
#define FRAMEBUFFER_OWNER 0x08       /* its owner */
#define FRAMEBUFFER_ACCESS 0x0c      /* FRAMEBUFFER_ACCESS_... of it */
#define FRAMEBUFFER_CONTROL 0x10     /* FRAMEBUFFER_CONTROL_... */
#define FRAMEBUFFER_STATUS 0x14      /* FRAMEBUFFER_STATUS_...; any write: acknowledge all */
#define FRAMEBUFFER_REFUSED 0x18     /* read: refused accesses since the last acknowledge */
#define FRAMEBUFFER_REFUSED_AT 0x1c  /* read: pixel of the first of them, counted from the first */
#define FRAMEBUFFER_REFUSED_TAG 0x20 /* read: TAG of the first of them */
#define FRAMEBUFFER_WIDTH 0x24       /* read: pixels of a line, and bytes from line to line */
#define FRAMEBUFFER_HEIGHT 0x28      /* read: lines */
#define FRAMEBUFFER_TILE_WIDTH 0x2c  /* read: pixels of a tile's line */
#define FRAMEBUFFER_TILE_HEIGHT 0x30 /* read: lines of a tile */
#define FRAMEBUFFER_TILES 0x34       /* read: tiles, counted along the lines, from the first line */

#define FRAMEBUFFER_PIXELS 0x1000 /* the first pixel of the first line */

#define FRAMEBUFFER_KERNEL 0 /* as TAG: may read and write everything; as owner: nobody else's */

#define FRAMEBUFFER_ACCESS_PUBLIC 1 /* everybody may read it; otherwise its owner only */

#define FRAMEBUFFER_CONTROL_INTERRUPT 1 /* raise the line while STATUS is not 0 */

#define FRAMEBUFFER_STATUS_WRITE 1 /* a write was refused: nothing was written */
#define FRAMEBUFFER_STATUS_READ 2  /* a read was refused: it gave 0 */

#endif
