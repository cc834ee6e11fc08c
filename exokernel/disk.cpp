// The queue of the disk's requests: who may add to it, what becomes of them.
#include "exokernel/disk.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/abi/syscalls.h"
#include "exokernel/block_map.hpp"
#include "exokernel/call_frame.h"
#include "exokernel/capability.hpp"
#include "exokernel/device_queue.hpp"
#include "exokernel/device_register.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/extent.hpp"
#include "exokernel/interrupt_line.hpp"
#include "exokernel/page.hpp"
#include "exokernel/page_save.hpp"
#include "exokernel/quota.hpp"
#include "isa/devices/disk.h"
#include "isa/machine/device_directory.h"
#include "isa/markers.h"

namespace aegis {

RequestTable disk_requests;

namespace {

constexpr uint32_t kBlockShift = 9;
static_assert(DISK_BLOCK_SIZE == 1 << kBlockShift && DISK_BLOCK_SIZE == EXO_BLOCK_SIZE);

/// What of a request is nobody else's business.
struct Detail {
  uint32_t extent;   // kNoExtent: it has changed hands since
  uint32_t address;  // physical
};

uintptr_t disk;        // its registers; 0 without one
uint32_t block_count;  // that can be allocated
QueuedRequest slots[kDiskSlots];
Detail details[kDiskSlots];  // parallel to the queue
void cancel(uint32_t ticket);
constinit DeviceQueue queue({.resource = EXO_RESOURCE_REQUESTS,
                             .event = EXO_EVENT_DISK,
                             .awaited = &Environment::awaited_requests,
                             .cancel = cancel},
                            slots, kDiskSlots);

/// What the disk is busy with.
enum class UnderWay : uint8_t {
  kNothing,
  kRequest,  // the first of the queue, even if it has been cancelled
  kSave,     // the first page that waits to be saved
  kLostSave  // one that has been cancelled
};
UnderWay under_way;

volatile uint32_t& disk_register(uint32_t offset) { return device_register(disk, offset); }

exo::RequestRecord& record(uint32_t ticket) { return disk_requests.of[ticket % kDiskSlots]; }

Detail& detail(uint32_t ticket) { return details[ticket % kDiskSlots]; }

uint32_t expected(const Environment& environment) { return queue.expected(environment); }

void finish(uint32_t ticket, uint32_t state) {
  record(ticket).state = static_cast<uint8_t>(state);
  queue.release(ticket);
}

/// Names the request under way to CANCEL.
constexpr uint32_t kTag = 1;

void hand_over(UnderWay what, uint32_t command, uint32_t block, uint32_t blocks, uint32_t address) {
  disk_register(DISK_BLOCK) = block;
  disk_register(DISK_COUNT) = blocks;
  disk_register(DISK_ADDRESS) = address;
  disk_register(DISK_OWNER) = kTag;
  disk_register(DISK_COMMAND) = command;
  wait_for_writes();
  under_way = what;
}

void hand_over_request(uint32_t ticket) {
  const exo::RequestRecord& request = record(ticket);
  hand_over(UnderWay::kRequest, request.is_write != 0 ? DISK_COMMAND_WRITE : DISK_COMMAND_READ,
            request.block, request.blocks, detail(ticket).address);
}

void hand_over_save(const PageSave& save) {
  hand_over(UnderWay::kSave, DISK_COMMAND_WRITE, extent_record(save.extent).first + save.block,
            PAGE_SIZE >> kBlockShift, save.pfn << PAGE_SHIFT);
}

void end_request(uint32_t status, uint32_t moved) {
  const uint32_t ticket = queue.first();
  exo::RequestRecord& request = record(ticket);
  request.moved = static_cast<uint8_t>(moved);
  if (request.is_write != 0 && moved != 0 && detail(ticket).extent != kNoExtent)
    blocks_written(request.block, moved);
  if (queue[ticket].owner != 0)
    finish(ticket, (status & DISK_STATUS_DONE) != 0 ? EXO_REQUEST_DONE : EXO_REQUEST_ERROR);
  queue.remove_first();
}

void end_save(uint32_t moved) {
  const PageSave save = first_page_save();
  if (moved != 0) blocks_written(extent_record(save.extent).first + save.block, moved);
  page_save_remove_first();
}

/// False if the disk is still busy.
bool is_over() {
  const uint32_t status = disk_register(DISK_STATUS);
  if ((status & DISK_STATUS_BUSY) != 0) return false;
  const uint32_t moved = (status & DISK_STATUS_ERROR) != 0 ? 0 : disk_register(DISK_MOVED);
  disk_register(DISK_STATUS) = status;
  wait_for_writes();
  if (under_way == UnderWay::kRequest) end_request(status, moved);
  if (under_way == UnderWay::kSave) end_save(moved);
  under_way = UnderWay::kNothing;
  return true;
}

/// The disk moves nothing more. A burst under way holds the bus: once a register has been read it
/// is over. What else is under way is on the disk's side.
[[gnu::noinline]] void stop() {
  EXO_DOMAIN("protection");
  disk_register(DISK_CANCEL) = kTag;
  wait_for_writes();
  [[maybe_unused]] const uint32_t status = disk_register(DISK_STATUS);
}

void cancel(uint32_t ticket) {
  if (under_way == UnderWay::kRequest && ticket == queue.first()) stop();
  finish(ticket, EXO_REQUEST_CANCELLED);
}

void cancel_saves(uint32_t extent) {
  if (under_way == UnderWay::kSave && first_page_save().extent == extent) {
    stop();
    under_way = UnderWay::kLostSave;
  }
  page_saves_cancel(extent);
}

/// What disk_transfer asks for.
struct Request {
  uint32_t extent, block, count;  // the block within the extent
  uint32_t pfn, offset;
  bool is_write, is_awaited;

  uint32_t first() const { return extent_record(extent).first + block; }
};

/// Takes t3 apart. False if it is not as it should be.
bool decode_what(uint32_t what, Request& request) {
  constexpr uint32_t kFlags = EXO_DISK_WRITE | EXO_DISK_TELL;
  request.offset = what & (PAGE_SIZE - DISK_BLOCK_SIZE);
  request.count = what >> EXO_DISK_COUNT_SHIFT;
  request.is_write = (what & EXO_DISK_WRITE) != 0;
  request.is_awaited = (what & EXO_DISK_TELL) != 0;
  const uint32_t known = kFlags | request.offset | (request.count << EXO_DISK_COUNT_SHIFT);
  return what == (what & known) && request.count != 0 && request.count <= EXO_DISK_COUNT_MAX &&
         request.offset <= PAGE_SIZE - (request.count << kBlockShift);
}

/// Checks everything about it. Returns 0 or an EXO_ERROR_.
[[gnu::noinline]] uint32_t decode(const CallFrame& call, Request& request) {
  EXO_DOMAIN("protection");
  const exo::Capability extent{{call.a[0], call.a[1], call.a[2]}};
  const exo::Capability page{{call.a[3], call.t[0], call.t[1]}};
  if (disk == 0) return EXO_ERROR_NO_DEVICE;
  if (!decode_what(call.t[3], request)) return EXO_ERROR_BAD_ARGUMENT;
  const bool is_write = request.is_write;
  if (const uint32_t error =
          check_capability(extent, EXO_KIND_EXTENT, is_write ? EXO_RIGHT_WRITE : EXO_RIGHT_READ))
    return error;
  if (const uint32_t error = check_capability(
          page, EXO_KIND_PAGE, is_write ? EXO_RIGHT_READ : EXO_RIGHT_READ | EXO_RIGHT_WRITE))
    return error;
  request.extent = extent.index();
  request.block = call.t[2];
  request.pfn = page.index();
  const uint32_t blocks = extent_record(request.extent).blocks;
  if (request.block >= blocks || request.count > blocks - request.block)
    return EXO_ERROR_BAD_ARGUMENT;
  if (!is_write && !blocks_may_be_read(request.first(), request.count))
    return EXO_ERROR_NOT_WRITTEN;
  return 0;
}

void add(const Request& request, uint16_t owner) {
  const uint32_t ticket =
      queue.add({.owner = owner, .is_awaited = request.is_awaited, .page = request.pfn});
  detail(ticket) = {.extent = request.extent,
                    .address = (request.pfn << PAGE_SHIFT) + request.offset};
  record(ticket) = {.ticket = ticket,
                    .block = request.first(),
                    .environment = owner,
                    .blocks = static_cast<uint8_t>(request.count),
                    .moved = 0,
                    .is_write = static_cast<uint8_t>(request.is_write),
                    .state = EXO_REQUEST_PENDING,
                    .reserved = 0};
}

}  // namespace

uint32_t disk_blocks(const DeviceEntry& device) {
  if (device.registers == 0 || device.interrupt == DIRECTORY_NO_INTERRUPT) return 0;
  const uint32_t blocks = device_register(device.registers, DISK_BLOCKS);
  return blocks < kDiskBlocksMax ? blocks : kDiskBlocksMax;
}

DiskShape disk_shape() {
  if (disk == 0) return {};
  return {.blocks = block_count,
          .heads = disk_register(DISK_HEADS),
          .sectors = disk_register(DISK_SECTORS)};
}

void disk_start(const DeviceEntry& device) {
  const auto begin = reinterpret_cast<uintptr_t>(&disk_requests);
  pages_expose(begin, begin + sizeof disk_requests);
  block_count = disk_blocks(device);
  extents_start(block_count);
  if (block_count == 0) return;
  disk = device.registers;
  queue.start();
  disk_register(DISK_CONTROL) = DISK_CONTROL_INTERRUPT;
  wait_for_writes();
  interrupt_line_drive({device.interrupt, disk_serve, expected});
}

/// Pages that are to become free come first.
void disk_serve() {
  if (under_way != UnderWay::kNothing && !is_over()) return;
  while (!queue.is_empty() && queue[queue.first()].owner == 0) queue.remove_first();
  if (has_page_saves())
    hand_over_save(first_page_save());
  else if (!queue.is_empty())
    hand_over_request(queue.first());
}

void disk_cancel_page(uint32_t pfn, const Environment* keeper) {
  disk_serve();
  queue.cancel_page(pfn, keeper);
}

void disk_cancel_extent(uint32_t extent, const Environment* keeper) {
  const uint16_t kept = keeper == nullptr ? 0 : keeper->id;
  disk_serve();
  for (uint32_t ticket = queue.first(); ticket != queue.next(); ++ticket) {
    if (detail(ticket).extent != extent) continue;
    if (kept == 0) detail(ticket).extent = kNoExtent;
    if (queue[ticket].owner != 0 && queue[ticket].owner != kept) cancel(ticket);
  }
  if (kept == 0) cancel_saves(extent);
}

void disk_cancel_owner(const Environment& environment) {
  disk_serve();
  queue.cancel_owner(environment);
}

uint32_t disk_repossess(Environment& environment, uint32_t count) {
  disk_serve();
  return queue.repossess(environment, count);
}

extern "C" void sys_disk_transfer(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  Request request;
  if (const uint32_t error = decode(call, request)) return call.fail(error);
  disk_serve();
  if (queue.is_full()) return call.fail(EXO_ERROR_BUSY);
  const Environment& caller = current_environment();
  if (const uint32_t error = quota_check(caller, EXO_RESOURCE_REQUESTS, 1)) return call.fail(error);
  call.succeed(queue.next() & 0x7fffffff);
  add(request, caller.id);
  disk_serve();
}

}  // namespace aegis
