// From yaml-cpp's events to the tree. yaml-cpp's own nodes are not used: they drop the places of
// keys and take the first of two equal keys without a word.
#include "sim/machine/config/yaml_tree.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <boost/locale/utf.hpp>
#include <map>
#include <sstream>
#include <utility>

#include "sim/machine/config/messages.hpp"

namespace exosim {

namespace {

/// The source of a text and how its places are told.
struct Origin {
  const std::string& source;
  bool has_lines;

  Place at(size_t line, size_t column) const {
    if (!has_lines) return {source, 0, 0};
    return {source, static_cast<unsigned>(line + 1), static_cast<unsigned>(column + 1)};
  }
  Place at(const YAML::Mark& mark) const {
    if (mark.is_null()) return {source, 0, 0};
    return at(static_cast<size_t>(mark.line), static_cast<size_t>(mark.column));
  }
  Place at_byte(std::string_view text, size_t byte) const {
    const std::string_view before = text.substr(0, byte);
    const auto line = static_cast<size_t>(std::ranges::count(before, '\n'));
    const size_t newline = before.rfind('\n');
    return at(line, newline == before.npos ? byte : byte - newline - 1);
  }
};

/// Builds the tree from the events of one document. Refuses by throwing yaml-cpp's own exception.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const Origin& origin, std::vector<Error>& errors)
      : origin_(origin), errors_(errors) {}

  YamlNode take_root() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override { root_.place = origin_.at(mark); }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add(mark, anchor, YamlNode::make(YamlNode::Kind::kNull, origin_.at(mark)), 1);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_tag(mark, tag);
    if (value.size() > kMaxYamlScalarBytes) {
      refuse(mark, fmt::format("a text longer than {} bytes", kMaxYamlScalarBytes));
    }
    add(mark, anchor, YamlNode::make(YamlNode::Kind::kScalar, origin_.at(mark), value, tag == "!"),
        1);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) refuse(mark, "an alias inside what it stands for");
    add(mark, 0, found->second.node, found->second.count);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(mark, tag, anchor, YamlNode::Kind::kList);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(mark, tag, anchor, YamlNode::Kind::kMap);
  }
  void OnMapEnd() override { close(); }

 private:
  /// A map or list that has not ended yet.
  struct Open {
    YamlNode node;
    YAML::Mark mark;
    YAML::anchor_t anchor;
    size_t nodes_before;
    bool has_key = false;
    std::string key = {};
    Place key_place = {};
  };
  struct Anchored {
    YamlNode node;
    size_t count;  // nodes in it
  };

  [[noreturn]] static void refuse(const YAML::Mark& mark, const std::string& message) {
    throw YAML::ParserException(mark, message);
  }
  static void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    if (!tag.empty() && tag != "?" && tag != "!") {
      refuse(mark, fmt::format("a tag ({}), which has no meaning here", shown_text(tag)));
    }
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YamlNode::Kind kind) {
    refuse_tag(mark, tag);
    if (open_.size() == kMaxYamlDepth) {
      refuse(mark, fmt::format("nested deeper than {} levels", kMaxYamlDepth));
    }
    open_.push_back({YamlNode::make(kind, origin_.at(mark)), mark, anchor, nodes_});
  }

  void close() {
    Open ended = std::move(open_.back());
    open_.pop_back();
    const size_t inside = nodes_ - ended.nodes_before;
    nodes_ = ended.nodes_before;
    add(ended.mark, ended.anchor, std::move(ended.node), inside + 1);
  }

  /// Puts a finished node of `count` nodes where it belongs.
  void add(const YAML::Mark& mark, YAML::anchor_t anchor, YamlNode node, size_t count) {
    nodes_ += count;
    if (nodes_ > kMaxYamlNodes) {
      refuse(mark, fmt::format("more than {} values (aliases counted as copies)", kMaxYamlNodes));
    }
    if (anchor != 0) anchors_.insert_or_assign(anchor, Anchored{node, count});
    if (open_.empty()) {
      root_ = std::move(node);
    } else if (open_.back().node.is_map()) {
      add_to_map(mark, open_.back(), std::move(node));
    } else {
      open_.back().node.members.push_back(std::move(node));
    }
  }

  void add_to_map(const YAML::Mark& mark, Open& map, YamlNode node) {
    if (!map.has_key) {
      take_key(mark, map, std::move(node));
      return;
    }
    map.has_key = false;
    // yaml-cpp places a missing value at the next thing in the file.
    if (node.is_null()) node.place = map.key_place;
    if (const YamlEntry* first = map.node.find(map.key)) {
      errors_.push_back(
          {map.key_place.text(), fmt::format("duplicate key {}, first given at {}",
                                             shown_text(map.key), first->key_place.text())});
      return;
    }
    map.node.entries.push_back({std::move(map.key), map.key_place, std::move(node)});
  }

  static void take_key(const YAML::Mark& mark, Open& map, YamlNode node) {
    if (!node.is_scalar()) refuse(mark, fmt::format("expected a key, got {}", node.shown()));
    map.has_key = true;
    map.key = std::move(node.text);
    map.key_place = std::move(node.place);
  }

  const Origin& origin_;
  std::vector<Error>& errors_;
  YamlNode root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Anchored> anchors_;
  size_t nodes_ = 0;
};

/// UTF-8 without control characters. yaml-cpp would replace what is not UTF-8 and end at a NUL.
std::optional<Error> check_bytes(std::string_view text, const Origin& origin) {
  namespace utf = boost::locale::utf;
  const char* position = text.data();
  const char* const end = position + text.size();
  while (position != end) {
    const auto byte = static_cast<size_t>(position - text.data());
    const utf::code_point code = utf::utf_traits<char>::decode(position, end);
    if (!utf::is_valid_codepoint(code)) {
      return Error{origin.at_byte(text, byte).text(), "not UTF-8 text"};
    }
    const bool control = (code < 0x20 && code != '\t' && code != '\n' && code != '\r') ||
                         (code >= 0x7f && code < 0xa0);
    if (control) {
      return Error{origin.at_byte(text, byte).text(),
                   fmt::format("control character 0x{:02x}", code)};
    }
  }
  return std::nullopt;
}

bool is_indented_by_tab(std::string_view text, int line) {
  for (; line > 0 && !text.empty(); --line) {
    text.remove_prefix(std::min(text.size(), text.find('\n')));
    if (!text.empty()) text.remove_prefix(1);
  }
  const size_t indentation = text.find_first_not_of(" \t");
  return text.substr(0, indentation).find('\t') != text.npos;
}

Error syntax_error(std::string_view text, const Origin& origin, const YAML::Exception& exception) {
  const bool tab =
      !exception.mark.is_null() && is_indented_by_tab(text, std::max(0, exception.mark.line));
  return {origin.at(exception.mark).text(),
          fmt::format("not valid YAML: {}{}", exception.msg,
                      tab ? " (a tab in the indentation; YAML wants blanks)" : "")};
}

}  // namespace

std::string Place::text() const {
  return line == 0 ? source : fmt::format("{}:{}:{}", source, line, column);
}

YamlNode YamlNode::make(Kind kind, Place place, std::string text, bool quoted) {
  YamlNode node;
  node.kind = kind;
  node.place = std::move(place);
  node.text = std::move(text);
  node.quoted = quoted;
  return node;
}

const YamlEntry* YamlNode::find(std::string_view key) const {
  const auto found = std::ranges::find(entries, key, &YamlEntry::key);
  return found == entries.end() ? nullptr : &*found;
}

YamlEntry* YamlNode::find(std::string_view key) {
  return const_cast<YamlEntry*>(std::as_const(*this).find(key));
}

std::string YamlNode::shown() const {
  switch (kind) {
    case Kind::kNull:
      return "nothing";
    case Kind::kMap:
      return "a mapping";
    case Kind::kList:
      return "a list";
    case Kind::kScalar:
      break;
  }
  return shown_text(text);
}

std::optional<YamlNode> parse_yaml(std::string_view text, const std::string& source, bool has_lines,
                                   std::vector<Error>& errors) {
  const Origin origin{source, has_lines};
  if (text.size() > kMaxYamlBytes) {
    errors.push_back({source, fmt::format("longer than {} bytes", kMaxYamlBytes)});
    return std::nullopt;
  }
  if (std::optional<Error> error = check_bytes(text, origin)) {
    errors.push_back(std::move(*error));
    return std::nullopt;
  }
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    TreeBuilder builder(origin, errors);
    if (!parser.HandleNextDocument(builder))
      return YamlNode::make(YamlNode::Kind::kNull, origin.at(0, 0));
    YamlNode root = builder.take_root();
    TreeBuilder second(origin, errors);
    if (parser.HandleNextDocument(second)) {
      errors.push_back({second.take_root().place.text(), "a second document in one file"});
      return std::nullopt;
    }
    return root;
  } catch (const YAML::Exception& exception) {
    errors.push_back(syntax_error(text, origin, exception));
  } catch (const std::exception& exception) {
    errors.push_back({source, fmt::format("not valid YAML: {}", exception.what())});
  }
  return std::nullopt;
}

}  // namespace exosim
