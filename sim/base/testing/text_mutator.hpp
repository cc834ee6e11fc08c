// For tests: YAML files damaged at random, where there is no libFuzzer.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/random.hpp"

namespace exosim::testing {

/// The texts of a file and of all files of a folder, in the order of their paths.
inline std::vector<std::string> read_corpus(const std::filesystem::path& file,
                                            const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths = {file};
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<std::string> texts;
  for (const std::filesystem::path& path : paths) {
    std::ifstream stream(path, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  return texts;
}

/// Makes one damaged text after the other; the seed decides which.
class TextMutator {
 public:
  TextMutator(std::vector<std::string> corpus, uint64_t seed)
      : corpus_(std::move(corpus)), random_(seed) {}

  std::string next() {
    std::string text = any_text();
    for (uint32_t count = 1 + random_.below(4); count > 0; --count) damage(text);
    return text;
  }

 private:
  std::string any_text() { return corpus_[random_.below(static_cast<uint32_t>(corpus_.size()))]; }
  /// A position in the text, or its end.
  size_t position(const std::string& text) {
    return random_.below(static_cast<uint32_t>(text.size() + 1));
  }
  /// Begin and end of a random line, with its newline.
  std::pair<size_t, size_t> line(const std::string& text) {
    const size_t at = position(text);
    const size_t before = at == 0 ? text.npos : text.rfind('\n', at - 1);
    const size_t begin = before == text.npos ? 0 : before + 1;
    const size_t end = text.find('\n', begin);
    return {begin, end == text.npos ? text.size() : end + 1};
  }
  void insert_piece(std::string& text, const std::string& from) {
    const size_t begin = position(from);
    text.insert(position(text), from.substr(begin, random_.below(40)));
  }
  void swap_lines(std::string& text) {
    const auto [begin, end] = line(text);
    const std::string moved = text.substr(begin, end - begin);
    text.erase(begin, end - begin);
    text.insert(line(text).first, moved);
  }
  void set_byte(std::string& text, char byte) {
    if (!text.empty()) text[random_.below(static_cast<uint32_t>(text.size()))] = byte;
  }

  void damage(std::string& text) {
    static const std::string special = "{}[],:&*!|>'\"%@`#-?~ \t\n0x.=<";
    switch (random_.below(8)) {
      case 0:
        set_byte(text, static_cast<char>(random_.below(256)));
        break;
      case 1:
        set_byte(text, special[random_.below(static_cast<uint32_t>(special.size()))]);
        break;
      case 2:
        text.resize(position(text));
        break;
      case 3:
        text.insert(position(text), 1, special[random_.below(uint32_t(special.size()))]);
        break;
      case 4: {
        const auto [begin, end] = line(text);
        text.insert(begin, text.substr(begin, end - begin));
        break;
      }
      case 5:
        swap_lines(text);
        break;
      case 6:
        insert_piece(text, any_text());
        break;
      default:
        text.erase(position(text), 1 + random_.below(8));
    }
  }

  std::vector<std::string> corpus_;
  Random random_;
};

}  // namespace exosim::testing
