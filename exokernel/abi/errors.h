/* Errors of kernel calls. A call returns a value >= 0, or one of these negated.
 * Integer #defines only: read by C++ and assembly. */
#ifndef EXOKERNEL_ABI_ERRORS_H
#define EXOKERNEL_ABI_ERRORS_H

#define EXO_ERROR_BAD_CALL 1        /* no kernel call has this number */
#define EXO_ERROR_BAD_ARGUMENT 2    /* a flag, a right, a number or a size is invalid */
#define EXO_ERROR_BAD_ADDRESS 3     /* not the address of a page that may be mapped */
#define EXO_ERROR_BAD_CAPABILITY 4  /* forged, revoked, or of another kind */
#define EXO_ERROR_NO_RIGHT 5        /* the capability does not carry the right */
#define EXO_ERROR_NOT_OWNER 6       /* the resource does not belong to the caller */
#define EXO_ERROR_BUSY 7            /* it is in use: the page, the mapping, the position, the queue;
                                     * or the slice is over: no more transfers until the next */
#define EXO_ERROR_NO_MEMORY 8       /* no page is free */
#define EXO_ERROR_LIMIT 9           /* a table is full, or none is left: the call says of what */
#define EXO_ERROR_NO_ENVIRONMENT 10 /* no environment runs under this id */
#define EXO_ERROR_QUOTA 11 /* the account has no unit of the resource left */
#define EXO_ERROR_NO_DEVICE 12 /* the machine has no such device */
#define EXO_ERROR_NO_ENTRY 13 /* the environment has no entry of this kind */
#define EXO_ERROR_BAD_CODE 14       /* the verifier refuses the code: EXO_CODE_... says why */
#define EXO_ERROR_REFUSED 15        /* the page has no predicate, or it says no */
#define EXO_ERROR_NOT_WRITTEN 16    /* a block may hold others' data: it must be written first */

#endif
