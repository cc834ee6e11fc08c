// See page_files.hpp.
#include "bench/report/page_files.hpp"

#include <string_view>

#include "sim/base/file.hpp"
#include "sim/options/resources.hpp"

namespace exosim::bench {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kMaxPageFileBytes = uint64_t{16} << 20;

Result<std::string> find_text(const char* name, const fs::path& program) {
  const auto path = find_resource(ResourceKind::kReport, std::string(name), program);
  if (!path) return path.error();
  const auto bytes = read_file(*path, kMaxPageFileBytes);
  if (!bytes) return bytes.error();
  return std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size());
}

/// What cmake/report_plots.cmake makes; nullopt for anything else.
std::optional<PlotLibrary> parse_library(const std::string& text) {
  constexpr std::string_view kBase64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
  const size_t line = text.find('\n');
  if (!text.starts_with("sha256-") || line == text.npos) return std::nullopt;
  PlotLibrary library{text.substr(0, line), text.substr(line + 1)};
  while (library.packed.ends_with('\n')) library.packed.pop_back();
  const auto is_base64 = [&](size_t from, const std::string& all) {
    return all.size() > from && all.find_first_not_of(kBase64, from) == all.npos;
  };
  if (!is_base64(7, library.hash) || !is_base64(0, library.packed)) return std::nullopt;
  return library;
}

}  // namespace

Result<PageFiles> find_page_files(const fs::path& program) {
  auto style = find_text("page.css", program);
  if (!style) return style.error();
  auto script = find_text("page.js", program);
  if (!script) return script.error();
  PageFiles files{std::move(*style), std::move(*script), {}};
  const auto plots = find_text("plots.txt", program);
  if (!plots) return files;
  files.plots = parse_library(*plots);
  if (!files.plots) return Error{"plots.txt", "is damaged; building report_page makes it anew"};
  return files;
}

}  // namespace exosim::bench
