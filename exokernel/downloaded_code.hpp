// Downloaded code as a resource: verified, translated, kept in a page that its owner has given.
#pragma once

#include <cstdint>

#include "exokernel/page.hpp"

namespace aegis {

struct Environment;

/// What the kernel knows of code: at the end of its page, behind the translation.
struct CodeRecord {
  uint32_t next;  // of the same owner, kNoPage at the end
  uint32_t previous;
  uint16_t owner;       // environment
  uint32_t predicated;  // pages whose predicate it is
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
/// Removes code of an environment by force, the newest first; its pages are pages of the
/// environment's again. Returns how much.
uint32_t code_repossess(Environment& environment, uint32_t count);
/// Of an environment that ends.
void code_remove_all(Environment& environment);

}  // namespace aegis
