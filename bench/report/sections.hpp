// The parts of the report, each a section of the document.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/report/document.hpp"
#include "bench/report/figures.hpp"

namespace exosim::bench {

/// Shares of protection, multiplexing and management, of every operation on every machine.
Section headline_section(const Figures& figures);
/// Published, ours warm and cold, spread; domains; causes: of one workload.
Section workload_section(const Figures& figures, const std::string& workload);
/// The same operations side by side: on machines, with kernels, in workloads. Those for which there
/// is something to compare.
std::vector<Section> comparison_sections(const Figures& figures);
/// What takes other time than before, and what else differs.
Section against_section(const ResultSet& now, const ResultSet& before);

/// All of them, with the commands of the runs.
Document report_document(const ResultSet& set, const std::optional<ResultSet>& before);

}  // namespace exosim::bench
