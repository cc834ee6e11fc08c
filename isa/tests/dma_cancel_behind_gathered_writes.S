/* isa/devices/dma.h: the same as dma_cancel where the write buffer merges and is overtaken, and the
 * refresh has the bus now and then: who waits for its writes can rely on CANCEL.
 * options: --set write_buffer.gather=true --set memory.refresh.interval=5us --set devices.dma.gap=48
 */
#include "isa/tests/dma_cancel.S"
