// See compare.hpp.
#include "bench/gate/compare.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace exosim::bench {
namespace {

struct Figure {
  const char* name;
  int64_t Spread::*member;
};
constexpr Figure kFigures[] = {{"median", &Spread::median},
                               {"min", &Spread::min},
                               {"max", &Spread::max},
                               {"total", &Spread::total}};

bool is_within(int64_t expected, int64_t now, double tolerance) {
  const auto difference = static_cast<double>(std::abs(now - expected));
  return difference <= tolerance * static_cast<double>(expected);
}

class Comparison {
 public:
  Comparison(const OperationFigures& expected, const OperationFigures& now,
             const OperationRule* rule)
      : expected_(expected), now_(now), tolerance_(rule ? rule->tolerance : 0) {}

  std::vector<std::string> run(const OperationRule* rule) {
    if (rule && rule->max_cycles) look_at_budget(*rule->max_cycles);
    if (rule && rule->max_cycles && tolerance_ == 0) return std::move(texts_);
    look_at(expected_.cycles, now_.cycles, "cycles");
    look_at(expected_.instructions, now_.instructions, "instructions");
    if (expected_.count != now_.count)
      texts_.push_back(fmt::format("completed {} times, expected {}", now_.count, expected_.count));
    if (texts_.empty() && tolerance_ == 0 && expected_.ledger != now_.ledger)
      texts_.push_back(
          fmt::format("{} cycles as before, of other domains or causes", now_.cycles.median));
    return std::move(texts_);
  }

 private:
  void look_at_budget(uint64_t budget) {
    if (now_.cycles.max > 0 && static_cast<uint64_t>(now_.cycles.max) > budget)
      texts_.push_back(
          fmt::format("takes up to {} cycles, its budget is {}", now_.cycles.max, budget));
  }

  /// The median says it, if it differs; else the figures that do.
  void look_at(const Spread& expected, const Spread& now, const char* unit) {
    const std::string beyond =
        tolerance_ == 0 ? "" : fmt::format(", beyond its tolerance of {:g}%", 100 * tolerance_);
    for (const auto& [name, member] : kFigures) {
      if (is_within(expected.*member, now.*member, tolerance_)) continue;
      // One figure that is of many: the total is another if the number of completed ones is.
      if (member == &Spread::total && expected_.count != now_.count) continue;
      const bool is_only_one = expected.min == expected.max && now.min == now.max;
      texts_.push_back(fmt::format("{}{}{}", is_only_one ? "" : std::string(name) + " ",
                                   change_text(expected.*member, now.*member, unit), beyond));
      return;
    }
  }

  const OperationFigures& expected_;
  const OperationFigures& now_;
  double tolerance_;
  std::vector<std::string> texts_;
};

}  // namespace

std::string change_text(int64_t before, int64_t now, const std::string& unit) {
  std::string share;
  if (before != 0)
    share = fmt::format(", {:+.1f}%",
                        100 * static_cast<double>(now - before) / static_cast<double>(before));
  return fmt::format("{} -> {} {} ({:+}{})", before, now, unit, now - before, share);
}

std::vector<std::string> differences(const OperationFigures& expected, const OperationFigures& now,
                                     const OperationRule* rule) {
  return Comparison(expected, now, rule).run(rule);
}

}  // namespace exosim::bench
