// Random calls about the other devices: DMA engine, interrupt lines, coprocessor, pixels, timer,
// caches, console; and those that are about nothing.
#include "exokernel/tests/random_calls/devices.hpp"
#include "exokernel/tests/random_calls/tables.hpp"

namespace model {
namespace {

void copy() {
  const uint32_t source = random_page(), destination = random_page();
  if (is_context(destination)) return;
  const Attempt from = attempt(source), to = attempt(destination);
  const uint32_t bytes = random(8) == 0 ? random() % (PAGE_SIZE + 8) : (random(32) + 1) * 4;
  const uint32_t offset = random(16) == 0 ? random(PAGE_SIZE) : 0;
  const uint32_t last = random(2) == 0 ? bytes : (bytes & ~3u) | EXO_DMA_TELL;
  const bool is_odd =
      (last & 2) != 0 || (last & ~3u) == 0 || offset % 4 != 0 || offset + (last & ~3u) > PAGE_SIZE;
  transfers.look();
  const uint32_t quota = quota_error(slot_of(self()), EXO_RESOURCE_TRANSFERS, 1);
  const uint32_t occupied = transfers.occupied();
  const exo::CallResult result =
      CALL(dma_copy, from.capability, to.capability, offset | (offset << 16), last);
  if (is_odd) return EXPECT(result, EXO_ERROR_BAD_ARGUMENT);
  if (const uint32_t error = from.error(EXO_RIGHT_READ)) return EXPECT(result, error);
  if (const uint32_t error = to.error(EXO_RIGHT_READ | EXO_RIGHT_WRITE))
    return EXPECT(result, error);
  transfers.expect(result, quota, occupied, __LINE__);
  if (!result.ok()) return;
  transfers.add(result, {.owner = static_cast<uint16_t>(self()),
                         .page = static_cast<uint16_t>(source),
                         .other_page = static_cast<uint16_t>(destination),
                         .extent = kExtents,
                         .block = 0,
                         .count = 0,
                         .is_write = false});
}

void bind_line() {
  const uint32_t line = random(kLines + 2);
  const exo::CallResult result = CALL(interrupt_bind, line);
  if (line >= kLines || !lines[line].is_there) return EXPECT(result, EXO_ERROR_BAD_ARGUMENT);
  EXPECT(result, lines[line].owner != 0 ? EXO_ERROR_BUSY : 0);
  if (!result.ok()) return;
  lines[line].owner = static_cast<uint16_t>(self());
  replace(lines[line].newest, result.capability());
}

uint32_t random_line() {
  uint32_t line = random(kLines);
  for (unsigned tries = 0; lines[line].owner != self() && tries < 4; ++tries) line = random(kLines);
  return line;
}

Attempt attempt_line(uint32_t line) { return attempt(lines[line].newest, lines[line].owner != 0); }

void unbind_line() {
  const uint32_t line = random_line();
  const Attempt with = attempt_line(line);
  const exo::CallResult result = CALL(interrupt_unbind, with.capability);
  uint32_t error = with.error(EXO_RIGHT_FREE);
  if (error == 0 && lines[line].owner != self()) error = EXO_ERROR_NOT_OWNER;
  EXPECT(result, error);
  if (!result.ok()) return;
  lines[line].owner = 0;
  replace(lines[line].newest, {});
}

void unmask_line() {
  const Attempt with = attempt_line(random_line());
  EXPECT(CALL(interrupt_unmask, with.capability), with.error(EXO_RIGHT_WRITE));
}

uint32_t read_coprocessor() {
  uint32_t value = 0;
  asm volatile(".set push\n\t.set hardfloat\n\tmfc1 %0, $f5\n\tnop\n\t.set pop" : "+r"(value));
  return value;
}

/// Who has the coprocessor can use it, and nobody else.
void take_coprocessor() {
  const bool is_own = coprocessor_user == self();
  CHECK(test::raises(EXC_CPU, [] { read_coprocessor(); }) != is_own);
  const uint32_t wanted = random(3);
  EXPECT(CALL(fpu_mod, wanted), wanted > 1 ? EXO_ERROR_BAD_ARGUMENT : 0);
  if (wanted == 1) coprocessor_user = self();
  if (wanted == 0 && is_own) coprocessor_user = 0;
}

/// Where anything may be bound, and where not.
uint32_t random_virt() {
  const uint32_t kOthers[] = {0, EXO_CONTEXT_VA, EXO_INFO_VA, test::kVirt + 4, 0x80000000};
  return random(3) == 0 ? kOthers[random(5)] : virt_of(random(kVirtualPages));
}

uint32_t virt_error(uint32_t virt) {
  if (virt == EXO_CONTEXT_VA || virt == EXO_INFO_VA) return EXO_ERROR_BUSY;
  return virt < EXO_CONTEXT_VA || virt % PAGE_SIZE != 0 || virt >> 31 != 0 ? EXO_ERROR_BAD_ADDRESS
                                                                           : 0;
}

void bind_pixels() {
  const uint32_t virt = random_virt(), page = random(exo::info().framebuffer.pages + 2);
  uint32_t error = virt_error(virt);
  if (error == 0 && page >= exo::info().framebuffer.pages) error = EXO_ERROR_BAD_ARGUMENT;
  EXPECT(CALL(pixels_bind, virt, page), error);
}

void bind_timer() {
  const uint32_t virt = random_virt();
  EXPECT(CALL(timer_bind, virt), virt_error(virt));
}

void flush_caches() {
  const uint32_t pfn = random_page();
  const Attempt with = attempt(pfn);
  const uint32_t which = random(5);
  const exo::CallResult result = CALL(cache_flush, with.capability, which);
  EXPECT(result, which == 0 || which == 4 ? EXO_ERROR_BAD_ARGUMENT : with.error(EXO_RIGHT_READ));
}

/// Which is current is told by the next call.
void switch_space() {
  const uint32_t space = random(EXO_SPACES_MAX + 1);
  const exo::CallResult result = CALL(cid_switch, space);
  EXPECT(result, space == EXO_SPACES_MAX ? EXO_ERROR_BAD_ARGUMENT : 0);
  if (!result.ok()) return;
  CHECK(static_cast<uint32_t>(result.value) == own_slot().space);
  own_slot().space = static_cast<uint16_t>(space);
}

void write_nothing() {
  const uint32_t offset = random(2 * PAGE_SIZE);
  const uint32_t bytes = random(2) == 0 ? 0 : EXO_CONSOLE_MAX + 1 + random(PAGE_SIZE);
  const bool is_inside = bytes == 0 && offset <= PAGE_SIZE;
  EXPECT(CALL(console_write, offset, bytes), is_inside ? 0 : EXO_ERROR_BAD_ARGUMENT);
}

void ask_nothing() {
  CHECK(CALL(null).value == 0);
  CHECK(static_cast<uint32_t>(CALL(env_id).value) == self());
  calls_that_did_something += 2;
}

}  // namespace

void end_devices_of(uint32_t id) {
  const auto is_its = [=](const Queued& entry) { return entry.owner == id; };
  transfers.must_be_over(is_its);
  requests.must_be_over(is_its);
  for (uint32_t index = 0; index < kExtents; ++index)
    if (extents[index].owner == id) take_blocks(index, extents[index].blocks);
  for (uint32_t tile = 0; tile < kTilesMax; ++tile)
    if (tiles[tile].owner == id) free_tile(tile);
  for (Line& line : lines) {
    if (line.owner != id) continue;
    line.owner = 0;
    replace(line.newest, {});
  }
  if (coprocessor_user == id) coprocessor_user = 0;
}

const Call kDeviceCalls[] = {copy,         copy,          copy,         copy,
                             copy,         bind_line,     unbind_line,  unmask_line,
                             bind_pixels,  bind_timer,    flush_caches, take_coprocessor,
                             switch_space, write_nothing, ask_nothing,  nullptr};

}  // namespace model
