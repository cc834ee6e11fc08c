// The tree of a YAML text: places, and everything that is refused before keys are looked at.
#include "sim/machine/config/yaml_tree.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace exosim {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

/// All errors of a text, one per line.
std::string refusal(const std::string& text) {
  std::vector<Error> errors;
  parse_yaml(text, "f.yaml", true, errors);
  std::string lines;
  for (const Error& error : errors) lines += error.text() + '\n';
  return lines;
}

YamlNode tree_of(const std::string& text) {
  std::vector<Error> errors;
  std::optional<YamlNode> tree = parse_yaml(text, "f.yaml", true, errors);
  EXPECT_TRUE(errors.empty()) << errors.front().text();
  return tree.value_or(YamlNode{});
}

std::string repeated(const std::string& text, size_t count) {
  std::string result;
  for (size_t i = 0; i < count; ++i) result += text;
  return result;
}

TEST(YamlTree, KeepsThePlacesOfKeysAndValues) {
  const YamlNode tree = tree_of("a: 1\nb:\n  c: \"x y\"\n");
  const YamlEntry* b = tree.find("b");
  ASSERT_TRUE(b);
  const YamlEntry* c = b->value.find("c");
  ASSERT_TRUE(c);
  EXPECT_EQ(c->key_place.text(), "f.yaml:3:3");
  EXPECT_EQ(c->value.place.text(), "f.yaml:3:6");
  EXPECT_EQ(c->value.text, "x y");
  EXPECT_TRUE(c->value.quoted);
  EXPECT_FALSE(tree.find("a")->value.quoted);
}

TEST(YamlTree, PlacesAMissingValueAtItsKey) {
  EXPECT_EQ(tree_of("a:\n\n\nb: 1\n").find("a")->value.place.text(), "f.yaml:1:1");
}

TEST(YamlTree, ScalarsStayText) {
  EXPECT_EQ(tree_of("a: 010\n").find("a")->value.text, "010");
  EXPECT_EQ(tree_of("a: yes\n").find("a")->value.text, "yes");
}

TEST(YamlTree, NullIsNotText) {
  EXPECT_TRUE(tree_of("a: null\n").find("a")->value.is_null());
  EXPECT_TRUE(tree_of("a: ~\n").find("a")->value.is_null());
  EXPECT_TRUE(tree_of("a: 'null'\n").find("a")->value.is_scalar());
}

TEST(YamlTree, AliasIsACopyWithThePlaceOfItsAnchor) {
  const YamlNode tree = tree_of("a: &x {k: 1}\nb: *x\n");
  EXPECT_EQ(tree.find("b")->value.find("k")->key_place.text(), "f.yaml:1:8");
}

TEST(YamlTree, EmptyTextIsANullNode) {
  EXPECT_TRUE(tree_of("").is_null());
  EXPECT_TRUE(tree_of("# only a comment\n").is_null());
}

TEST(YamlTree, AcceptsAByteOrderMarkAndDirectives) {
  EXPECT_TRUE(tree_of("\xef\xbb\xbf%YAML 1.2\n---\na: 1\n").find("a"));
}

TEST(YamlTree, RefusesEveryDuplicateKeyWithBothPlaces) {
  const std::string text = refusal("a: 1\na: 2\nb: {c: 1, c: 2}\n");
  EXPECT_THAT(text, HasSubstr("f.yaml:2:1: duplicate key \"a\", first given at f.yaml:1:1\n"));
  EXPECT_THAT(text, HasSubstr("f.yaml:3:11: duplicate key \"c\", first given at f.yaml:3:5\n"));
}

TEST(YamlTree, RefusesBadSyntaxWithItsPlace) {
  EXPECT_THAT(refusal("a: 1\n b: 2\n"), StartsWith("f.yaml:2:3: not valid YAML: "));
  EXPECT_THAT(refusal("a: *nothing\n"), HasSubstr("f.yaml:1:4: "));
}

TEST(YamlTree, ExplainsATabInTheIndentation) {
  EXPECT_THAT(refusal("a:\n\tb: 1\n"), HasSubstr("(a tab in the indentation; YAML wants blanks)"));
  EXPECT_THAT(refusal("a: 1\n b: 2\n"), ::testing::Not(HasSubstr("tab")));
}

TEST(YamlTree, RefusesWhatIsNotUtf8WithItsPlace) {
  EXPECT_EQ(refusal("a: 1\nb: \xff\n"), "f.yaml:2:4: not UTF-8 text\n");
  EXPECT_EQ(refusal("a: \xc3"), "f.yaml:1:4: not UTF-8 text\n");
  EXPECT_EQ(refusal("a: \xed\xa0\x80"), "f.yaml:1:4: not UTF-8 text\n");
}

TEST(YamlTree, RefusesControlCharacters) {
  EXPECT_EQ(refusal(std::string("a: 1\0b", 6)), "f.yaml:1:5: control character 0x00\n");
  EXPECT_EQ(refusal("a: \x1b[0m\n"), "f.yaml:1:4: control character 0x1b\n");
}

TEST(YamlTree, RefusesAnAliasOfWhatItIsIn) {
  EXPECT_THAT(refusal("a: &x {b: *x}\n"), HasSubstr("an alias inside what it stands for"));
}

TEST(YamlTree, RefusesAnAliasBombQuickly) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string alias = fmt::format("*a{}, ", i - 1);
    bomb += fmt::format("a{0}: &a{0} [{1}x]\n", i, repeated(alias, 10));
  }
  EXPECT_THAT(refusal(bomb), HasSubstr("more than 5000 values (aliases counted as copies)"));
}

TEST(YamlTree, RefusesTooManyValues) {
  EXPECT_THAT(refusal("[" + repeated("a,", kMaxYamlNodes) + "]"), HasSubstr("more than 5000"));
}

TEST(YamlTree, RefusesDeepNesting) {
  EXPECT_EQ(refusal(repeated("[", 32) + repeated("]", 32)), "");
  EXPECT_EQ(refusal(repeated("[", 33) + repeated("]", 33)),
            "f.yaml:1:33: not valid YAML: nested deeper than 32 levels\n");
  EXPECT_THAT(refusal(repeated("[", 100'000)), HasSubstr("nested deeper than 32 levels"));
  EXPECT_THAT(refusal(repeated("- ", 100'000)), HasSubstr("nested deeper than 32 levels"));
}

TEST(YamlTree, RefusesLongFilesAndLongTexts) {
  EXPECT_EQ(refusal(repeated("#", kMaxYamlBytes + 1)), "f.yaml: longer than 262144 bytes\n");
  EXPECT_THAT(refusal("a: " + repeated("x", kMaxYamlScalarBytes + 1)),
              HasSubstr("a text longer than 4096 bytes"));
}

TEST(YamlTree, RefusesTags) {
  EXPECT_THAT(refusal("a: !!binary aGk=\n"), HasSubstr("f.yaml:1:4: "));
  EXPECT_THAT(refusal("a: !!binary aGk=\n"), HasSubstr("a tag (\"tag:yaml.org,2002:binary\")"));
}

TEST(YamlTree, RefusesASecondDocument) {
  EXPECT_EQ(refusal("a: 1\n---\nb: 2\n"), "f.yaml:3:1: a second document in one file\n");
}

TEST(YamlTree, RefusesKeysThatAreNotText) {
  EXPECT_THAT(refusal("[x]: 1\n"), HasSubstr("expected a key, got a list"));
  EXPECT_THAT(refusal("null: 1\n"), HasSubstr("expected a key, got nothing"));
}

TEST(YamlTree, WithoutLinesAPlaceIsTheSourceAlone) {
  std::vector<Error> errors;
  parse_yaml("{a: 1, a: 2}", "--set x=...", false, errors);
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_EQ(errors[0].where, "--set x=...");
}

}  // namespace
}  // namespace exosim
