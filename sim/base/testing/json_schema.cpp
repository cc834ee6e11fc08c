// The only place that includes valijson.
#include "sim/base/testing/json_schema.hpp"

#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace exosim::testing {

using valijson::adapters::NlohmannJsonAdapter;

struct JsonSchema::Compiled {
  valijson::Schema schema;
  valijson::Validator validator;  // keeps its compiled patterns
};

JsonSchema::JsonSchema(const nlohmann::json& schema) : compiled_(std::make_unique<Compiled>()) {
  valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
  parser.populateSchema(NlohmannJsonAdapter(schema), compiled_->schema);
}

JsonSchema::~JsonSchema() = default;

std::string JsonSchema::violations(const nlohmann::json& document) {
  valijson::ValidationResults results;
  if (compiled_->validator.validate(compiled_->schema, NlohmannJsonAdapter(document), &results))
    return {};
  std::string text;
  for (valijson::ValidationResults::Error error; results.popError(error);)
    text += error.description + "\n";
  return text.empty() ? "refused\n" : text;
}

}  // namespace exosim::testing
