// Disk; registers in isa/devices/disk.h. Here is what the processor sees of it: registers, the
// checks of a request, the interrupt line.
#include "isa/devices/disk.h"

#include <string>
#include <utility>

#include "sim/base/file.hpp"
#include "sim/bus/bus.hpp"
#include "sim/bus/device.hpp"
#include "sim/devices/disk_drive.hpp"

namespace exosim {

namespace {

class Disk final : public Device {
 public:
  Disk(const DeviceContext& context, DiskMedium medium)
      : ram_(context.bus.ram()),
        interrupt_(context.interrupt),
        save_(context.params.text("save")),
        drive_(context, std::move(medium), [this](DiskDrive::Outcome outcome) { end(outcome); }) {}

  RegisterBank& registers() override { return bank_; }
  const RegisterBank& registers() const override { return bank_; }

  Result<std::monostate> save() const override {
    if (save_.empty()) return std::monostate{};
    return write_file(save_, drive_.medium().bytes());
  }

 private:
  void command(uint32_t command) {
    if (drive_.is_busy()) return note(DISK_STATUS_REFUSED);
    if (const uint32_t cause = cause_against(command)) {
      if ((status_ & DISK_STATUS_ERROR) == 0) error_ = cause;
      return note(DISK_STATUS_ERROR);
    }
    drive_.start({.is_write = command == DISK_COMMAND_WRITE,
                  .block = block_,
                  .count = count_,
                  .address = {address_},
                  .owner = owner_});
  }

  /// DISK_CAUSE_... of what is wrong with the request; 0 if nothing is.
  uint32_t cause_against(uint32_t command) const {
    if (command != DISK_COMMAND_READ && command != DISK_COMMAND_WRITE) return DISK_CAUSE_COMMAND;
    if (count_ == 0 || count_ > DISK_MAX_COUNT) return DISK_CAUSE_COUNT;
    const uint32_t blocks = drive_.geometry().blocks();
    if (block_ >= blocks || count_ > blocks - block_) return DISK_CAUSE_BLOCK;
    if (address_ % DISK_BLOCK_SIZE != 0) return DISK_CAUSE_ALIGNMENT;
    return ram_.contains({address_}, count_ * DISK_BLOCK_SIZE) ? 0 : DISK_CAUSE_MEMORY;
  }

  void end(DiskDrive::Outcome outcome) {
    note(outcome == DiskDrive::Outcome::kDone ? DISK_STATUS_DONE : DISK_STATUS_CANCELLED);
  }

  uint32_t status() const { return status_ | (drive_.is_busy() ? DISK_STATUS_BUSY : 0); }

  void note(uint32_t status) {
    status_ |= status;
    update_interrupt();
  }

  void acknowledge(uint32_t bits) {
    status_ &= ~bits;
    if ((status_ & DISK_STATUS_ERROR) == 0) error_ = 0;
    update_interrupt();
  }

  void set_control(uint32_t value) {
    control_ = value & DISK_CONTROL_INTERRUPT;
    update_interrupt();
  }

  void update_interrupt() { interrupt_.set(control_ != 0 && status_ != 0); }

  const Ram& ram_;
  InterruptLine interrupt_;
  std::string save_;
  DiskDrive drive_;

  uint32_t block_ = 0;
  uint32_t count_ = 0;
  uint32_t address_ = 0;
  uint32_t owner_ = 0;
  uint32_t control_ = 0;
  uint32_t status_ = 0;  // of kStatusMask
  uint32_t error_ = 0;

  RegisterBank bank_{
      {.offset = DISK_BLOCK,
       .name = "BLOCK",
       .doc = "first block of the request",
       .read = [this] { return block_; },
       .write = [this](uint32_t value) { block_ = value; }},
      {.offset = DISK_COUNT,
       .name = "COUNT",
       .doc = "blocks of the request, from 1 to 256",
       .read = [this] { return count_; },
       .write = [this](uint32_t value) { count_ = value; }},
      {.offset = DISK_ADDRESS,
       .name = "ADDRESS",
       .doc = "where in memory: a physical address in RAM, a multiple of 512",
       .read = [this] { return address_; },
       .write = [this](uint32_t value) { address_ = value; }},
      {.offset = DISK_OWNER,
       .name = "OWNER",
       .doc = "whose request it is: any word, for CANCEL",
       .read = [this] { return owner_; },
       .write = [this](uint32_t value) { owner_ = value; }},
      {.offset = DISK_COMMAND,
       .name = "COMMAND",
       .doc = "write: carry the request out, READ (1) from the disk, WRITE (2) to it; while BUSY "
              "it is lost and sets REFUSED",
       .write = [this](uint32_t value) { command(value); }},
      {.offset = DISK_CANCEL,
       .name = "CANCEL",
       .doc = "write: if the request under way is this owner's, move nothing more of it between "
              "disk and memory; BUSY until that is certain",
       .write = [this](uint32_t value) { drive_.cancel(value); }},
      {.offset = DISK_CONTROL,
       .name = "CONTROL",
       .doc = "INTERRUPT (1): raise the interrupt line while STATUS has more than BUSY",
       .read = [this] { return control_; },
       .write = [this](uint32_t value) { set_control(value); }},
      {.offset = DISK_STATUS,
       .name = "STATUS",
       .doc = "BUSY (1), DONE (2), ERROR (4), CANCELLED (8), REFUSED (16); write: 1 acknowledges "
              "all but BUSY",
       .read = [this] { return status(); },
       .write = [this](uint32_t value) { acknowledge(value); }},
      {.offset = DISK_ERROR,
       .name = "ERROR",
       .doc = "cause of the first error since ERROR was acknowledged; 0: none",
       .read = [this] { return error_; }},
      {.offset = DISK_MOVED,
       .name = "MOVED",
       .doc = "blocks of the request under way, or of the last one, that are moved",
       .read = [this] { return drive_.moved(); }},
      {.offset = DISK_BLOCKS,
       .name = "BLOCKS",
       .doc = "blocks of the disk",
       .read = [this] { return drive_.geometry().blocks(); }},
      {.offset = DISK_CYLINDERS,
       .name = "CYLINDERS",
       .doc = "cylinders of the disk: block / (HEADS * SECTORS) is in which one",
       .read = [this] { return drive_.geometry().cylinders; }},
      {.offset = DISK_HEADS,
       .name = "HEADS",
       .doc = "tracks of a cylinder",
       .read = [this] { return drive_.geometry().heads; }},
      {.offset = DISK_SECTORS,
       .name = "SECTORS",
       .doc = "blocks of a track",
       .read = [this] { return drive_.geometry().sectors; }},
      {.offset = DISK_CYLINDER,
       .name = "CYLINDER",
       .doc = "cylinder that the heads are at or move to",
       .read = [this] { return drive_.cylinder(); }},
  };
};

Result<std::unique_ptr<Device>> create(const DeviceContext& context) {
  DiskMedium medium;
  if (const std::string& image = context.params.text("image"); !image.empty()) {
    auto loaded = DiskMedium::load(image, DiskGeometry::of(context.params).blocks());
    if (!loaded) return Error{"image", loaded.error().text()};
    medium = std::move(*loaded);
  }
  if (const std::string& save = context.params.text("save"); !save.empty())
    if (const auto writable = check_writable(save); !writable)
      return Error{"save", writable.error().text()};
  return std::unique_ptr<Device>(std::make_unique<Disk>(context, std::move(medium)));
}

ParamDoc number(std::string_view name, std::string_view value, std::string_view doc, uint64_t min,
                uint64_t max) {
  return {.name = name,
          .unit = ParamUnit::kNumber,
          .default_value = value,
          .doc = doc,
          .min = min,
          .max = max};
}

ParamDoc time(std::string_view name, std::string_view value, std::string_view doc) {
  constexpr uint64_t kSecond = 1'000'000'000'000;
  return {
      .name = name, .unit = ParamUnit::kTime, .default_value = value, .doc = doc, .max = kSecond};
}

ParamDoc file(std::string_view name, std::string_view doc, bool is_input) {
  return {.name = name,
          .unit = ParamUnit::kText,
          .default_value = "",
          .doc = doc,
          .is_input_file = is_input};
}

const Registry<DeviceType>::Registration kDisk{
    "disk",
    {.id = DISK_ID,
     .summary = "disk of one platter stack, with the times of its heads and its rotation",
     .size = DISK_SIZE,
     .has_interrupt = true,
     .params = {number("cylinders", "1224", "positions of the heads", 1, 16384),
                number("heads", "15", "tracks of a cylinder", 1, 64),
                number("sectors", "36", "blocks of 512 bytes on a track", 1, 256),
                number("revolutions", "3600", "of the medium, per minute", 60, 20'000),
                number("track_skew", "2",
                       "sectors that a track begins behind the one before it; a switch to another "
                       "head takes as long",
                       0, 255),
                time("seek_track", "4ms", "seek to the next cylinder"),
                time("seek_average", "16ms", "average seek"),
                time("seek_full", "35ms", "seek over all cylinders"),
                time("overhead", "1ms", "from a command to the first movement"),
                number("burst", "16", "words that it moves at most while it holds the bus", 1, 128),
                file("image",
                     "file with the contents, from the first block on; the rest, or all "
                     "without a file, is zero. It is not changed",
                     true),
                file("save",
                     "file that the contents are written to when the run is over; empty: "
                     "none. It may be the image",
                     false)},
     .create = create,
     .check = [](const DeviceParams& params) { return DiskGeometry::of(params).check(); }}};

}  // namespace

}  // namespace exosim
