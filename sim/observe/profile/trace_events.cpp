// See trace_events.hpp.
#include "sim/observe/profile/trace_events.hpp"

#include <fmt/format.h>

#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

namespace exosim {
namespace {

constexpr size_t kBufferBytes = 1 << 16;

/// Names come from images: bytes that are no UTF-8 are replaced.
std::string json_text(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

std::string value_text(const std::variant<uint64_t, std::string>& value) {
  if (const auto* number = std::get_if<uint64_t>(&value)) return fmt::format("{}", *number);
  return json_text(std::get<std::string>(value));
}

std::string span_text(uint64_t number) {
  return fmt::format(",\"cat\":\"operation\",\"id\":{}", number);
}

}  // namespace

std::string microseconds_text(Cycles at, uint64_t clock_hz) {
  constexpr uint64_t kPicoseconds = 1'000'000;  // of a microsecond
  using Wide = unsigned __int128;
  const Wide scaled = Wide{at.count} * 1'000'000 * kPicoseconds;
  const Wide rounded = (scaled + clock_hz / 2) / clock_hz;
  return fmt::format("{}.{:06}", static_cast<uint64_t>(rounded / kPicoseconds),
                     static_cast<uint64_t>(rounded % kPicoseconds));
}

TraceEvents::TraceEvents(TextFile file, uint64_t clock_hz)
    : file_(std::move(file)), clock_hz_(clock_hz) {
  buffer_.reserve(kBufferBytes + 4096);
  buffer_ = "{\"displayTimeUnit\":\"ns\",\"traceEvents\":[";
}

void TraceEvents::add(std::string_view phase, TraceTrack track, std::string_view name,
                      const Cycles* at, const std::vector<TraceArgument>& arguments,
                      std::string_view more) {
  if (failed()) return;
  auto out = std::back_inserter(buffer_);
  fmt::format_to(out, "{}\n{{\"ph\":\"{}\",\"pid\":{},\"tid\":{}",
                 buffer_.ends_with('[') ? "" : ",", phase, track.group, track.line);
  if (at != nullptr) fmt::format_to(out, ",\"ts\":{}", microseconds_text(*at, clock_hz_));
  if (!name.empty()) fmt::format_to(out, ",\"name\":{}", json_text(name));
  buffer_ += more;
  std::string_view separator = ",\"args\":{";
  for (const TraceArgument& argument : arguments) {
    fmt::format_to(out, "{}{}:{}", separator, json_text(argument.name), value_text(argument.value));
    separator = ",";
  }
  buffer_ += arguments.empty() ? "}" : "}}";
  if (buffer_.size() < kBufferBytes) return;
  file_.write(buffer_);
  buffer_.clear();
}

void TraceEvents::name_group(unsigned group, std::string_view name) {
  add("M", {group, 0}, "process_name", nullptr, {{"name", std::string(name)}});
}

/// Lines are shown in the order of their numbers.
void TraceEvents::name_track(TraceTrack track, std::string_view name) {
  add("M", track, "thread_name", nullptr, {{"name", std::string(name)}});
  add("M", track, "thread_sort_index", nullptr, {{"sort_index", uint64_t{track.line}}});
}

void TraceEvents::begin(TraceTrack track, std::string_view name, Cycles at,
                        const std::vector<TraceArgument>& arguments) {
  add("B", track, name, &at, arguments);
}

void TraceEvents::end(TraceTrack track, Cycles at, const std::vector<TraceArgument>& arguments) {
  add("E", track, {}, &at, arguments);
}

void TraceEvents::begin_span(unsigned group, uint64_t number, std::string_view name, Cycles at,
                             const std::vector<TraceArgument>& arguments) {
  add("b", {group, 0}, name, &at, arguments, span_text(number));
}

void TraceEvents::end_span(unsigned group, uint64_t number, std::string_view name, Cycles at) {
  add("e", {group, 0}, name, &at, {}, span_text(number));
}

void TraceEvents::instant(TraceTrack track, std::string_view name, Cycles at,
                          const std::vector<TraceArgument>& arguments) {
  add("i", track, name, &at, arguments, ",\"s\":\"t\"");
}

void TraceEvents::counter(unsigned group, std::string_view name, Cycles at,
                          const std::vector<TraceArgument>& values) {
  add("C", {group, 0}, name, &at, values);
}

Result<std::monostate> TraceEvents::close() {
  buffer_ += "\n]}\n";
  file_.write(buffer_);
  buffer_.clear();
  return file_.close();
}

}  // namespace exosim
