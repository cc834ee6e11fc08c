// From the YAML tree to published figures.
#include "bench/report/published.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "sim/machine/config/config_files.hpp"
#include "sim/machine/config/messages.hpp"
#include "sim/machine/config/yaml_fields.hpp"

namespace exosim::bench {
namespace {

constexpr std::string_view kFileKeys[] = {"primitives"};
constexpr std::string_view kRowKeys[] = {"title", "operation", "share", "microseconds"};

std::optional<double> positive_number(std::string_view text) {
  double value = 0;
  const auto [stop, status] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (status != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  if (!std::isfinite(value) || value <= 0) return std::nullopt;
  return value;
}

bool is_mark(std::string_view letter) {
  return std::ranges::find(kMarks, letter, &Mark::letter) != std::end(kMarks);
}

class PublishedReader {
 public:
  explicit PublishedReader(std::vector<Error>& errors) : errors_(errors) {}

  PublishedOperation row(const YamlNode& node) {
    YamlFields fields(node, "primitives", kRowKeys, errors_);
    PublishedOperation row;
    if (const auto title = fields.required_text("title")) row.title = title->text;
    if (const auto name = fields.required_text("operation")) row.operation = name->text;
    if (const auto share = fields.text("share")) {
      const auto number = positive_number(share->text);
      if (!number)
        fields.fail(share->place, fmt::format("primitives.share: expected a number above 0, got {}",
                                              shown_text(share->text)));
      row.share = number.value_or(1);
    }
    if (const YamlNode* times = fields.find("microseconds")) read_times(*times, fields, row);
    return row;
  }

 private:
  void read_times(const YamlNode& times, YamlFields& fields, PublishedOperation& row) {
    if (!times.is_map())
      return fields.fail(times.place, fmt::format("primitives.microseconds: expected a mapping of "
                                                  "machines to figures, got {}",
                                                  times.shown()));
    for (const YamlEntry& entry : times.entries) {
      const auto figure = figure_of(entry.value.text);
      if (entry.value.is_scalar() && figure)
        row.by_machine[entry.key] = *figure;
      else
        fields.fail(entry.value.place,
                    fmt::format("primitives.microseconds.{}: expected a number and a mark (R, H, "
                                "M, D or ?), as in 1.6 H, got {}",
                                entry.key, entry.value.shown()));
    }
  }

  static std::optional<PublishedFigure> figure_of(std::string_view text) {
    const size_t blank = text.find(' ');
    if (blank == text.npos) return std::nullopt;
    const std::string_view number = text.substr(0, blank);
    const std::string_view mark = text.substr(blank + 1);
    if (!positive_number(number) || !is_mark(mark)) return std::nullopt;
    return PublishedFigure{std::string(number), std::string(mark)};
  }

  std::vector<Error>& errors_;
};

}  // namespace

Result<std::vector<PublishedOperation>> parse_published(std::string_view text,
                                                        const std::string& source) {
  std::vector<Error> errors;
  const std::optional<YamlNode> root = parse_yaml(text, source, true, errors);
  if (!root) return all_in_one(errors);
  YamlFields fields(*root, "", kFileKeys, errors);
  std::vector<PublishedOperation> rows;
  if (const YamlNode* list = fields.find("primitives")) {
    if (!list->is_list())
      fields.fail(list->place, "primitives: expected a list of operations, got " + list->shown());
    PublishedReader reader(errors);
    for (const YamlNode& member : list->members) rows.push_back(reader.row(member));
  } else if (errors.empty()) {
    fields.fail(root->place, "primitives is missing: expected a list of operations");
  }
  if (!errors.empty()) return all_in_one(errors);
  return rows;
}

Result<std::vector<PublishedOperation>> read_published(const std::filesystem::path& path) {
  const Result<std::string> text = read_config_file(path);
  if (!text) return Error{path.string(), text.error().message};
  return parse_published(*text, path.string());
}

}  // namespace exosim::bench
