// Symbols by address, images by physical address.
#include "sim/observe/code_map.hpp"

#include <gtest/gtest.h>

namespace exosim {
namespace {

ImageInfo image_with(std::vector<Symbol> symbols) {
  return {.name = "x.elf", .symbols = std::move(symbols), .markers = {}, .lines = nullptr};
}

std::string name_at(const ImageInfo& image, uint32_t address) {
  const Symbol* symbol = image.symbol_at(address);
  return symbol == nullptr ? "none" : symbol->name;
}

TEST(ImageInfo, SymbolCoversItsSize) {
  const ImageInfo image = image_with({{0x100, 0x20, "f"}, {0x140, 0x10, "g"}});
  EXPECT_EQ(name_at(image, 0xfc), "none");
  EXPECT_EQ(name_at(image, 0x100), "f");
  EXPECT_EQ(name_at(image, 0x11c), "f");
  EXPECT_EQ(name_at(image, 0x120), "none");
  EXPECT_EQ(name_at(image, 0x140), "g");
  EXPECT_EQ(name_at(image, 0x150), "none");
}

TEST(ImageInfo, SymbolOfUnknownSizeReachesTheNext) {
  const ImageInfo image = image_with({{0x100, 0, "vector"}, {0x180, 0x10, "g"}});
  EXPECT_EQ(name_at(image, 0x17c), "vector");
  EXPECT_EQ(name_at(image, 0x190), "none");
  EXPECT_EQ(name_at(image_with({{0x100, 0, "last"}}), 0xfffffffc), "last");
}

TEST(ImageInfo, FunctionGoesOnAfterAnInnerSymbol) {
  const ImageInfo image = image_with({{0x100, 0x40, "outer"}, {0x110, 0x8, "inner"}});
  EXPECT_EQ(name_at(image, 0x10c), "outer");
  EXPECT_EQ(name_at(image, 0x114), "inner");
  EXPECT_EQ(name_at(image, 0x118), "outer");
}

TEST(ImageInfo, LastOfSeveralNamesAtOneAddressWins) {
  EXPECT_EQ(name_at(image_with({{0x100, 0, "_ftext"}, {0x100, 0x20, "main"}}), 0x104), "main");
}

TEST(CodeMap, FindsTheImageAndTheLinkedAddress) {
  CodeMap code;
  const ImageInfo& kernel = code.add_image(image_with({}));
  const ImageInfo& app = code.add_image(image_with({}));
  code.add_range({.phys = 0x1000, .size = 0x100, .virt = 0x80001000, .image = &kernel});
  code.add_range({.phys = 0x1100, .size = 0x80, .virt = 0x00400100, .image = &app});
  EXPECT_FALSE(code.find({0xffc}));
  EXPECT_EQ(code.find({0x10fc})->image, &kernel);
  EXPECT_EQ(code.find({0x10fc})->virt, 0x800010fcu);
  EXPECT_EQ(code.find({0x1100})->image, &app);
  EXPECT_EQ(code.find({0x1104})->virt, 0x00400104u);
  EXPECT_FALSE(code.find({0x1180}));
}

TEST(CodeMap, ImagesStayWhereTheyAreWhenTheMapMoves) {
  CodeMap code;
  const ImageInfo& image = code.add_image(image_with({}));
  code.add_range({.phys = 0, .size = 4, .virt = 0x80000000, .image = &image});
  const CodeMap moved = std::move(code);
  EXPECT_EQ(moved.find({0})->image, &image);
}

}  // namespace
}  // namespace exosim
