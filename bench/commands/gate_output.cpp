// See gate_output.hpp.
#include "bench/commands/gate_output.hpp"

#include <fmt/format.h>

#include <limits>
#include <span>

#include "bench/gate/github.hpp"
#include "bench/gate/junit.hpp"
#include "bench/gate/markdown.hpp"
#include "bench/gate/tap.hpp"
#include "sim/base/file.hpp"

namespace exosim::bench {
namespace {

Result<std::monostate> write_text(const std::optional<std::string>& file, const std::string& text) {
  if (!file) return std::monostate{};
  return write_file(*file, std::as_bytes(std::span(text.data(), text.size())));
}

void print_report(const GateReport& report, const GateOutputs& outputs) {
  fmt::print("{}", report_text(report, outputs.limits));
  if (outputs.github) fmt::print("{}", github_annotations(report));
  const size_t wrong = report.wrong();
  fmt::print("{}: {} operations in {} points; {}\n", report.name, report.operations(),
             report.points.size(),
             wrong == 0 ? "all as expected"
                        : fmt::format("{} difference{}", wrong, wrong == 1 ? "" : "s"));
}

}  // namespace

Result<GateOutputs> gate_outputs(const CommandLine& line) {
  GateOutputs outputs{
      line.value("junit"), line.value("tap"), line.value("markdown"), line.has("github"), {}};
  for (const auto& file : {outputs.junit, outputs.tap, outputs.markdown})
    if (file)
      if (const auto writable = check_writable(*file); !writable) return writable.error();
  constexpr size_t kAll = std::numeric_limits<size_t>::max();
  if (line.has("all")) outputs.limits = {kAll, kAll, kAll};
  return outputs;
}

Result<std::monostate> write_outputs(const GateReport& report, const GateOutputs& outputs) {
  print_report(report, outputs);
  if (auto written = write_text(outputs.junit, junit_text(report)); !written) return written;
  if (auto written = write_text(outputs.tap, tap_text(report)); !written) return written;
  return write_text(outputs.markdown, markdown_text(report));
}

}  // namespace exosim::bench
