// Figures as cells of tables: digits, the run that they are of.
#pragma once

#include <optional>
#include <string>

#include "bench/report/document.hpp"
#include "bench/report/figures.hpp"

namespace exosim::bench {

std::string number_text(double cycles);                // "1,234" or "12.5"
std::string microseconds_text(double value);           // "0.28", "123.4"
std::string percent_text(double share);                // 0.125 as "12.5"; none at all is "0"
std::string change_text(double before, double after);  // "+12.5 %"

/// What stands for a figure that there is not.
inline constexpr const char* kNone = "–";
/// Behind a mean of times that began warm and times that began cold.
inline constexpr const char* kMixed = "*";

/// The operation's name, and its image where it is not the workload's own: "TLB refill (kernel)".
std::string operation_text(const OperationRow& row);

/// The median in cycles, or microseconds; of the operation that is shown (OperationRow::share).
TableCell cycles_cell(const OperationRow& row, const std::optional<Measured>& measured);
TableCell microseconds_cell(const OperationRow& row, const std::optional<Measured>& measured,
                            const Setting& setting);
/// How many times what was published: "1.25".
TableCell ratio_cell(double before, double after);
/// Least to greatest, of the samples of one run, or of the medians of placements.
TableCell samples_cell(const OperationRow& row, const std::optional<Measured>& measured);
TableCell placements_cell(const OperationRow& row, const std::vector<Measured>& placed);
/// A domain's or cause's mean cycles; empty if there are none.
TableCell part_cell(const OperationRow& row, const Measured& measured, const Parts& parts,
                    std::string_view name);
/// All of them together; kMixed behind it if the operation began both ways.
TableCell mean_cell(const OperationRow& row, const Measured& measured);
/// The same as percent of the mean cycles.
TableCell share_cell(const std::optional<Measured>& measured, std::string_view domain);

}  // namespace exosim::bench
