// See junit.hpp.
#include "bench/gate/junit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <pugixml.hpp>
#include <sstream>

#include "bench/gate/report_text.hpp"

namespace exosim::bench {
namespace {

/// XML has no way to write most control characters.
std::string xml_text(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; },
      '?');
  return text;
}

void set(pugi::xml_node& node, const char* name, const std::string& value) {
  node.append_attribute(name).set_value(xml_text(value).c_str());
}

void add_case(pugi::xml_node& suite, const std::string& point, const std::string& name,
              const std::string& wrong, const std::string& details) {
  pugi::xml_node test = suite.append_child("testcase");
  set(test, "classname", point);
  set(test, "name", name);
  if (wrong.empty()) return;
  pugi::xml_node failure = test.append_child("failure");
  set(failure, "message", wrong);
  failure.append_child(pugi::node_pcdata).set_value(xml_text(details).c_str());
}

void add_point(pugi::xml_node& root, const PointVerdict& point) {
  pugi::xml_node suite = root.append_child("testsuite");
  set(suite, "name", point.label);
  const auto wrong = std::ranges::count_if(
      point.operations, [](const OperationVerdict& each) { return !each.as_expected(); });
  set(suite, "tests", std::to_string(point.operations.size() + 1));
  set(suite, "failures",
      std::to_string(static_cast<size_t>(wrong) + (point.wrong.empty() ? 0 : 1)));
  add_case(suite, point.label, "run", point.wrong, point.messages + "\n" + point.command);
  for (const OperationVerdict& operation : point.operations)
    add_case(suite, point.label, operation.name,
             fmt::format("{}", fmt::join(operation.differences, "; ")),
             fmt::format("{}\n{}", fmt::join(explanation_lines(operation.why, {}), "\n"),
                         point.command));
}

}  // namespace

std::string junit_text(const GateReport& report) {
  pugi::xml_document document;
  pugi::xml_node root = document.append_child("testsuites");
  set(root, "name", report.name);
  set(root, "tests", std::to_string(report.operations() + report.points.size()));
  set(root, "failures", std::to_string(report.wrong()));
  for (const PointVerdict& point : report.points) add_point(root, point);
  std::ostringstream text;
  document.save(text, " ");
  return text.str();
}

}  // namespace exosim::bench
