// Writes events in the JSON form of Chrome's trace event format, which Perfetto reads, one after
// the other as they happen.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/base/types.hpp"
#include "sim/observe/text_file.hpp"

namespace exosim {

/// Where an event is shown: a line (thread) in a group (process).
struct TraceTrack {
  unsigned group;
  unsigned line;
  friend auto operator<=>(const TraceTrack&, const TraceTrack&) = default;
};

/// What is shown of an event besides its name.
struct TraceArgument {
  std::string_view name;
  std::variant<uint64_t, std::string> value;
};

/// Of one track, begin and end nest and are in the order of time.
class TraceEvents {
 public:
  TraceEvents(TextFile file, uint64_t clock_hz);

  void name_group(unsigned group, std::string_view name);
  void name_track(TraceTrack track, std::string_view name);
  void begin(TraceTrack track, std::string_view name, Cycles at,
             const std::vector<TraceArgument>& arguments = {});
  void end(TraceTrack track, Cycles at, const std::vector<TraceArgument>& arguments = {});
  /// Something that overlaps others of its group in any way. Begin and end have the same number.
  void begin_span(unsigned group, uint64_t number, std::string_view name, Cycles at,
                  const std::vector<TraceArgument>& arguments);
  void end_span(unsigned group, uint64_t number, std::string_view name, Cycles at);
  /// Something without a duration.
  void instant(TraceTrack track, std::string_view name, Cycles at,
               const std::vector<TraceArgument>& arguments = {});
  /// The values hold until the next event of the same name.
  void counter(unsigned group, std::string_view name, Cycles at,
               const std::vector<TraceArgument>& values);

  /// True once something could not be written: nothing more will be.
  bool failed() const { return file_.failed(); }
  /// Writes what is left and reports the first error of all writing; to be called once.
  Result<std::monostate> close();

 private:
  void add(std::string_view phase, TraceTrack track, std::string_view name, const Cycles* at,
           const std::vector<TraceArgument>& arguments, std::string_view more = {});

  TextFile file_;
  uint64_t clock_hz_;
  std::string buffer_;
};

/// Microseconds of simulated time as decimal text, to the picosecond.
std::string microseconds_text(Cycles at, uint64_t clock_hz);

}  // namespace exosim
