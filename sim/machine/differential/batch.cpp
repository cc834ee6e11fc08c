// The layout: driver at the bottom of the code, programs behind it; one record of 512 bytes for
// each program, registers in the lower half and the program's memory in the upper.
#include "sim/machine/differential/batch.hpp"

#include <fmt/format.h>

#include <cassert>
#include <cstring>
#include <string>
#include <string_view>

#include "isa/assembler.hpp"
#include "isa/machine/memory_map.h"

namespace exosim::differential {
namespace {

constexpr uint32_t kCodeBase = 0x00400000;    // under Linux; bare, the same in kseg0
constexpr uint32_t kRecordBase = 0x01000000;  // the same

static_assert(kCodeBase + kMostPrograms * kMaxProgramWords * sizeof(isa::Word) < kRecordBase);

constexpr uint32_t kRecordSize = 512;
constexpr uint32_t kEntryField = 0;  // r0 needs no place, so the program's address has it
constexpr uint32_t kHiField = 128;
constexpr uint32_t kLoField = 132;
constexpr uint32_t kDataField = kRecordSize - kDataSize;

bool is_saved(unsigned reg) {
  return reg != 0 && reg != kScratchRegister && reg != kRecordRegister;
}

/// "lw $1,4(k1)" and so on for every register that belongs to the program.
std::string each_register(std::string_view operation) {
  std::string text;
  for (unsigned reg = 1; reg < 32; ++reg)
    if (is_saved(reg)) text += fmt::format("{} ${},{}(k1)\n", operation, reg, 4 * reg);
  return text;
}

/// Numbers of the system calls of Linux for MIPS o32: write is 4004, exit 4001.
constexpr std::string_view kWriteRecords = R"(
        lui s0,%hi({records:#x}); addiu s0,s0,%lo({records:#x})
        lui s1,%hi({end:#x}); addiu s1,s1,%lo({end:#x})
      write:
        addiu v0,zero,4004; addiu a0,zero,1; addu a1,zero,s0; subu a2,s1,s0; syscall
        bne a3,zero,done; addiu a0,zero,1
        addu s0,s0,v0
        bne s0,s1,write; addiu a0,zero,0
      done:
        addiu v0,zero,4001; syscall
      )";

/// By the console's register CONSOLE_EXIT.
constexpr std::string_view kEndRun = R"(
        lui s0,0xb000; sw zero,0x20(s0)
      done:
        j done; nop
      )";

constexpr std::string_view kDriver = R"(
        lui k1,%hi({records:#x})
        addiu k1,k1,%lo({records:#x})
      next:
        lw k0,{hi}(k1); nop; mthi k0
        lw k0,{lo}(k1); nop; mtlo k0
        {load}
        lw k0,{entry}(k1); nop; jr k0; nop
      exit:
        {store}
        mfhi k0; sw k0,{hi}(k1)
        mflo k0; sw k0,{lo}(k1)
        addiu k1,k1,{record_size}
        lui k0,%hi({end:#x}); addiu k0,k0,%lo({end:#x})
        bne k1,k0,next; nop
      )";

std::string driver_source(uint32_t records, size_t records_size, BatchHost host) {
  const std::string source =
      std::string(kDriver) + std::string(host == BatchHost::kLinux ? kWriteRecords : kEndRun);
  return fmt::format(fmt::runtime(source), fmt::arg("records", records),
                     fmt::arg("end", records + records_size), fmt::arg("record_size", kRecordSize),
                     fmt::arg("entry", kEntryField), fmt::arg("hi", kHiField),
                     fmt::arg("lo", kLoField), fmt::arg("load", each_register("lw")),
                     fmt::arg("store", each_register("sw")));
}

std::vector<isa::Word> assemble_driver(const std::string& source, uint32_t base) {
  const auto words = isa::assemble_program(source, base);
  assert(words);
  return *words;
}

/// The driver's label "exit": right behind its only `jr k0; nop`.
uint32_t exit_address(const std::vector<isa::Word>& driver, uint32_t base) {
  const isa::Word jump = *isa::assemble("jr k0");
  for (size_t i = 0; i < driver.size(); ++i)
    if (driver[i] == jump) return static_cast<uint32_t>(base + 4 * (i + 2));
  assert(false);
  return 0;
}

void append(std::vector<std::byte>& bytes, const std::vector<isa::Word>& words) {
  const auto raw = std::as_bytes(std::span(words));
  bytes.insert(bytes.end(), raw.begin(), raw.end());
}

void put_word(std::byte* record, uint32_t field, uint32_t value) {
  std::memcpy(record + field, &value, sizeof value);
}

uint32_t get_word(const std::byte* record, uint32_t field) {
  uint32_t value = 0;
  std::memcpy(&value, record + field, sizeof value);
  return value;
}

void put_record(std::byte* record, const RandomProgram& program) {
  for (unsigned reg = 1; reg < 32; ++reg)
    if (is_saved(reg)) put_word(record, 4 * reg, program.gpr[reg]);
  put_word(record, kEntryField, program.placement.entry);
  put_word(record, kHiField, program.hi);
  put_word(record, kLoField, program.lo);
  std::memcpy(record + kDataField, program.data.data(), kDataSize);
}

}  // namespace

Batch::Batch(uint64_t first_seed, size_t count, BatchHost host) {
  assert(count <= kMostPrograms);
  const uint32_t segment = host == BatchHost::kLinux ? KUSEG_BASE : KSEG0_BASE;
  const uint32_t base = segment | kCodeBase;
  const uint32_t record_base = segment | kRecordBase;
  const std::vector<isa::Word> driver =
      assemble_driver(driver_source(record_base, count * kRecordSize, host), base);
  MemoryPiece code{.address = base, .bytes = {}, .writable = false};
  MemoryPiece records{.address = record_base, .bytes = {}, .writable = true};
  append(code.bytes, driver);
  records.bytes.resize(count * kRecordSize);
  for (size_t i = 0; i < count; ++i) {
    const auto record = static_cast<uint32_t>(i * kRecordSize);
    const Placement placement{.entry = static_cast<uint32_t>(base + code.bytes.size()),
                              .exit = exit_address(driver, base),
                              .data = record_base + record + kDataField};
    programs_.push_back(make_random_program(first_seed + i, placement));
    append(code.bytes, programs_.back().words);
    put_record(&records.bytes[record], programs_.back());
  }
  pieces_ = {std::move(code), std::move(records)};
}

size_t Batch::records_size() const { return programs_.size() * kRecordSize; }

Outcome Batch::outcome(size_t program, std::span<const std::byte> records) const {
  const std::byte* const record = &records[program * kRecordSize];
  Outcome outcome;
  for (unsigned reg = 1; reg < 32; ++reg)
    if (is_saved(reg)) outcome.gpr[reg] = get_word(record, 4 * reg);
  outcome.hi = get_word(record, kHiField);
  outcome.lo = get_word(record, kLoField);
  std::memcpy(outcome.data.data(), record + kDataField, kDataSize);
  return outcome;
}

}  // namespace exosim::differential
