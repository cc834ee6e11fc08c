// See explanation_text.hpp.
#include "sim/observe/explain/explanation_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "isa/disassembler.hpp"
#include "sim/observe/decimal.hpp"
#include "sim/observe/text_table.hpp"

namespace exosim {
namespace {

constexpr size_t kMnemonicColumns = 8;

std::string count_text(uint64_t count) {
  return count == 0 ? std::string() : std::to_string(count);
}

/// "1 instruction", "2 instructions".
std::string instructions_text(size_t count) {
  return fmt::format("{} instruction{}", count, count == 1 ? "" : "s");
}

bool was_reached(const InstructionCost& cost) { return cost.causes.sum() != 0; }

InstructionCost total_of(const std::vector<InstructionCost>& costs) {
  InstructionCost total;
  for (const InstructionCost& cost : costs) {
    total.executions += cost.executions;
    total.exceptions += cost.exceptions;
    total.causes += cost.causes;
  }
  return total;
}

/// One function's listing, as a table whose last column is the code.
class Listing {
 public:
  Listing(const Function& function, std::vector<InstructionCost> costs, SourceFiles& sources)
      : function_(function),
        costs_(std::move(costs)),
        sources_(sources),
        total_(total_of(costs_)),
        causes_(causes_in(total_.causes)) {}

  /// `run_cycles`: of the whole run.
  std::string text(uint64_t run_cycles) {
    add_headings();
    for (const InstructionCost& cost : costs_) {
      add_source(cost.address);
      rows_.push_back(cells(cost, instruction_text(cost)));
    }
    rows_.push_back(cells(total_, "total"));
    return title(run_cycles) + lines() + unreached_text();
  }

 private:
  std::string title(uint64_t run_cycles) const {
    const uint64_t cycles = total_.causes.sum();
    const std::string share = run_cycles == 0 ? "-" : quotient_text(cycles * 100, run_cycles, 1);
    return fmt::format("\n{} in {}: {} of the run's {} cycles, {} %\n", function_.symbol->name,
                       function_.image->name, cycles, run_cycles, share);
  }

  void add_headings() {
    std::vector<std::string> above(3);
    std::vector<std::string> below{"executions", "cycles", "%"};
    for (const size_t cause : causes_) {
      above.emplace_back(cause_heading(cause).above);
      below.emplace_back(cause_heading(cause).below);
    }
    if (total_.exceptions != 0) below.emplace_back("exceptions");
    below.emplace_back();  // the code
    above.resize(below.size());
    if (!std::ranges::all_of(above, &std::string::empty)) rows_.push_back(above);
    rows_.push_back(below);
  }

  std::vector<std::string> cells(const InstructionCost& cost, const std::string& code) const {
    const uint64_t cycles = cost.causes.sum();
    std::vector<std::string> row{
        count_text(cost.executions), count_text(cycles),
        cycles == 0 ? "" : quotient_text(cycles * 100, total_.causes.sum(), 1)};
    for (const size_t cause : causes_) row.push_back(count_text(cost.causes.cycles[cause]));
    if (total_.exceptions != 0) row.push_back(count_text(cost.exceptions));
    row.push_back(code);
    return row;
  }

  void add_source(uint32_t address) {
    const auto& table = function_.image->lines;
    const auto line = table ? table->find(address) : std::nullopt;
    if (!line) return;
    const std::string place = fmt::format("{}:{}", line->file, line->line);
    if (std::exchange(last_place_, place) == place) return;
    std::vector<std::string>& row = rows_.emplace_back(rows_.front().size());
    row.back() = fmt::format("{}  {}", place, sources_.line(*line));
  }

  std::string instruction_text(const InstructionCost& cost) const {
    const auto symbol_of = [&](uint32_t address) { return place_text(address); };
    const std::string text = isa::disassemble(cost.word, cost.address, symbol_of);
    const size_t tab = std::min(text.find('\t'), text.size());
    return fmt::format("  {:08x}  {:<{}}{}", cost.address, text.substr(0, tab), kMnemonicColumns,
                       tab == text.size() ? "" : text.substr(tab + 1));
  }

  /// "+0x10" within this function, elsewhere "function+0x10".
  std::string place_text(uint32_t address) const {
    if (address >= function_.begin && address < function_.end)
      return fmt::format("+{:#x}", address - function_.begin);
    const Symbol* symbol = function_.image->symbol_at(address);
    if (symbol == nullptr) return {};
    const std::string name = name_without_parameters(symbol->name);
    const uint32_t offset = address - symbol->address;
    return offset == 0 ? name : fmt::format("{}+{:#x}", name, offset);
  }

  std::string lines() const {
    std::vector<size_t> widths(rows_.front().size());
    for (const auto& row : rows_)
      for (size_t column = 0; column + 1 < row.size(); ++column)
        widths[column] = std::max(widths[column], row[column].size());
    std::string text;
    for (const auto& row : rows_) {
      for (size_t column = 0; column + 1 < row.size(); ++column)
        fmt::format_to(std::back_inserter(text), "  {:>{}}", row[column], widths[column]);
      text += "  | " + row.back();
      text.erase(text.find_last_not_of(' ') + 1);
      text += '\n';
    }
    return text;
  }

  /// One line for each run of instructions that no step began at.
  std::string unreached_text() const {
    std::string text;
    for (auto first = costs_.begin(); first != costs_.end();) {
      const auto next = std::ranges::find_if(first, costs_.end(), [&](const auto& cost) {
        return was_reached(cost) != was_reached(*first);
      });
      if (!was_reached(*first))
        fmt::format_to(std::back_inserter(text), "  never reached: {:08x} to {:08x}, {}\n",
                       first->address, std::prev(next)->address,
                       instructions_text(static_cast<size_t>(next - first)));
      first = next;
    }
    return text;
  }

  const Function& function_;
  std::vector<InstructionCost> costs_;
  SourceFiles& sources_;
  InstructionCost total_;
  std::vector<size_t> causes_;  // columns
  std::vector<std::vector<std::string>> rows_;
  std::string last_place_;
};

}  // namespace

std::string explanation_text(const Explanation& explanation, SourceFiles& sources) {
  std::string text;
  for (const Function& function : explanation.functions()) {
    Listing listing(function, explanation.costs(function), sources);
    text += listing.text(explanation.cycles());
  }
  return text;
}

}  // namespace exosim
