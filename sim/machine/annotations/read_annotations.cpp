// From the YAML tree to the annotations, key by key.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "sim/machine/annotations/annotations.hpp"
#include "sim/machine/config/config_files.hpp"
#include "sim/machine/config/messages.hpp"

namespace exosim {
namespace {

using Names = std::string_view;
constexpr Names kFileKeys[] = {"description", "images"};
constexpr Names kImageKeys[] = {"domains", "default", "operations", "owner"};
constexpr Names kDomainKeys[] = {"domain", "functions", "begin", "end"};
constexpr Names kOperationKeys[] = {"functions", "begin", "end", "passage"};
constexpr Names kOwnerKeys[] = {"word", "name", "divisor"};

// A marker's name may be that long.
constexpr size_t kMaxName = 200;

std::optional<Domain> domain_of(YamlFields& fields, const Placed& name, std::string_view key) {
  if (const auto domain = parse_domain(name.text)) return domain;
  const std::vector<std::string> known(kDomainNames.begin(), kDomainNames.end());
  fields.fail(name.place, fields.path_of(key) + ": " + unknown_name("domain", name.text, known));
  return std::nullopt;
}

/// A text or a list of texts.
std::vector<Placed> one_or_more(YamlFields& fields, std::string_view key) {
  const YamlNode* value = fields.find(key);
  if (!value) return {};
  if (value->is_list()) return fields.texts(key, *value, false);
  const auto text = fields.text(key);
  return text ? std::vector{*text} : std::vector<Placed>{};
}

void check_name(YamlFields& fields, const Placed& name) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; };
  if (name.text.empty() || name.text.size() > kMaxName ||
      std::ranges::any_of(name.text, is_control))
    fields.fail(name.place, fmt::format("{}: expected a name of 1 to {} bytes without control "
                                        "characters",
                                        shown_text(name.text), kMaxName));
}

class ImageReader {
 public:
  ImageReader(const YamlEntry& entry, std::vector<Error>& errors)
      : fields_(entry.value, "images." + shown_text(entry.key), kImageKeys, errors) {
    image_.image = {entry.key, entry.key_place};
  }

  ImageAnnotations read() {
    if (const auto name = fields_.text("default")) {
      image_.domains_place = name->place;
      image_.default_domain = domain_of(fields_, *name, "default");
    }
    read_domains();
    read_operations();
    read_owner();
    return std::move(image_);
  }

 private:
  void read_domains() {
    const YamlNode* list = fields_.find("domains");
    if (!list) return;
    image_.domains_place = list->place;
    if (!list->is_list() || list->members.empty()) {
      fields_.fail(list->place,
                   fmt::format("{}: expected a list, as in [{{domain: protection, functions: "
                               "[tlb_*]}}], got {}",
                               fields_.path_of("domains"),
                               list->is_list() ? "an empty one" : list->shown()));
      return;
    }
    for (const YamlNode& member : list->members) read_domain(member);
  }

  void read_domain(const YamlNode& node) {
    YamlFields fields(node, fields_.path_of("domains"), kDomainKeys, fields_.errors());
    if (!node.is_map()) return;
    DomainRule rule;
    if (const auto name = fields.required_text("domain"))
      rule.domain = domain_of(fields, *name, "domain").value_or(rule.domain);
    rule.functions = one_or_more(fields, "functions");
    rule.begin = fields.text("begin");
    rule.end = fields.text("end");
    const bool is_range = fields.has("begin") && fields.has("end");
    const bool has_range = fields.has("begin") || fields.has("end");
    if (is_range == fields.has("functions") || (has_range && !is_range))
      fields.fail(node.place, fmt::format("{}: expected either functions, or begin and end",
                                          fields_.path_of("domains")));
    image_.domains.push_back(std::move(rule));
  }

  void read_operations() {
    const YamlNode* operations = fields_.find("operations");
    if (!operations) return;
    if (!operations->is_map()) {
      fields_.fail(
          operations->place,
          fmt::format("{}: expected a mapping of names to where they begin and end, got {}",
                      fields_.path_of("operations"), operations->shown()));
      return;
    }
    for (const YamlEntry& entry : operations->entries) read_operation(entry);
  }

  void read_operation(const YamlEntry& entry) {
    const std::string path = fields_.path_of("operations") + "." + shown_text(entry.key);
    YamlFields fields(entry.value, path, kOperationKeys, fields_.errors());
    if (!entry.value.is_map()) return;
    AnnotatedOperation operation{.name = {entry.key, entry.key_place},
                                 .functions = one_or_more(fields, "functions"),
                                 .begin = one_or_more(fields, "begin"),
                                 .end = one_or_more(fields, "end"),
                                 .is_passage = fields.flag("passage").value_or(false)};
    check_name(fields, operation.name);
    if (fields.has("functions") == fields.has("begin"))
      fields.fail(entry.value.place, path + ": expected either functions, or begin and end");
    else if (fields.has("begin") && !fields.has("end"))
      fields.fail(entry.value.place,
                  path + ": end is missing; only functions have an end of their own");
    image_.operations.push_back(std::move(operation));
  }

  void read_owner() {
    const YamlNode* node = fields_.find("owner");
    if (!node) return;
    YamlFields fields(*node, fields_.path_of("owner"), kOwnerKeys, fields_.errors());
    const auto word = fields.required_text("word");
    const auto name = fields.required_text("name");
    const auto divisor = fields.count("divisor", 1, std::numeric_limits<uint32_t>::max());
    if (!word || !name) return;
    check_name(fields, *name);
    image_.owner = OwnerWord{*word, *name, static_cast<uint32_t>(divisor.value_or(1))};
  }

  YamlFields fields_;
  ImageAnnotations image_;
};

Annotations read(const YamlNode& root, std::vector<Error>& errors) {
  Annotations annotations;
  YamlFields fields(root, "", kFileKeys, errors);
  if (!root.is_map()) return annotations;
  fields.text("description");
  if (!fields.has("images"))
    fields.fail(root.place, "images is missing: expected a mapping of file names");
  const YamlNode* images = fields.find("images");
  if (!images) return annotations;
  if (!images->is_map() || images->entries.empty()) {
    fields.fail(images->place, fmt::format("images: expected a mapping of file names, as in "
                                           "{{kernel.elf: ...}}, got {}",
                                           images->is_map() ? "an empty one" : images->shown()));
    return annotations;
  }
  for (const YamlEntry& entry : images->entries)
    annotations.images.push_back(ImageReader(entry, errors).read());
  return annotations;
}

}  // namespace

Result<Annotations> parse_annotations(std::string_view text, const std::string& source) {
  std::vector<Error> errors;
  const std::optional<YamlNode> root = parse_yaml(text, source, true, errors);
  if (!root) return all_in_one(errors);
  Annotations annotations = read(*root, errors);
  if (!errors.empty()) return all_in_one(errors);
  return annotations;
}

Result<Annotations> read_annotations(const std::filesystem::path& path) {
  const Result<std::string> text = read_config_file(path);
  if (!text) return Error{path.string(), text.error().message};
  return parse_annotations(*text, path.string());
}

}  // namespace exosim
