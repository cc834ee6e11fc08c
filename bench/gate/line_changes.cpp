// See line_changes.hpp.
#include "bench/gate/line_changes.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>

namespace exosim::bench {
namespace {

using Lines = std::span<const LineFigures>;
constexpr size_t kNone = ~size_t{0};

/// For each line of `before`, the line of `now` that it has become: a longest common subsequence.
class Matching {
 public:
  Matching(Lines before, Lines now) : before_(before), now_(now), partner_(before.size(), kNone) {
    size_t begin = 0;
    while (begin < std::min(before.size(), now.size()) && same(begin, begin)) pair(begin, begin);
    size_t end = 0;
    while (end + begin < std::min(before.size(), now.size()) &&
           same(before.size() - end - 1, now.size() - end - 1)) {
      partner_[before.size() - end - 1] = now.size() - end - 1;
      ++end;
    }
    match_middle(begin, end);
    match_moved();
  }

  size_t partner(size_t before) const { return partner_[before]; }
  std::vector<bool> matched_now() const {
    std::vector<bool> matched(now_.size());
    for (const size_t partner : partner_)
      if (partner != kNone) matched[partner] = true;
    return matched;
  }

 private:
  bool same(size_t before, size_t now) const { return before_[before].id == now_[now].id; }
  void pair(size_t& before, size_t now) { partner_[before++] = now; }

  void match_middle(size_t begin, size_t end) {
    constexpr size_t kMaxCells = size_t{1} << 22;
    const size_t rows = before_.size() - begin - end;
    const size_t columns = now_.size() - begin - end;
    if (rows == 0 || columns == 0 || rows > kMaxCells / columns) return;
    std::vector<uint32_t> length((rows + 1) * (columns + 1));
    const auto at = [&](size_t row, size_t column) -> uint32_t& {
      return length[row * (columns + 1) + column];
    };
    for (size_t row = rows; row-- > 0;)
      for (size_t column = columns; column-- > 0;)
        at(row, column) = same(begin + row, begin + column)
                              ? 1 + at(row + 1, column + 1)
                              : std::max(at(row + 1, column), at(row, column + 1));
    for (size_t row = 0, column = 0; row < rows && column < columns;) {
      if (same(begin + row, begin + column)) {
        partner_[begin + row++] = begin + column++;
      } else if (at(row + 1, column) >= at(row, column + 1)) {
        ++row;
      } else {
        ++column;
      }
    }
  }

  /// Lines that changed their order.
  void match_moved() {
    std::multimap<std::string, size_t> open;
    const std::vector<bool> matched = matched_now();
    for (size_t now = 0; now < now_.size(); ++now)
      if (!matched[now]) open.emplace(now_[now].id, now);
    for (size_t before = 0; before < before_.size(); ++before) {
      if (partner_[before] != kNone) continue;
      const auto found = open.find(before_[before].id);
      if (found == open.end()) continue;
      partner_[before] = found->second;
      open.erase(found);
    }
  }

  Lines before_;
  Lines now_;
  std::vector<size_t> partner_;
};

CauseCycles executions(const CauseCycles& causes) {
  const auto found = causes.find("execute");
  return found == causes.end() ? CauseCycles{} : CauseCycles{*found};
}

bool has_texts(Lines lines) {
  return std::ranges::any_of(lines,
                             [](const LineFigures& line) { return !line.id.starts_with('+'); });
}

class LineChanges {
 public:
  LineChanges(const FunctionFigures& before, int64_t count_before, const FunctionFigures& now,
              int64_t count_now, SourceTexts& sources)
      : sources_(sources),
        only_executions_(before.only_executions || now.only_executions),
        before_(before.lines),
        now_(now.lines),
        count_before_(count_before),
        count_now_(count_now),
        matching_(before_, now_),
        matched_(matching_.matched_now()) {}

  std::vector<LineChange> run() {
    for (size_t before = 0; before < before_.size(); ++before) look_at(before);
    for (size_t now = 0; now < now_.size(); ++now)
      if (!matched_[now]) add(Change::kNew, {}, now_[now].causes, now);
    return std::move(changes_);
  }

 private:
  void look_at(size_t before) {
    const size_t partner = matching_.partner(before);
    if (partner != kNone)
      return add(Change::kCost, cost(before_[before]), cost(now_[partner]), partner);
    const size_t place = place_of(before);
    if (take_edited(before, place)) return;
    add(Change::kGone, before_[before].causes, {}, place);
    if (!changes_.empty() && changes_.back().change == Change::kGone)
      find_in_source(before_[before].id, place, changes_.back());
  }

  /// What can be compared of a line.
  CauseCycles cost(const LineFigures& line) const {
    return only_executions_ ? executions(line.causes) : line.causes;
  }

  /// The line that stands where an unmatched one stood: behind its nearest matched predecessor.
  size_t place_of(size_t before) const {
    while (before-- > 0)
      if (matching_.partner(before) != kNone) return matching_.partner(before) + 1;
    return 0;
  }

  /// A line in its place that costs the same: the text was edited.
  bool take_edited(size_t before, size_t place) {
    for (size_t now = place; now < now_.size() && !(matched_[now] && !edited_.contains(now)); ++now)
      if (!matched_[now] &&
          cause_change(cost(before_[before]), count_before_, cost(now_[now]), count_now_).empty()) {
        edited_.insert(now);
        matched_[now] = true;
        return true;
      }
    return false;
  }

  void add(Change change, const CauseCycles& before, const CauseCycles& now, size_t place) {
    LineChange line{.change = change,
                    .causes = cause_change(before, count_before_, now, count_now_)};
    if (line.causes.empty()) return;
    if (change != Change::kGone) {
      line.file = now_[place].file;
      line.line = now_[place].line;
      line.text = now_[place].text;
    }
    changes_.push_back(std::move(line));
  }

  /// A line that is not executed any more may still be there.
  void find_in_source(const std::string& id, size_t place, LineChange& change) {
    if (now_.empty()) return;
    // Behind the last line before it that is still executed.
    const LineFigures& neighbour = now_[place == 0 ? 0 : place - 1];
    change.file = neighbour.file;
    change.line = neighbour.line + (place == 0 ? 0 : 1);
    if (id.starts_with('+')) return;
    const unsigned found = sources_.find(change.file, id, change.line);
    if (found == 0) return;
    change.line = found;
    change.text = sources_.line(change.file, found);
  }

  SourceTexts& sources_;
  bool only_executions_;
  Lines before_;
  Lines now_;
  int64_t count_before_;
  int64_t count_now_;
  Matching matching_;
  std::vector<bool> matched_;  // of now_
  std::set<size_t> edited_;
  std::vector<LineChange> changes_;
};

}  // namespace

CauseChange cause_change(const CauseCycles& before, int64_t count_before, const CauseCycles& now,
                         int64_t count_now) {
  __extension__ using Wide = __int128;
  CauseChange change;
  const auto add = [&change](const std::string& cause, int64_t cycles, int64_t count) {
    if (count != 0) change[cause] += static_cast<double>(cycles) / static_cast<double>(count);
  };
  CauseCycles all = before;
  all.insert(now.begin(), now.end());
  for (const auto& [cause, unused] : all) {
    const auto was = before.find(cause);
    const auto is = now.find(cause);
    const int64_t cycles_was = was == before.end() ? 0 : was->second;
    const int64_t cycles_is = is == now.end() ? 0 : is->second;
    // Exact: equal shares must come out as no change.
    if (count_before != 0 && count_now != 0 &&
        Wide{cycles_was} * count_now == Wide{cycles_is} * count_before)
      continue;
    add(cause, cycles_is, count_now);
    add(cause, -cycles_was, count_before);
  }
  return change;
}

std::vector<LineChange> stalled_lines(const CauseChange& change, const FunctionFigures& now,
                                      int64_t count_now) {
  std::vector<LineChange> lines;
  for (const LineFigures& line : now.lines) {
    LineChange stalled{.change = Change::kStalled, .file = line.file, .line = line.line};
    stalled.text = line.text;
    for (const auto& [cause, cycles] : cause_change({}, 0, line.causes, count_now))
      if (const auto more = change.find(cause);
          cause != "execute" && more != change.end() && more->second > 0)
        stalled.causes[cause] = cycles;
    if (!stalled.causes.empty()) lines.push_back(std::move(stalled));
  }
  return lines;
}

std::vector<LineChange> line_changes(const FunctionFigures& before, int64_t count_before,
                                     const FunctionFigures& now, int64_t count_now,
                                     SourceTexts& sources) {
  if (!before.lines.empty() && !now.lines.empty() &&
      has_texts(before.lines) != has_texts(now.lines))
    return {};
  return LineChanges(before, count_before, now, count_now, sources).run();
}

}  // namespace exosim::bench
