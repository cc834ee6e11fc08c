// Creating children, as any application could: two pages, mappings, a slice.
#include "exokernel/tests/harness/child.hpp"

extern "C" {
void test_child_start();
[[noreturn]] void test_child_finish() {
  for (;;) exo::env_exit(0u);
}
}

namespace test {
namespace {

constexpr uint32_t kContextWindow = 0x2f000000;
constexpr uint32_t kReadWrite = EXO_RIGHT_READ | EXO_RIGHT_WRITE;

exo::Capability allocate() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  check(page.ok(), "there is a page", __LINE__);
  return page.capability();
}

void fill_in(volatile exo::Context& context, void (*function)()) {
  const volatile exo::Context& own = exo::context();
  for (unsigned code = 0; code < 16; ++code) context.handlers[code] = own.handlers[code];
  context.slice_end = own.slice_end;
  context.restart_begin = own.restart_begin;
  context.restart_end = own.restart_end;
  context.slice_start = reinterpret_cast<uint32_t>(&test_child_start);
  context.user[11] = reinterpret_cast<uint32_t>(function);
  context.user[12] = kChildStack + PAGE_SIZE - 16;
}

/// The pages of the test's own image, where they are in the test itself.
void share_image(const exo::Capability& child) {
  const exo::Info& info = exo::info();
  for (uint32_t index = 0; index < info.segment_count; ++index) {
    const exo::InfoSegment& segment = info.segments[index];
    for (uint32_t page = 0; page < segment.pages; ++page) {
      const exo::CallResult made = exo::page_capability(segment.first_pfn + page, kReadWrite);
      const uint32_t flags = segment.writable != 0 ? EXO_MAP_WRITE : 0;
      check(exo::env_guarantee(child, (segment.virt + page * PAGE_SIZE) | flags, made.capability())
                .ok(),
            "the child has the test's page", __LINE__);
    }
  }
}

/// Returns its frame number.
uint32_t give_stack(const exo::Capability& child) {
  const exo::Capability stack = allocate();
  check(exo::env_guarantee(child, kChildStack | EXO_MAP_WRITE, stack).ok(), "it has a stack",
        __LINE__);
  check(exo::page_give(stack, child).ok(), "of its own", __LINE__);
  return stack.index();
}

}  // namespace

void make_context(const exo::Capability& page, void (*function)()) {
  uint32_t before;
  do {  // again if the binding is forgotten in between, as it may be
    before = caught().count;
    check(exo::tlb_write(kContextWindow, EXO_MAP_WRITE, page).ok(), "bound", __LINE__);
    for (uint32_t offset = 0; offset < PAGE_SIZE; offset += 4) word_at(kContextWindow + offset) = 0;
    fill_in(*reinterpret_cast<volatile exo::Context*>(kContextWindow), function);
  } while (caught().count != before);
}

Parts make_parts(void (*function)()) {
  const Parts parts{allocate(), allocate()};
  make_context(parts.context, function);
  return parts;
}

Child equip_child(uint32_t id, const exo::Capability& capability) {
  share_image(capability);
  return {.id = id, .capability = capability, .stack = give_stack(capability)};
}

Child create_child(void (*function)()) {
  const Parts parts = make_parts(function);
  const exo::CallResult made = exo::env_create(parts.context, parts.info);
  check(made.ok(), "the child is created", __LINE__);
  return equip_child(static_cast<uint32_t>(made.value), made.capability());
}

void start_child(const Child& child) {
  check(exo::env_start(child.capability).ok(), "the child is started", __LINE__);
}

uint32_t wait_for(const Child& child, const volatile exo::EnvironmentRecord* records) {
  while (records[child.id].state != exo::EnvironmentState::kEnded) test_yield(EXO_YIELD_NEXT);
  return records[child.id].status;
}

}  // namespace test
