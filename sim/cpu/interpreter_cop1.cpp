// Floating-point instructions. Without an FPU they do what those of any absent coprocessor do: read
// as zero (FCR0 = 0 says that there is no FPU) and find their condition false.
#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"
#include "isa/machine/fpu.h"
#include "sim/cpu/interpreter_inline.hpp"

namespace exosim {

bool Interpreter::require_cop1() {
  retired_.float_write = {};
  return require_coprocessor(1);
}

bool Interpreter::require_fpu() { return require_cop1() && fpu_config_.present; }

void Interpreter::refresh_fpu_interrupt() {
  const bool high = fpu_config_.present && state_.fpu.interrupts();
  fpu_interrupt_ = static_cast<uint8_t>(high ? 1u << fpu_config_.interrupt : 0);
}

uint32_t Interpreter::find_interrupt_lines() {
  const Cp0Shadow* old = state_.shadows.at(state_.steps, &Cp0Shadow::interrupts_until);
  const uint32_t cause = old ? old->cause : state_.cp0.cause;
  const uint32_t status = old ? old->status : state_.cp0.status;
  return pending_interrupts(cause, hardware_interrupts()) & status & STATUS_IM_MASK;
}

uint8_t Interpreter::hardware_interrupts() {
  refresh_fpu_interrupt();
  return static_cast<uint8_t>(pins_.level() | fpu_interrupt_);
}

// The FPU's interrupt is precise: it reaches the processor in time to stop the very operation that
// traps (test: fpu_interrupt_is_precise). If it is masked the operation is over, without a result.
void Interpreter::finish_float() {
  refresh_fpu_interrupt();
  if (fpu_interrupt_ != 0 && interrupt_pending()) raise({.code = EXC_INT});
}

void Interpreter::finish_float(isa::FloatFormat format, unsigned fd) {
  if (!state_.fpu.interrupts()) record_float(format, fd);
  finish_float();
}

void Interpreter::record_float(isa::FloatFormat format, unsigned fd) {
  const unsigned first = fd & ~1u;
  const bool pair = format == isa::FloatFormat::kDouble;
  const uint64_t high = pair ? state_.fpu.fpr[first + 1] : 0;
  retired_.float_write = {.registers = static_cast<uint8_t>(pair ? 2 : 1),
                          .first = static_cast<uint8_t>(first),
                          .value = state_.fpu.fpr[first] | (high << 32)};
}

void Interpreter::write_float_late(unsigned f, uint32_t value) {
  state_.fpu.write_late(f, value, state_.steps);
  retired_.float_write = {.registers = 1, .first = static_cast<uint8_t>(f), .value = value};
}

void Interpreter::unknown_float_operation() {
  if (!fpu_config_.present) return;
  fpu_.unimplemented(state_.fpu, state_.steps);
  finish_float();
}

void Interpreter::float_binary(isa::FloatOp op, isa::FloatFormat format, unsigned fd, unsigned fs,
                               unsigned ft) {
  if (!require_fpu()) return;
  fpu_.binary(state_.fpu, op, {format, fd, fs, ft}, state_.steps);
  finish_float(format, fd);
}

void Interpreter::float_unary(isa::FloatOp op, isa::FloatFormat format, unsigned fd, unsigned fs) {
  if (!require_fpu()) return;
  fpu_.unary(state_.fpu, op, {format, fd, fs}, state_.steps);
  if (op == isa::FloatOp::kMove) return record_float(format, fd);
  finish_float(format, fd);
}

void Interpreter::float_convert(isa::FloatFormat to, isa::FloatFormat from, unsigned fd,
                                unsigned fs) {
  if (!require_fpu()) return;
  fpu_.convert(state_.fpu, to, {from, fd, fs}, state_.steps);
  finish_float(to, fd);
}

void Interpreter::float_compare(unsigned condition, isa::FloatFormat format, unsigned fs,
                                unsigned ft) {
  if (!require_fpu()) return;
  fpu_.compare(state_.fpu, condition, {format, 0, fs, ft}, state_.steps);
  finish_float();
}

void Interpreter::move_from_cop1(unsigned r, unsigned f) {
  if (!require_cop1()) return;
  issue_load(r, fpu_config_.present ? state_.fpu.read(f, state_.steps) : 0);
}

void Interpreter::move_to_cop1(unsigned r, unsigned f) {
  if (require_fpu()) write_float_late(f, gpr(r));
}

// Registers other than FCR0 and FCR31 read 0.
void Interpreter::move_from_cop1_control(unsigned r, unsigned c) {
  if (!require_cop1()) return;
  if (!fpu_config_.present) return issue_load(r, 0);
  const uint32_t id = c == FCR_ID ? fpu_config_.id : 0;
  issue_load(r, c == FCR_STATUS ? state_.fpu.fcsr : id);
}

// FCR31 is written before the interrupt that this may cause: the next instruction is the first that
// it can stop (test: fpu_interrupt_by_ctc1).
void Interpreter::move_to_cop1_control(unsigned r, unsigned c) {
  if (!require_fpu() || c != FCR_STATUS) return;
  state_.fpu.write_fcsr(gpr(r), state_.steps);
  refresh_fpu_interrupt();
}

void Interpreter::branch_on_cop1(bool condition, uint32_t offset) {
  if (!require_cop1()) return;
  const bool found = fpu_config_.present && state_.fpu.condition(state_.steps);
  branch_if(found == condition, offset);
}

void Interpreter::load_cop1(unsigned f, Value address) {
  if (!fpu_config_.present) return load_coprocessor(1, f, address);
  if (!require_fpu()) return;
  if (is_misaligned(isa::Access::kWord, address))
    return raise({.code = EXC_ADEL, .bad_address = {address}});
  uint32_t value = 0;
  if (read_data({address}, 4, value)) write_float_late(f, value);
}

void Interpreter::store_cop1(unsigned f, Value address) {
  if (!fpu_config_.present) return store_coprocessor(1, f, address);
  if (!require_cop1()) return;
  if (is_misaligned(isa::Access::kWord, address))
    return raise({.code = EXC_ADES, .bad_address = {address}});
  write_data({address}, {address, 4, state_.fpu.read(f, state_.steps)});
}

}  // namespace exosim
