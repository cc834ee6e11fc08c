// The abort protocol's care for pages: their state goes where their owner has said beforehand, to
// pages or to blocks of the disk. A page whose state goes to the disk stays with the kernel until
// it is there.
#pragma once

#include <cstdint>

namespace aegis {

struct Environment;

/// Takes a page from its owner. Returns what the repossession vector says of its state: 0, a page,
/// or EXO_SAVED_ON_DISK and where.
uint32_t page_take_and_save(Environment& environment, uint32_t pfn);

/// A page that waits for the disk.
struct PageSave {
  uint32_t pfn;
  uint32_t extent;
  uint32_t block;  // within it
};

/// True if so many wait that no more of an environment that has named blocks should be taken now.
bool page_saves_must_wait(const Environment& environment);
bool has_page_saves();
/// The one that has waited longest.
PageSave first_page_save();
/// It is on the disk, or will not be: its page is free.
void page_save_remove_first();
/// The same for all whose extent changes hands.
void page_saves_cancel(uint32_t extent);

}  // namespace aegis
