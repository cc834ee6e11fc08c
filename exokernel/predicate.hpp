// Predicates of pages: downloaded code that decides, when a page is bound without a capability,
// whether it may be.
#pragma once

#include <cstdint>

#include "exokernel/abi/code.h"
#include "exokernel/code_translator.hpp"

namespace aegis {

struct Environment;

inline constexpr CodeWindow kPredicateWindow{
    .bytes = EXO_PREDICATE_WINDOW, .store_bytes = EXO_PREDICATE_WINDOW - EXO_PREDICATE_SCRATCH};

/// Asks the page's predicate. False if it has none.
bool predicate_allows(uint32_t pfn, const Environment& requester, uint32_t rights, uint32_t word);
/// The page has no predicate any more. Its bindings must have been broken.
void predicate_forget(uint32_t pfn);
/// The code is no page's predicate any more, and the bindings that it has allowed are broken.
void predicates_end(uint32_t code);

}  // namespace aegis
