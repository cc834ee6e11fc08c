// See table_cells.hpp.
#include "bench/report/table_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace exosim::bench {
namespace {

std::string with_commas(std::string digits) {
  const size_t point = std::min(digits.find('.'), digits.size());
  for (size_t at = point; at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

double part_of(const Parts& parts, std::string_view name) {
  const auto found = parts.find(name);
  return found == parts.end() ? 0 : found->second;
}

/// Something is never shown as nothing.
std::string part_text(double cycles) {
  constexpr double kLeast = 0.005;
  if (cycles == 0) return {};
  if (cycles < kLeast) return "<0.01";
  return cycles < 10 * kLeast ? fmt::format("{:.2f}", cycles) : number_text(cycles);
}

std::string range_text(double least, double greatest) {
  if (least == greatest) return number_text(least);
  return number_text(least) + "–" + number_text(greatest);
}

}  // namespace

std::string number_text(double cycles) {
  const double tenths = std::round(cycles * 10);
  const bool is_whole = std::fmod(tenths, 10) == 0;
  return with_commas(fmt::format("{:.{}f}", tenths / 10, is_whole ? 0 : 1));
}

std::string microseconds_text(double value) {
  return with_commas(fmt::format("{:.{}f}", value, value < 100 ? 2 : 1));
}

std::string percent_text(double share) {
  constexpr double kLeast = 0.0005;  // is rounded to 0.1 %
  constexpr double kError = 1e-9;    // of the sums that it is made of
  if (share < kError || share > 1 - kError) return share < kError ? "0" : "100";
  if (share < kLeast) return "<0.1";
  if (share > 1 - kLeast) return ">99.9";
  return fmt::format("{:.1f}", share * 100);
}

std::string change_text(double before, double after) {
  if (before == after) return "=";
  if (before == 0) return kNone;
  return fmt::format("{:+.1f} %", (after - before) / before * 100);
}

std::string operation_text(const OperationRow& row) {
  std::string title = row.title();
  std::erase(title, '`');  // the published titles have some code in them
  return row.image == row.workload ? title : fmt::format("{} ({})", title, row.image);
}

TableCell cycles_cell(const OperationRow& row, const std::optional<Measured>& measured) {
  if (!measured) return {kNone, {}};
  return {number_text(static_cast<double>(measured->median) / row.share()), measured->run};
}

TableCell microseconds_cell(const OperationRow& row, const std::optional<Measured>& measured,
                            const Setting& setting) {
  if (!measured) return {kNone, {}};
  const double cycles = static_cast<double>(measured->median) / row.share();
  return {microseconds_text(setting.microseconds(cycles)), measured->run};
}

TableCell samples_cell(const OperationRow& row, const std::optional<Measured>& measured) {
  if (!measured) return {kNone, {}};
  return {range_text(static_cast<double>(measured->min) / row.share(),
                     static_cast<double>(measured->max) / row.share()),
          measured->run};
}

TableCell ratio_cell(double before, double after) {
  if (before <= 0) return {kNone, {}};
  return {fmt::format("{:.2f}", after / before), {}};
}

TableCell placements_cell(const OperationRow& row, const std::vector<Measured>& placed) {
  if (placed.empty()) return {kNone, {}};
  const auto [least, greatest] = std::ranges::minmax_element(placed, {}, &Measured::median);
  return {range_text(static_cast<double>(least->median) / row.share(),
                     static_cast<double>(greatest->median) / row.share()),
          {}};
}

TableCell part_cell(const OperationRow& row, const Measured& measured, const Parts& parts,
                    std::string_view name) {
  return {part_text(part_of(parts, name) / row.share()), measured.run};
}

TableCell mean_cell(const OperationRow& row, const Measured& measured) {
  return {number_text(measured.mean / row.share()) + (measured.is_mixed ? kMixed : ""),
          measured.run};
}

TableCell share_cell(const std::optional<Measured>& measured, std::string_view domain) {
  if (!measured || measured->mean == 0) return {kNone, {}};
  return {percent_text(part_of(measured->domains, domain) / measured->mean), measured->run};
}

}  // namespace exosim::bench
