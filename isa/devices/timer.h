/* Interval timer with a free-running counter. Both count at the timer's own frequency.
 * Word accesses only. Integer #defines only: read by C++, assembly, host and guest. */
#ifndef ISA_DEVICES_TIMER_H
#define ISA_DEVICES_TIMER_H

#define TIMER_ID 0x54494d45 /* "TIME" */
#define TIMER_SIZE 0x20

#define TIMER_COUNT 0x00      /* read: low word of the free-running counter; latches COUNT_HIGH */
#define TIMER_COUNT_HIGH 0x04 /* read: high word, as of the last read of COUNT */
#define TIMER_FREQUENCY 0x08  /* read: ticks per second */
#define TIMER_INTERVAL 0x0c   /* write: (re)start, expire when COUNT is so far on; 0 stops */
#define TIMER_CONTROL 0x10    /* TIMER_PERIODIC | TIMER_INTERRUPT */
#define TIMER_STATUS 0x14     /* read: expiries since the last acknowledge; write: acknowledge */

#define TIMER_PERIODIC 1  /* restart at each expiry; otherwise once */
#define TIMER_INTERRUPT 2 /* raise the interrupt line while STATUS is not 0 */

#endif
