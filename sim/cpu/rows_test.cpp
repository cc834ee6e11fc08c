// What the interpreter relies on in the rows of isa/insn.
#include <gtest/gtest.h>

#include "isa/instructions.hpp"

namespace exosim {
namespace {

/// A machine without values that notes whether a row does anything after something that can raise.
class OrderChecker {
 public:
  struct Value {
    Value() = default;
    Value(uint32_t) {}
    friend Value operator+(Value, Value) { return {}; }
    friend Value operator-(Value, Value) { return {}; }
    friend Value operator&(Value, Value) { return {}; }
    friend Value operator|(Value, Value) { return {}; }
    friend Value operator^(Value, Value) { return {}; }
    friend Value operator~(Value) { return {}; }
  };

  bool acts_after_raising() const { return late_; }

  Value gpr(unsigned) { return {}; }
  void set_gpr(unsigned, Value) { act(); }
  Value shift_left(Value, Value) { return {}; }
  Value shift_right(Value, Value) { return {}; }
  Value shift_right_arithmetic(Value, Value) { return {}; }
  Value less(Value, Value) { return {}; }
  Value less_unsigned(Value, Value) { return {}; }
  Value equal(Value, Value) { return {}; }
  Value not_equal(Value, Value) { return {}; }
  void add_or_overflow(unsigned, Value, Value) { may_raise(); }
  void subtract_or_overflow(unsigned, Value, Value) { may_raise(); }
  void multiply(Value, Value) { act(); }
  void multiply_unsigned(Value, Value) { act(); }
  void divide(Value, Value) { act(); }
  void divide_unsigned(Value, Value) { act(); }
  Value hi() { return {}; }
  Value lo() { return {}; }
  void set_hi(Value) { act(); }
  void set_lo(Value) { act(); }
  void branch_if(Value, uint32_t) { act(); }
  void jump_region(uint32_t) { act(); }
  void jump_to(Value) { act(); }
  void link(unsigned) { act(); }
  void load(isa::Access, unsigned, Value) { may_raise(); }
  void store(isa::Access, unsigned, Value) { may_raise(); }
  void load_coprocessor(unsigned, unsigned, Value) { may_raise(); }
  void store_coprocessor(unsigned, unsigned, Value) { may_raise(); }
  void system_call() { may_raise(); }
  void breakpoint() { may_raise(); }
  void move_from_cop0(unsigned, unsigned) { may_raise(); }
  void move_to_cop0(unsigned, unsigned) { may_raise(); }
  void branch_on_cop0(bool, uint32_t) { may_raise(); }
  void tlb_read() { may_raise(); }
  void tlb_write_indexed() { may_raise(); }
  void tlb_write_random() { may_raise(); }
  void tlb_probe() { may_raise(); }
  void restore_from_exception() { may_raise(); }
  void coprocessor(unsigned, isa::Word) { may_raise(); }
  void float_binary(isa::FloatOp, isa::FloatFormat, unsigned, unsigned, unsigned) { may_raise(); }
  void float_unary(isa::FloatOp, isa::FloatFormat, unsigned, unsigned) { may_raise(); }
  void float_convert(isa::FloatFormat, isa::FloatFormat, unsigned, unsigned) { may_raise(); }
  void float_compare(unsigned, isa::FloatFormat, unsigned, unsigned) { may_raise(); }
  void move_from_cop1(unsigned, unsigned) { may_raise(); }
  void move_to_cop1(unsigned, unsigned) { may_raise(); }
  void move_from_cop1_control(unsigned, unsigned) { may_raise(); }
  void move_to_cop1_control(unsigned, unsigned) { may_raise(); }
  void branch_on_cop1(bool, uint32_t) { may_raise(); }
  void load_cop1(unsigned, Value) { may_raise(); }
  void store_cop1(unsigned, Value) { may_raise(); }

 private:
  void act() { late_ |= raised_; }
  void may_raise() {
    act();
    raised_ = true;
  }

  bool raised_ = false;
  bool late_ = false;
};

TEST(Rows, RaiseOnlyInTheirLastAct) {
  for (const auto& row : isa::kInstructions<OrderChecker>) {
    OrderChecker machine;
    row.execute(machine, {row.encoding.match});
    EXPECT_FALSE(machine.acts_after_raising()) << row.name;
  }
}

}  // namespace
}  // namespace exosim
