// Boost.Program_options takes the arguments apart; what they mean is for each command.
#include "bench/options/command_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <sstream>

#include "sim/base/nearest.hpp"
#include "sim/base/quantity.hpp"

namespace exosim::bench {

namespace po = boost::program_options;

namespace {

constexpr const char* kArguments = "argument";  // as Boost wants the positional ones named

po::options_description description_of(std::span<const OptionRow> rows) {
  constexpr unsigned kLineLength = 100;
  po::options_description description("Options", kLineLength, kLineLength / 2);
  for (const OptionRow& row : rows) {
    const po::value_semantic* semantic = new po::untyped_value(true);
    if (!row.value_name.empty()) {
      delete semantic;
      semantic = po::value<std::string>()->value_name(std::string(row.value_name));
    }
    description.add_options()(std::string(row.name).c_str(), semantic,
                              std::string(row.doc).c_str());
  }
  return description;
}

std::vector<po::option> split(std::span<const OptionRow> rows, std::span<const char* const> args) {
  po::options_description all = description_of(rows);
  all.add_options()(kArguments, po::value<std::vector<std::string>>(), "");
  po::positional_options_description positions;
  positions.add(kArguments, -1);
  // Without guessing: an abbreviation would change its meaning with the next new option.
  constexpr int kStyle =
      po::command_line_style::unix_style ^ po::command_line_style::allow_guessing;
  return po::command_line_parser(std::vector<std::string>(args.begin(), args.end()))
      .options(all)
      .positional(positions)
      .style(kStyle)
      .run()
      .options;
}

Error unknown_option(std::span<const OptionRow> rows, const std::string& argument) {
  const std::string given = argument.substr(0, argument.find('='));
  std::vector<std::string> names;
  for (const OptionRow& row : rows) names.emplace_back(row.long_name());
  const size_t name = std::min(given.size(), given.find_first_not_of('-'));
  const auto nearest = nearest_name(given.substr(name), names);
  return {given, nearest ? fmt::format("unknown option; did you mean --{}?", *nearest)
                         : "unknown option; --help lists them"};
}

Error syntax_error(std::span<const OptionRow> rows, const po::invalid_command_line_syntax& error) {
  const std::string option = error.get_option_name();
  const std::string name = option.substr(std::min(option.size(), option.find_first_not_of('-')));
  const auto row = std::ranges::find(rows, name, &OptionRow::long_name);
  using Kind = po::invalid_syntax::kind_t;
  const Kind kind = error.kind();
  if (kind == Kind::missing_parameter || kind == Kind::empty_adjacent_parameter) {
    const std::string_view value = row == rows.end() ? "" : row->value_name;
    return {"--" + name, fmt::format("expected a value: --{} {}", name, value)};
  }
  if (kind == Kind::extra_parameter) return {"--" + name, "takes no value"};
  return {option, error.what()};
}

Result<CommandLine> collect(const std::vector<po::option>& given) {
  CommandLine line;
  for (const po::option& option : given) {
    const std::string text = option.value.empty() ? std::string() : option.value.front();
    if (option.position_key >= 0) {
      if (text.empty()) return Error{{}, "an argument is empty"};
      line.arguments.push_back(text);
    } else if (!line.options.emplace(option.string_key, text).second) {
      return Error{"--" + option.string_key, "given twice"};
    }
  }
  return line;
}

}  // namespace

std::optional<std::string> CommandLine::value(std::string_view option) const {
  const auto found = options.find(option);
  if (found == options.end()) return std::nullopt;
  return found->second;
}

Result<CommandLine> parse_command_line(std::span<const OptionRow> rows,
                                       std::span<const char* const> args) {
  try {
    return collect(split(rows, args));
  } catch (const po::unknown_option& error) {
    return unknown_option(rows, error.get_option_name());
  } catch (const po::invalid_command_line_syntax& error) {
    return syntax_error(rows, error);
  } catch (const po::error& error) {
    return Error{{}, error.what()};
  }
}

std::string options_text(std::span<const OptionRow> rows) {
  std::ostringstream text;
  text << description_of(rows);
  return text.str();
}

Result<std::optional<uint64_t>> number_option(const CommandLine& line, std::string_view option,
                                              uint64_t least) {
  const std::optional<std::string> text = line.value(option);
  if (!text) return std::optional<uint64_t>();
  const auto number = parse_count(*text);
  if (!number) return Error{fmt::format("--{}", option), number.error().message};
  if (*number < least)
    return Error{fmt::format("--{}", option), fmt::format("{} is less than {}", *text, least)};
  return std::optional<uint64_t>(*number);
}

}  // namespace exosim::bench
