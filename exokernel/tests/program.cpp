// The kernel's reading of ELF files, run here as a program of its own: each refusal, and random
// files, of which none may be accepted that would make the kernel touch what is not the file's.
// sources: exokernel/program.cpp
#include "exokernel/program.hpp"

#include "exokernel/tests/harness/harness.hpp"

namespace {

using aegis::Program;

constexpr uint32_t kFilePages = 4;
constexpr uint32_t kFileBytes = kFilePages * PAGE_SIZE;
constexpr uint32_t kHeaderWords = 13;
constexpr uint32_t kProgramHeaderWords = 8;
constexpr unsigned kMutations = 20000;

// The headers are all that is read of a file.
constexpr uint32_t kWords = kHeaderWords + 2 * kProgramHeaderWords;

/// The words of an ELF file with two segments. Field names are those of the ABI.
struct File {
  uint32_t word[kWords + 1] = {
      0x464c457f, 0x00010101, 0,          0,   // e_ident
      0x00080002, 1,          0x00401000, 52,  // e_type, e_machine; e_version; e_entry; e_phoff
      0,          0,          0x00200034, 2,   // e_shoff, e_flags; e_ehsize, e_phentsize; e_phnum
      0,                                       //
      1,          0x1000,     0x00400000, 0,  0x0800, 0x0800, 0x00100005, 0x1000,  // text, pinned
      1,          0x2000,     0x00401000, 0,  0x0010, 0x2010, 0x00000006, 0x1000,  // data and .bss
  };

  uint32_t* program_header(unsigned index) {
    return word + kHeaderWords + index * kProgramHeaderWords;
  }
};

const char* read(const File& file, Program& program) {
  return aegis::read_program(reinterpret_cast<const uint8_t*>(file.word), kFileBytes, program);
}

bool accepts(const File& file) {
  Program program;
  return read(file, program) == nullptr;
}

bool refuses(unsigned header, unsigned field, uint32_t value) {
  File file;
  file.program_header(header)[field] = value;
  return !accepts(file);
}

bool refuses_word(unsigned index, uint32_t value) {
  File file;
  file.word[index] = value;
  return !accepts(file);
}

void reads_segments() {
  Program program;
  CHECK(read(File{}, program) == nullptr);
  CHECK(program.entry == 0x00401000 && program.segment_count == 2);
  const aegis::ProgramSegment& text = program.segments[0];
  CHECK(text.virt == 0x00400000 && text.file_page == 1 && text.file_pages == 1);
  CHECK(text.zero_pages == 0 && text.tail == 0x800 && !text.is_writable && text.is_pinned);
  const aegis::ProgramSegment& data = program.segments[1];
  CHECK(data.file_pages == 1 && data.zero_pages == 2 && data.tail == 0x10);
  CHECK(data.is_writable && !data.is_pinned);
}

void refuses_bad_headers() {
  Program program;
  const File file;
  CHECK(aegis::read_program(reinterpret_cast<const uint8_t*>(file.word), 51, program) != nullptr);
  CHECK(refuses_word(0, 0x464c4580));
  CHECK(refuses_word(1, 0x00010102));  // 64 bits
  CHECK(refuses_word(1, 0x00010201));  // big-endian
  CHECK(refuses_word(4, 0x00030002));  // another machine
  CHECK(refuses_word(4, 0x00080001));  // not executable
  CHECK(refuses_word(7, kFileBytes));  // program headers behind the end
  CHECK(refuses_word(7, 54));          // and at an odd place
  CHECK(refuses_word(7, 0xfffffffc));
  CHECK(refuses_word(10, 0x00240034));  // of another size
  CHECK(refuses_word(11, 0));           // none
  CHECK(refuses_word(11, 0xffff));      // too many
}

void refuses_bad_segments() {
  constexpr unsigned kOffset = 1, kVirt = 2, kFileSize = 4, kMemorySize = 5;
  CHECK(refuses(0, kOffset, kFileBytes));
  CHECK(refuses(0, kOffset, 0x1004));
  CHECK(refuses(0, kOffset, 0xfffff000));
  CHECK(refuses(0, kFileSize, 0x801));
  CHECK(refuses(0, kFileSize, 0xffffffff));
  CHECK(refuses(0, kMemorySize, 0x1001));  // reaches into the next one
  CHECK(refuses(0, kMemorySize, 0xffffffff));
  CHECK(refuses(0, kVirt, 0));
  CHECK(refuses(0, kVirt, 0x00001000));  // context page
  CHECK(refuses(0, kVirt, 0x00002000));  // info page
  CHECK(!refuses(0, kVirt, 0x00003000));
  CHECK(refuses(0, kVirt, 0x80000000));
  CHECK(refuses(0, kVirt, 0xfffff000));
  CHECK(!refuses(0, kVirt, 0x7ffff000));
  CHECK(refuses(1, kOffset, 0x1000));  // the same page of the file
  CHECK(refuses(1, kVirt, 0x00400000));
  // A segment without bytes in the file may say any offset.
  File zeroed;
  zeroed.program_header(1)[kFileSize] = 0;
  zeroed.program_header(1)[kOffset] = 0x2345;
  CHECK(accepts(zeroed));
}

/// What the rest of the kernel relies on.
bool is_sane(const Program& program) {
  if (program.segment_count == 0 || program.segment_count > aegis::kProgramSegmentsMax)
    return false;
  for (unsigned index = 0; index < program.segment_count; ++index) {
    const aegis::ProgramSegment& segment = program.segments[index];
    const bool is_in_file = segment.file_page + segment.file_pages <= kFilePages;
    const uint32_t last = (segment.virt >> PAGE_SHIFT) + segment.pages();
    if (!is_in_file || segment.pages() == 0 || segment.virt % PAGE_SIZE != 0 ||
        segment.virt <= EXO_INFO_VA || last > 0x80000 || segment.tail >= PAGE_SIZE)
      return false;
  }
  return true;
}

void survives_random_files() {
  uint32_t random = 1;
  const auto next = [&random] {
    random ^= random << 13;
    random ^= random >> 17;
    random ^= random << 5;
    return random;
  };
  unsigned accepted = 0;
  for (unsigned mutation = 0; mutation < kMutations; ++mutation) {
    File file;
    for (unsigned count = next() % 3 + 1; count > 0; --count) {
      uint32_t& word = file.word[next() % kWords];
      const uint32_t value = next();
      word = (value & 3) == 0 ? value : word ^ (1u << (value >> 27));
    }
    Program program;
    if (read(file, program) != nullptr) continue;
    ++accepted;
    CHECK(is_sane(program));
  }
  CHECK(accepted > 0);
}

}  // namespace

void run_tests() {
  reads_segments();
  refuses_bad_headers();
  refuses_bad_segments();
  survives_random_files();
}
