// Downloaded code as a resource: verified, translated, kept in a page that its owner has given.
#pragma once

#include <cstdint>

#include "exokernel/abi/code.h"
#include "exokernel/page.hpp"

namespace aegis {

struct Environment;

/// What the kernel knows of code: at the end of its page, behind the translation.
struct CodeRecord {
  uint32_t next;  // of the same owner, kNoPage at the end
  uint32_t previous;
  uint16_t owner;  // environment
  uint16_t predicated_count;
  uint16_t guarantees;                      // that it has allowed of these pages
  uint32_t predicated[EXO_PREDICATED_MAX];  // pages whose predicate it is
};

/// True if the kernel keeps code in this page.
inline bool is_code(uint32_t pfn) {
  return is_page(pfn) && page_record(pfn).owner == exo::kOwnerCode;
}
inline CodeRecord& code_record(uint32_t pfn) {
  return reinterpret_cast<CodeRecord*>(page_address(pfn) + PAGE_SIZE)[-1];
}
/// For run_code.
inline const uint32_t* code_translation(uint32_t pfn) {
  return reinterpret_cast<const uint32_t*>(page_address(pfn));
}

/// Lets quotas count it.
void code_start();
/// Removes the newest code of an environment; its page, which is returned, is a page of the
/// environment's again. kNoPage if there is none.
uint32_t code_take_newest(Environment& environment);
/// Removes code of an environment by force, the newest first. Returns how much.
uint32_t code_repossess(Environment& environment, uint32_t count);

}  // namespace aegis
