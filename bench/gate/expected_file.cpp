// See expected_file.hpp.
#include "bench/gate/expected_file.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <span>

#include "bench/gate/cause_letters.hpp"
#include "bench/gate/expected_text.hpp"
#include "bench/gate/json_counts.hpp"
#include "sim/base/file.hpp"

namespace exosim::bench {
namespace {

using nlohmann::ordered_json;

constexpr uint64_t kMaxFileBytes = uint64_t{256} << 20;

class ExpectedReader {
 public:
  explicit ExpectedReader(const ordered_json& causes) : letters_(letters_of(causes)) {}

  RunFigures run(const ordered_json& json) const {
    RunFigures figures;
    for (const auto& row : json) figures.operations.push_back(operation(row));
    return figures;
  }

 private:
  static CauseLetters letters_of(const ordered_json& causes) {
    CauseLetters letters;
    for (const auto& [letter, cause] : causes.items())
      if (letter.size() == 1) letters.add(letter.front(), cause.get<std::string>());
    return letters;
  }

  OperationFigures operation(const ordered_json& json) const {
    OperationFigures operation{.image = json.at("image"), .name = json.at("operation")};
    operation.count = count_of(json.at("count"));
    operation.cycles = spread_of(json.at("cycles"));
    operation.instructions = spread_of(json.at("instructions"));
    for (const auto& [domain, causes] : json.at("ledger").items())
      operation.ledger[domain] = causes_of(causes);
    if (json.contains("functions"))
      for (const auto& row : json.at("functions")) operation.functions.push_back(function(row));
    return operation;
  }

  /// [name, image, calls, cycles, lines]
  FunctionFigures function(const ordered_json& json) const {
    FunctionFigures function{.image = json.at(1), .name = json.at(0)};
    function.calls = static_cast<uint64_t>(count_of(json.at(2)));
    function.causes = letters_.decode(json.at(3).get_ref<const std::string&>());
    function.lines = lines_from_text(json.at(4).get_ref<const std::string&>(), letters_);
    return function;
  }

  CauseLetters letters_;
};

}  // namespace

ExpectedKey ExpectedKey::of(const Point& point) {
  const std::string seed = point.seed == 1 ? "" : fmt::format(" seed {}", point.seed);
  return {point.workload, point.machine + ' ' + point.kernel + seed, point.cold};
}

const RunFigures* ExpectedFile::find(const ExpectedKey& key) const {
  const auto found = runs_.find(key);
  return found == runs_.end() ? nullptr : &found->second;
}

Result<ExpectedFile> ExpectedFile::parse(const std::string& text) {
  try {
    const auto json = ordered_json::parse(text);
    if (json.at("schema") != "exosim-expected" || json.at("version") != 1)
      return Error{{}, "is no expected.json of version 1"};
    const ExpectedReader reader(json.at("causes"));
    ExpectedFile file;
    for (const auto& [workload, wheres] : json.at("workloads").items())
      for (const auto& [where, runs] : wheres.items())
        for (const auto& [state, run] : runs.items())
          file.set({workload, where, state == "cold"}, reader.run(run));
    return file;
  } catch (const ordered_json::exception& exception) {
    return Error{{}, fmt::format("is no expected.json: {}", exception.what())};
  }
}

Result<ExpectedFile> ExpectedFile::read(const std::filesystem::path& path) {
  const auto bytes = read_file(path, kMaxFileBytes);
  if (!bytes) return bytes.error();
  auto file = parse({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
  if (!file) return Error{path.string(), file.error().message};
  return file;
}

Result<std::monostate> ExpectedFile::write(const std::filesystem::path& path,
                                           const ExpectedFile& file) {
  const std::string text = file.text();
  return write_file(path, std::as_bytes(std::span(text.data(), text.size())));
}

std::string ExpectedFile::text() const {
  ExpectedText text;
  for (const auto& [key, figures] : runs_)
    text.run(key.workload, key.where, key.cold ? "cold" : "warm", figures);
  return text.finish();
}

}  // namespace exosim::bench
