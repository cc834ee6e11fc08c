// What a user says of images that carry no markers: which functions belong to which domain, where
// operations begin and end, which word says who runs. docs/annotations.md explains every key.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/machine/config/yaml_fields.hpp"
#include "sim/observe/ledger/domain_map.hpp"

namespace exosim {

/// Functions, or the code from one place to another, of a domain.
struct DomainRule {
  Domain domain = Domain::kProtection;
  std::vector<Placed> functions;  // names and patterns; or
  std::optional<Placed> begin;    // a place, "SYMBOL" or "SYMBOL+OFFSET"
  std::optional<Placed> end;      // the first that is no longer of it
};

/// What is measured.
struct AnnotatedOperation {
  Placed name;
  std::vector<Placed> functions;  // it begins where they are entered; or
  std::vector<Placed> begin;      // at these places
  std::vector<Placed> end;        // places; none: where the functions are left
  bool is_passage = false;
};

/// The word of memory that says who runs.
struct OwnerWord {
  Placed word;  // a place
  Placed name;
  uint32_t divisor = 1;
};

struct ImageAnnotations {
  Placed image;                          // file name without folders
  std::optional<Domain> default_domain;  // of code that no rule names
  std::optional<Place> domains_place;    // of the first key that declares domains
  std::vector<DomainRule> domains;       // the first that names an instruction has it
  std::vector<AnnotatedOperation> operations;
  std::optional<OwnerWord> owner;
};

/// One file.
struct Annotations {
  std::vector<ImageAnnotations> images;
};

/// Refuses with all errors found, each with its place. `source` stands in places.
Result<Annotations> parse_annotations(std::string_view text, const std::string& source);
/// The same from a file.
Result<Annotations> read_annotations(const std::filesystem::path& path);

}  // namespace exosim
