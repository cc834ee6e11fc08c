// The header's order is fixed: positions before events, events last. Names are written once and
// numbered.
#include "sim/observe/profile/callgrind.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/observe/profile/inclusive.hpp"

namespace exosim {
namespace {

struct Event {
  std::string_view name;
  std::string_view meaning;
};

/// The format wants names of letters and digits. By cause, behind the cycles and instructions.
constexpr std::array<Event, kCycleCauses> kCauseEvents = {{
    {"Execute", "cycles: one for each step"},
    {"InstructionCache", "cycles: refill of the instruction cache"},
    {"MicroTlb", "cycles: refill of the instruction micro-TLB"},
    {"DataCache", "cycles: refill of the data cache"},
    {"Uncached", "cycles: read past the caches"},
    {"PartialStore", "cycles: store of less than a word"},
    {"WriteBuffer", "cycles: room in the write buffer"},
    {"BusContention", "cycles: another bus master or the refresh"},
    {"MultiplyDivide", "cycles: HI or LO"},
    {"Float", "cycles: floating point"},
    {"Exception", "cycles: slots that an exception empties"},
}};

constexpr std::string_view kNoFile = "(unknown)";
constexpr std::string_view kNoImage = "(none)";

/// "Cycles Instructions Execute ...": the costs of one line.
std::string costs_text(const ProfileCost& cost) {
  std::string text = fmt::format(" {} {}", cost.causes.sum(), cost.instructions);
  for (const uint64_t cycles : cost.causes.cycles)
    fmt::format_to(std::back_inserter(text), " {}", cycles);
  return text;
}

/// "(1) name" the first time, "(1)" from then on.
class Names {
 public:
  std::string operator()(std::string_view name) {
    const auto [at, added] = numbers_.try_emplace(std::string(name), numbers_.size() + 1);
    return added ? fmt::format("({}) {}", at->second, name) : fmt::format("({})", at->second);
  }

 private:
  std::map<std::string, size_t> numbers_;
};

struct Place {
  std::string file{kNoFile};
  unsigned line = 0;
};

class Writer {
 public:
  Writer(const Profile& profile, TextFile& file)
      : profile_(profile),
        sites_(profile.sites()),
        file_(file),
        edges_(call_edges(profile)),
        sites_by_function_(sites_.functions()) {
    for (SiteId site = 0; site < sites_.sites(); ++site)
      if (!profile.of_site(site).is_zero())
        sites_by_function_[sites_.function_of(site)].push_back(site);
    for (const auto& [edge, cost] : edges_) calls_[edge.from].push_back(edge);
  }

  void write() {
    write_header();
    for (FunctionId function = 0; function < sites_.functions(); ++function)
      if (!sites_by_function_[function].empty()) write_function(function);
    write_idle();
    file_.write(fmt::format("\ntotals:{}\n", costs_text(whole())));
  }

 private:
  ProfileCost whole() const {
    ProfileCost whole = profile_.total();
    whole.causes.cycles[kExecute] += profile_.idle();
    return whole;
  }

  void write_header() {
    std::string text =
        "# callgrind format\nversion: 1\ncreator: exosim\npositions: instr line\n"
        "event: Cycles : processor cycles\nevent: Instructions : instructions retired\n";
    std::string names = "events: Cycles Instructions";
    for (const Event& event : kCauseEvents) {
      text += fmt::format("event: {} : {}\n", event.name, event.meaning);
      names += fmt::format(" {}", event.name);
    }
    file_.write(fmt::format("{}{}\nsummary:{}\n", text, names, costs_text(whole())));
  }

  void write_function(FunctionId id) {
    const CodeFunction& function = sites_.function(id);
    std::string file = place_of(function, function.begin).file;
    file_.write(fmt::format("\nob={}\nfl={}\nfn={}\n", objects_(image_of(function)), files_(file),
                            functions_(function.name)));
    const std::string own = file;
    for (const SiteId site : sites_by_function_[id]) write_site(function, site, own, file);
  }

  void write_site(const CodeFunction& function, SiteId site, const std::string& own,
                  std::string& file) {
    const uint32_t address = sites_.site(site).address;
    const Place place = place_of(function, address);
    if (place.file != file)
      file_.write(fmt::format("{}={}\n", place.file == own ? "fe" : "fi", files_(place.file)));
    file = place.file;
    const std::string position = fmt::format("{:#x} {}", address, place.line);
    file_.write(position + costs_text(profile_.of_site(site)) + '\n');
    for (const CallEdge& edge : calls_[site]) write_call(edge, position);
  }

  void write_call(const CallEdge& edge, const std::string& position) {
    const CodeFunction& callee = sites_.function(edge.callee);
    const CallCost& cost = edges_.at(edge);
    const Place place = place_of(callee, callee.begin);
    file_.write(fmt::format("cob={}\ncfi={}\ncfn={}\ncalls={} {:#x} {}\n{}{}\n",
                            objects_(image_of(callee)), files_(place.file), functions_(callee.name),
                            cost.calls, callee.begin, place.line, position,
                            costs_text(cost.inclusive)));
  }

  void write_idle() {
    if (profile_.idle() == 0) return;
    ProfileCost idle;
    idle.causes.cycles[kExecute] = profile_.idle();
    file_.write(fmt::format("\nob={}\nfl={}\nfn={}\n0x0 0{}\n", objects_(kNoImage), files_(kNoFile),
                            functions_("(between steps)"), costs_text(idle)));
  }

  static std::string_view image_of(const CodeFunction& function) {
    return function.image.empty() ? kNoImage : std::string_view(function.image);
  }

  static Place place_of(const CodeFunction& function, uint32_t address) {
    if (function.info == nullptr || !function.info->lines) return {};
    const auto line = function.info->lines->find(address);
    return line ? Place{line->file, line->line} : Place{};
  }

  const Profile& profile_;
  const CodeSites& sites_;
  TextFile& file_;
  std::map<CallEdge, CallCost> edges_;
  std::vector<std::vector<SiteId>> sites_by_function_;
  std::map<SiteId, std::vector<CallEdge>> calls_;
  Names objects_;
  Names files_;
  Names functions_;
};

}  // namespace

void write_callgrind(const Profile& profile, TextFile& file) { Writer(profile, file).write(); }

}  // namespace exosim
