/* The primitives that are measured, for assembly and C++. Each has a stub for each number of
 * environments (stubs.S), which measures it as an operation "NAME, NUMBER":
 *   CALL(stub, kernel call, name)   a kernel call
 *   LEAVE(stub, kernel call, name)  a call that gives the processor away, to where that arrives
 *   OTHER(stub)                     something else, which stubs.S has in full */
#ifndef WORKLOADS_SCALING_STUBS_H
#define WORKLOADS_SCALING_STUBS_H

#define SCALING_STUBS(CALL, LEAVE, OTHER)                          \
  CALL(null, null, "null call")                                    \
  CALL(env_id, env_id, "null call with stack")                     \
  OTHER(unaligned)                                                 \
  OTHER(overflow)                                                  \
  OTHER(not_mips1_coprocessor)                                     \
  OTHER(protection)                                                \
  OTHER(synchronous)                                               \
  OTHER(asynchronous)                                              \
  OTHER(refill)                                                    \
  OTHER(guaranteed_refill)                                         \
  OTHER(first_access)                                              \
  CALL(tlb_write, tlb_write, "tlb_write")                          \
  CALL(tlb_delete, tlb_delete, "tlb_delete")                       \
  CALL(guarantee, guarantee, "guarantee")                          \
  CALL(unguarantee, unguarantee, "unguarantee")                    \
  CALL(capability_derive, capability_derive, "capability_derive")  \
  CALL(page_alloc, page_alloc, "page_alloc")                       \
  CALL(page_dealloc, page_dealloc, "page_dealloc")                 \
  CALL(break_guarantee, page_dealloc, "page_dealloc guaranteed")   \
  CALL(break_guarantees, page_dealloc, "guaranteed to all")        \
  CALL(page_give, page_give, "page_give")                          \
  OTHER(cid_switch)                                                \
  LEAVE(yield, yield, "yield")                                     \
  LEAVE(yield_past, yield, "yield past sleepers")                  \
  LEAVE(yield_revoked, yield, "yield under revocation")            \
  CALL(slice_alloc, slice_alloc, "slice_alloc")                    \
  CALL(slice_dealloc, slice_dealloc, "slice_dealloc")              \
  CALL(fpu_mod, fpu_mod, "fpu_mod")                                \
  CALL(env_create, env_create, "env_create")                       \
  CALL(env_guarantee, env_guarantee, "env_guarantee")              \
  CALL(env_start, env_start, "env_start")                          \
  LEAVE(first_run, yield, "first instruction")                     \
  CALL(env_destroy, env_destroy, "env_destroy")                    \
  OTHER(revoke)                                                    \
  LEAVE(by_force, yield, "page by force")                          \
  CALL(dma_copy, dma_copy, "dma_copy")                             \
  LEAVE(wakeup, sleep, "wakeup")                                   \
  CALL(disk_transfer, disk_transfer, "disk_transfer")              \
  CALL(extent_alloc, extent_alloc, "extent_alloc")                 \
  CALL(extent_dealloc, extent_dealloc, "extent_dealloc")           \
  CALL(tile_alloc, tile_alloc, "tile_alloc")                       \
  CALL(tile_dealloc, tile_dealloc, "tile_dealloc")                 \
  CALL(pixels_bind, pixels_bind, "pixels_bind")

#endif
