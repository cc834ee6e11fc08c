// Text to words, for tests: one instruction, or a small program with labels. Reads what the
// disassembler writes.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "isa/insn.hpp"

namespace exosim::isa {

/// What is wrong with the text; in a program, with the line's number in front.
struct AssemblyError {
  std::string message;
};

/// A T, or why there is none.
template <class T>
class [[nodiscard]] Assembled {
 public:
  Assembled(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Assembled(AssemblyError error) : state_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }
  const T& operator*() const { return std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }
  const std::string& error() const { return std::get<1>(state_).message; }

 private:
  std::variant<T, AssemblyError> state_;
};

/// Names that operands may use for addresses.
using Labels = std::map<std::string, uint32_t, std::less<>>;

/// The word of one instruction at `address`: "lw a0,-4(sp)", "beq a0,zero,0x80000010". Registers
/// are named or $4; numbers are decimal, 0x hex or a label, %hi(number) or %lo(number); targets of
/// branches and jumps are addresses. Also ".word 0x12345678" and "nop".
Assembled<Word> assemble(std::string_view text, uint32_t address = 0, const Labels& labels = {});

/// The words of a program that begins at `base`. One instruction per line or between semicolons;
/// "name:" defines a label at the next word; # begins a comment.
Assembled<std::vector<Word>> assemble_program(std::string_view source, uint32_t base);

}  // namespace exosim::isa
