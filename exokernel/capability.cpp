// Making and checking capabilities. The check value computed last for a page is remembered with the
// page: binding a page again and again costs one comparison.
#include "exokernel/capability.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/page.hpp"
#include "isa/markers.h"

namespace aegis {
namespace {

Words64 secret;

[[gnu::noinline]] const Words64& check_value(uint32_t word, uint32_t rights, Frame& page) {
  EXO_DOMAIN("protection");
  if (page.checked_rights != rights) {
    page.check = half_sip_hash(secret, word, page.generation);
    page.checked_rights = static_cast<uint8_t>(rights);
  }
  return page.check;
}

}  // namespace

void capabilities_start(Words64 key) { secret = key; }

exo::Capability page_capability(uint32_t pfn, uint32_t rights) {
  EXO_DOMAIN("protection");
  const uint32_t word = exo::capability_word(EXO_KIND_PAGE, rights, pfn);
  const Words64& check = check_value(word, rights, frame(pfn));
  return {{word, check.low, check.high}};
}

uint32_t check_page_capability(const exo::Capability& capability, uint32_t rights) {
  EXO_DOMAIN("protection");
  // Rights 0 are never given out, and would be mistaken for "no check value computed".
  if (capability.kind() != EXO_KIND_PAGE || !is_page(capability.index()) ||
      capability.rights() == 0)
    return EXO_ERROR_BAD_CAPABILITY;
  Frame& page = frame(capability.index());
  const Words64& check = check_value(capability.word[0], capability.rights(), page);
  if (check != Words64{capability.word[1], capability.word[2]}) return EXO_ERROR_BAD_CAPABILITY;
  return (capability.rights() & rights) == rights ? 0 : EXO_ERROR_NO_RIGHT;
}

}  // namespace aegis
