// Boost.Program_options takes the arguments apart; what they mean is in the table.
#include "sim/options/options.hpp"

#include <fmt/format.h>

#include <boost/program_options.hpp>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <system_error>
#include <vector>

#include "sim/base/nearest.hpp"
#include "sim/options/option_table.hpp"

namespace exosim {

namespace po = boost::program_options;

namespace {

constexpr const char* kImages = "image";  // the positional arguments, as Boost wants them named

const po::value_semantic* semantic_of(const OptionRow& row) {
  if (row.value == OptionValue::kNone) return new po::untyped_value(true);
  auto* value = po::value<std::string>()->value_name(std::string(row.value_name));
  if (row.value == OptionValue::kOptional) value->implicit_value("");
  return value;
}

/// The options of one group, or of all.
po::options_description description_of(std::string_view group) {
  constexpr unsigned kLineLength = 100;
  po::options_description description(std::string(group), kLineLength, kLineLength / 2);
  for (const OptionRow& row : option_table()) {
    if (!group.empty() && row.group != group) continue;
    const std::string name = row.name == "help" ? "help,h" : std::string(row.name);
    description.add_options()(name.c_str(), semantic_of(row), std::string(row.doc).c_str());
  }
  return description;
}

std::vector<po::option> split_arguments(std::span<const char* const> args) {
  po::options_description all = description_of("");
  all.add_options()(kImages, po::value<std::vector<std::string>>(), "");
  po::positional_options_description positions;
  positions.add(kImages, -1);
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

Error unknown_option(const std::string& argument) {
  const std::string given = argument.substr(0, argument.find('='));
  std::vector<std::string> names;
  for (const OptionRow& row : option_table()) names.emplace_back(row.name);
  const size_t name = std::min(given.size(), given.find_first_not_of('-'));
  const std::optional<std::string> nearest = nearest_name(given.substr(name), names);
  return {given,
          fmt::format("unknown option{}", nearest ? fmt::format("; did you mean --{}?", *nearest)
                                                  : "; exosim --help lists them")};
}

std::string missing_value(const std::string& name) {
  const OptionRow* row = find_option(name);
  return fmt::format("expected a value: --{} {}", name, row ? row->value_name : "");
}

Error syntax_error(const po::invalid_command_line_syntax& error) {
  const std::string option = error.get_option_name();
  const std::string name = option.substr(std::min(option.size(), option.find_first_not_of('-')));
  using Kind = po::invalid_syntax::kind_t;
  const Kind kind = error.kind();
  if (kind == Kind::missing_parameter || kind == Kind::empty_adjacent_parameter) {
    return {"--" + name, missing_value(name)};
  }
  if (kind == Kind::extra_parameter) return {"--" + name, "takes no value"};
  return {option, error.what()};
}

bool is_same_file(const std::string& a, const std::string& b) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  return fs::path(a).lexically_normal() == fs::path(b).lexically_normal() ||
         fs::equivalent(a, b, ignored);
}

struct Output {
  const char* option;
  const std::string& file;
};

/// Outputs are truncated before the run: they must not be what the run reads, or another output.
std::optional<Error> check_outputs(const Options& options) {
  std::vector<std::string> inputs = options.images;
  inputs.push_back(options.config);
  inputs.push_back(options.input);
  if (options.kernel) inputs.push_back(*options.kernel);
  inputs.insert(inputs.end(), options.annotations.begin(), options.annotations.end());
  const std::vector<Output> outputs = {{"--stats", options.stats},
                                       {"--trace", options.trace},
                                       {"--callgrind", options.profiles.callgrind},
                                       {"--folded", options.profiles.folded},
                                       {"--profile", options.profiles.operations},
                                       {"--timeline", options.profiles.timeline}};
  for (auto output = outputs.begin(); output != outputs.end(); ++output) {
    if (output->file.empty() || output->file == "-") continue;
    for (const std::string& input : inputs)
      if (!input.empty() && is_same_file(output->file, input))
        return Error{output->option, fmt::format("would overwrite the input \"{}\"", input)};
    for (auto other = outputs.begin(); other != output; ++other)
      if (!other->file.empty() && is_same_file(output->file, other->file))
        return Error{output->option, fmt::format("writes to the file of {}", other->option)};
  }
  return std::nullopt;
}

/// --NAME-from and --NAME-to.
struct Window {
  const char* name;
  Cycles from;
  Cycles to;
};

std::optional<Error> check_windows(const Options& options, const std::set<std::string>& given) {
  const TimelineWindow& timeline = options.profiles.timeline_window;
  for (const Window& window : {Window{"trace", options.trace_from, options.trace_to},
                               Window{"timeline", timeline.from, timeline.to}}) {
    for (const char* end : {"from", "to"})
      if (given.contains(fmt::format("{}-{}", window.name, end)) && !given.contains(window.name))
        return Error{fmt::format("--{}-{}", window.name, end),
                     fmt::format("needs --{} FILE", window.name)};
    if (window.to < window.from)
      return Error{fmt::format("--{}-to", window.name),
                   fmt::format("{} is before --{}-from {}", window.to.count, window.name,
                               window.from.count)};
  }
  return std::nullopt;
}

/// What no single option can know. `given` has the names of all options given.
std::optional<Error> check_together(const Options& options, const std::set<std::string>& given) {
  if (auto error = check_windows(options, given)) return error;
  if (options.sources && options.action != Action::kPrintConfig) {
    return Error{"--sources", "needs --print-config, whose values it explains"};
  }
  if (options.samples && options.stats.empty()) {
    return Error{"--samples", "needs --stats FILE, where they are written"};
  }
  for (const char* more : {"counters", "stats-every"}) {
    if (given.contains(more) && options.stats.empty())
      return Error{fmt::format("--{}", more), "needs --stats FILE, where they are written"};
  }
  if (options.action == Action::kRun && options.images.empty()) {
    return Error{{}, "no image given\n" + usage_line() + "\nexosim --help lists the options"};
  }
  return check_outputs(options);
}

Result<Options> apply_all(const std::vector<po::option>& arguments) {
  Options options;
  std::set<std::string> given;
  for (const po::option& argument : arguments) {
    const std::string& name = argument.string_key;
    const std::string text = argument.value.empty() ? std::string() : argument.value.front();
    const OptionRow* row = find_option(name);
    if (!row && argument.position_key < 0) return unknown_option("--" + name);
    if (!row) {
      if (text.empty()) return Error{{}, "an image's name is empty"};
      options.images.push_back(text);
      continue;
    }
    if (!given.insert(name).second && !row->repeatable) {
      return Error{"--" + name, "given twice"};
    }
    if (std::optional<std::string> message = row->apply(options, text)) {
      return Error{"--" + name, *message};
    }
  }
  if (given.contains("help")) return options;
  if (std::optional<Error> error = check_together(options, given)) return *error;
  return options;
}

}  // namespace

Result<Options> parse_options(std::span<const char* const> args) {
  try {
    return apply_all(split_arguments(args));
  } catch (const po::unknown_option& error) {
    return unknown_option(error.get_option_name());
  } catch (const po::invalid_command_line_syntax& error) {
    return syntax_error(error);
  } catch (const po::error& error) {
    return Error{{}, error.what()};
  }
}

std::string usage_line() { return "usage: exosim [options] image.elf [more.elf...]"; }

std::string help_text() {
  std::ostringstream text;
  text << usage_line() << "\n\n"
       << "Boots the kernel and runs each image in an environment of its own. An image linked in\n"
          "kseg0 is a bare image: it runs in the kernel's place.\n";
  std::vector<std::string_view> groups;
  for (const OptionRow& row : option_table()) {
    if (groups.empty() || groups.back() != row.group) groups.push_back(row.group);
  }
  for (const std::string_view group : groups) text << '\n' << description_of(group);
  text << "\nExamples, from the repository after ./dev build:\n"
          "  build/bin/exosim build/guest/hello.elf\n"
          "  build/bin/exosim --set memory.size=8MiB --stats run.json build/guest/hello.elf\n"
          "  build/bin/exosim --trace run.log --trace-from 10k --trace-to 20k "
          "build/guest/hello.elf\n"
          "\nThe exit status is the guest's own; exosim --explain-exit lists the others.\n";
  return text.str();
}

}  // namespace exosim
