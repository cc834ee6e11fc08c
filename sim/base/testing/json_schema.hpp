// For tests: a JSON Schema as other programs understand it.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

namespace exosim::testing {

/// Validates by valijson (draft-07), which only this file's implementation includes: it compiles
/// for a minute.
class JsonSchema {
 public:
  explicit JsonSchema(const nlohmann::json& schema);
  ~JsonSchema();

  /// What the schema has against the document, a line for each; empty if nothing.
  std::string violations(const nlohmann::json& document);

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace exosim::testing
