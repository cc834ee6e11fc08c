/* Errors of kernel calls. A call returns a value >= 0, or one of these negated.
 * EXO_ERRORS(row) calls row(number, NAME, documentation) for each. */
#ifndef EXOKERNEL_ABI_ERRORS_H
#define EXOKERNEL_ABI_ERRORS_H

#define EXO_ERROR_BAD_CALL 1
#define EXO_ERROR_BAD_ARGUMENT 2
#define EXO_ERROR_BAD_ADDRESS 3
#define EXO_ERROR_BAD_CAPABILITY 4
#define EXO_ERROR_NO_RIGHT 5
#define EXO_ERROR_NOT_OWNER 6
#define EXO_ERROR_BUSY 7
#define EXO_ERROR_NO_MEMORY 8
#define EXO_ERROR_LIMIT 9
#define EXO_ERROR_NO_ENVIRONMENT 10

#define EXO_ERRORS(row)                                                                    \
  row(EXO_ERROR_BAD_CALL, BAD_CALL, "no kernel call has this number")                      \
  row(EXO_ERROR_BAD_ARGUMENT, BAD_ARGUMENT, "a flag, a right or a page number is invalid") \
  row(EXO_ERROR_BAD_ADDRESS, BAD_ADDRESS,                                                  \
      "not the address of a page between EXO_FIRST_MAPPABLE_VA and EXO_LAST_MAPPABLE_VA")  \
  row(EXO_ERROR_BAD_CAPABILITY, BAD_CAPABILITY, "forged, revoked, or of another kind")     \
  row(EXO_ERROR_NO_RIGHT, NO_RIGHT, "the capability does not carry the right")             \
  row(EXO_ERROR_NOT_OWNER, NOT_OWNER, "the page does not belong to the caller")            \
  row(EXO_ERROR_BUSY, BUSY, "the page or the mapping is in use")                           \
  row(EXO_ERROR_NO_MEMORY, NO_MEMORY, "no page is free")                                   \
  row(EXO_ERROR_LIMIT, LIMIT, "the environment's table of guaranteed mappings is full")    \
  row(EXO_ERROR_NO_ENVIRONMENT, NO_ENVIRONMENT, "no environment runs under this id")

#endif
