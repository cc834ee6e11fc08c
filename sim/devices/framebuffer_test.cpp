// The frame buffer through the bus: pixels, tiles and their owners, what is refused.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "isa/devices/dma.h"
#include "sim/devices/testing/dma_bench.hpp"
#include "sim/devices/testing/framebuffer_bench.hpp"

namespace exosim {
namespace {

using testing::DmaBench;
using testing::FramebufferBench;

TEST(Framebuffer, IsBlackAndTheKernelsAtFirst) {
  FramebufferBench bench;
  for (uint32_t pixel = 0; pixel < 32 * 12; pixel += 4) EXPECT_EQ(bench.load(pixel), 0u);
  for (uint32_t tile = 0; tile < 12; ++tile) {
    bench.write(FRAMEBUFFER_TILE, tile);
    EXPECT_EQ(bench.read(FRAMEBUFFER_OWNER), uint32_t{FRAMEBUFFER_KERNEL});
    EXPECT_EQ(bench.read(FRAMEBUFFER_ACCESS), 0u);
  }
  EXPECT_EQ(bench.read(FRAMEBUFFER_TAG), uint32_t{FRAMEBUFFER_KERNEL});
  EXPECT_EQ(bench.read(FRAMEBUFFER_STATUS), 0u);
  EXPECT_FALSE(bench.interrupt());
}

TEST(Framebuffer, SaysHowBigItIs) {
  FramebufferBench bench({.width = 20, .height = 9, .tile_width = 8, .tile_height = 4});
  EXPECT_EQ(bench.read(FRAMEBUFFER_WIDTH), 20u);
  EXPECT_EQ(bench.read(FRAMEBUFFER_HEIGHT), 9u);
  EXPECT_EQ(bench.read(FRAMEBUFFER_TILE_WIDTH), 8u);
  EXPECT_EQ(bench.read(FRAMEBUFFER_TILE_HEIGHT), 4u);
  EXPECT_EQ(bench.read(FRAMEBUFFER_TILES), 9u);
}

TEST(Framebuffer, KeepsPixelsInAccessesOfAnyWidth) {
  FramebufferBench bench;
  EXPECT_TRUE(bench.store(8, 0x04030201));
  EXPECT_TRUE(bench.store(12, 0xfffffff5, 1));
  EXPECT_TRUE(bench.store(14, 0xffff8776, 2));
  EXPECT_TRUE(bench.store(17, 0xff0c0b0a, 3));  // swr
  EXPECT_EQ(bench.load(8), 0x04030201u);
  EXPECT_EQ(bench.load(9, 1), 2u);
  EXPECT_EQ(bench.load(10, 2), 0x0403u);
  EXPECT_EQ(bench.load(12), 0x877600f5u);
  EXPECT_EQ(bench.load(16), 0x0c0b0a00u);
}

TEST(Framebuffer, BeyondTheLastPixelNothingAnswers) {
  FramebufferBench bench;
  EXPECT_TRUE(bench.store(32 * 12 - 4, 1));
  EXPECT_FALSE(bench.store(32 * 12, 1));
  EXPECT_FALSE(bench.load(32 * 12));
  EXPECT_FALSE(bench.machine.bus.read({FramebufferBench::kPixels - 4}, 4).ok);
  EXPECT_FALSE(bench.machine.bus.read({FramebufferBench::kAddress}, 1).ok) << "registers are words";
}

TEST(Framebuffer, PostedStoresAreForeseen) {
  FramebufferBench bench;
  bench.machine.bus.post_stores(true);
  EXPECT_TRUE(bench.store(0, 7));
  EXPECT_EQ(bench.load(0), 0u);
  EXPECT_FALSE(bench.store(32 * 12, 7));
  EXPECT_TRUE(bench.machine.bus.store({FramebufferBench::kAddress + FRAMEBUFFER_TAG}, 4, 1).ok);
  EXPECT_FALSE(bench.machine.bus.store({FramebufferBench::kAddress + FRAMEBUFFER_WIDTH}, 4, 1).ok);
  bench.machine.bus.deliver({FramebufferBench::kPixels}, 15, 7);
  EXPECT_EQ(bench.load(0), 7u);
}

// 4 tiles to a line, of 8 x 4 pixels.
TEST(Framebuffer, EveryPixelBelongsToItsTile) {
  FramebufferBench bench;
  for (uint32_t tile = 0; tile < 12; ++tile) bench.give(tile, tile + 1);
  for (uint32_t line = 0; line < 12; ++line) {
    for (uint32_t column = 0; column < 32; column += 4) {
      const uint32_t own = line / 4 * 4 + column / 8 + 1;
      for (uint32_t tag = 1; tag <= 12; ++tag) {
        bench.run_as(tag);
        bench.write(FRAMEBUFFER_STATUS, 0);
        EXPECT_TRUE(bench.store(32 * line + column, tag));
        EXPECT_EQ(bench.read(FRAMEBUFFER_REFUSED), tag == own ? 0u : 1u);
      }
      bench.run_as(own);
      EXPECT_EQ(bench.load(32 * line + column), own);
    }
  }
}

TEST(Framebuffer, TheKernelsTagMayDoEverything) {
  FramebufferBench bench;
  bench.give(0, 5);
  EXPECT_TRUE(bench.store(0, 0x11223344));
  EXPECT_EQ(bench.load(0), 0x11223344u);
  EXPECT_EQ(bench.read(FRAMEBUFFER_STATUS), 0u);
}

TEST(Framebuffer, ATileOfTheKernelIsNobodyElses) {
  FramebufferBench bench;
  bench.run_as(1);
  bench.store(0, 1);
  EXPECT_EQ(bench.read(FRAMEBUFFER_STATUS), uint32_t{FRAMEBUFFER_STATUS_WRITE});
}

TEST(Framebuffer, ARefusedWriteWritesNothingOfAnyWidth) {
  FramebufferBench bench;
  bench.store(0, 0x04030201);
  bench.give(0, 5);
  bench.run_as(6);
  for (const unsigned width : {1u, 2u, 3u, 4u})
    EXPECT_TRUE(bench.store(0, 0xffffffff, width)) << "no bus error: it is the device that refuses";
  EXPECT_EQ(bench.read(FRAMEBUFFER_REFUSED), 4u);
  bench.run_as(5);
  EXPECT_EQ(bench.load(0), 0x04030201u);
}

TEST(Framebuffer, APrivateTileReadsAsBlackForOthers) {
  FramebufferBench bench;
  bench.store(0, 0x04030201);
  bench.give(0, 5);
  bench.run_as(6);
  EXPECT_EQ(bench.load(0), 0u);
  EXPECT_EQ(bench.load(1, 1), 0u);
  EXPECT_EQ(bench.read(FRAMEBUFFER_STATUS), uint32_t{FRAMEBUFFER_STATUS_READ});
  EXPECT_EQ(bench.read(FRAMEBUFFER_REFUSED), 2u);
}

TEST(Framebuffer, APublicTileIsReadByEverybodyAndWrittenByItsOwner) {
  FramebufferBench bench;
  bench.give(0, 5, FRAMEBUFFER_ACCESS_PUBLIC);
  bench.run_as(5);
  bench.store(0, 77);
  bench.run_as(6);
  EXPECT_EQ(bench.load(0), 77u);
  EXPECT_EQ(bench.read(FRAMEBUFFER_STATUS), 0u);
  bench.store(0, 78);
  EXPECT_EQ(bench.read(FRAMEBUFFER_STATUS), uint32_t{FRAMEBUFFER_STATUS_WRITE});
  EXPECT_EQ(bench.load(0), 77u);
}

TEST(Framebuffer, KeepsWhatTheFirstRefusalWas) {
  FramebufferBench bench;
  bench.run_as(6);
  (void)bench.load(9 * 4);
  bench.run_as(7);
  bench.store(50, 1, 1);
  EXPECT_EQ(bench.read(FRAMEBUFFER_STATUS),
            uint32_t{FRAMEBUFFER_STATUS_READ | FRAMEBUFFER_STATUS_WRITE});
  EXPECT_EQ(bench.read(FRAMEBUFFER_REFUSED), 2u);
  EXPECT_EQ(bench.read(FRAMEBUFFER_REFUSED_AT), 36u);
  EXPECT_EQ(bench.read(FRAMEBUFFER_REFUSED_TAG), 6u);
  bench.write(FRAMEBUFFER_STATUS, 0);
  for (const uint32_t offset :
       std::initializer_list<uint32_t>{FRAMEBUFFER_STATUS, FRAMEBUFFER_REFUSED,
                                       FRAMEBUFFER_REFUSED_AT, FRAMEBUFFER_REFUSED_TAG})
    EXPECT_EQ(bench.read(offset), 0u);
  bench.store(50, 1, 1);
  EXPECT_EQ(bench.read(FRAMEBUFFER_REFUSED_AT), 50u);
  EXPECT_EQ(bench.read(FRAMEBUFFER_REFUSED_TAG), 7u);
}

TEST(Framebuffer, InterruptsUntilTheRefusalIsAcknowledged) {
  FramebufferBench bench;
  bench.run_as(6);
  bench.store(0, 1);
  EXPECT_FALSE(bench.interrupt());
  bench.write(FRAMEBUFFER_CONTROL, FRAMEBUFFER_CONTROL_INTERRUPT);
  EXPECT_TRUE(bench.interrupt());
  bench.write(FRAMEBUFFER_CONTROL, 0);
  EXPECT_FALSE(bench.interrupt());
  bench.write(FRAMEBUFFER_CONTROL, FRAMEBUFFER_CONTROL_INTERRUPT);
  bench.write(FRAMEBUFFER_STATUS, 0);
  EXPECT_FALSE(bench.interrupt());
  (void)bench.load(0);
  EXPECT_TRUE(bench.interrupt());
}

TEST(Framebuffer, LookingAtItHasNoEffect) {
  FramebufferBench bench;
  bench.store(0, 9);
  bench.run_as(6);
  EXPECT_EQ(bench.machine.bus.peek({FramebufferBench::kPixels}, 4), 0u);
  EXPECT_EQ(bench.machine.bus.peek({FramebufferBench::kPixels + 32 * 12}, 4), std::nullopt);
  EXPECT_EQ(bench.machine.bus.peek({FramebufferBench::kAddress + FRAMEBUFFER_TAG}, 4), 6u);
  EXPECT_EQ(bench.read(FRAMEBUFFER_STATUS), 0u);
}

TEST(Framebuffer, ATileThatIsNotThereHasNoOwner) {
  FramebufferBench bench;
  for (const uint32_t tile : {12u, 0xffffffffu}) {
    bench.give(tile, 5, FRAMEBUFFER_ACCESS_PUBLIC);
    EXPECT_EQ(bench.read(FRAMEBUFFER_TILE), tile);
    EXPECT_EQ(bench.read(FRAMEBUFFER_OWNER), 0u);
    EXPECT_EQ(bench.read(FRAMEBUFFER_ACCESS), 0u);
  }
  bench.run_as(5);
  bench.store(0, 1);
  EXPECT_EQ(bench.read(FRAMEBUFFER_REFUSED), 1u);
}

TEST(Framebuffer, KeepsOnlyTheBitsThatExist) {
  FramebufferBench bench;
  bench.write(FRAMEBUFFER_CONTROL, 0xffffffff);
  EXPECT_EQ(bench.read(FRAMEBUFFER_CONTROL), uint32_t{FRAMEBUFFER_CONTROL_INTERRUPT});
  bench.give(3, 0xffffffff, 0xffffffff);
  EXPECT_EQ(bench.read(FRAMEBUFFER_OWNER), 0xffffffffu);
  EXPECT_EQ(bench.read(FRAMEBUFFER_ACCESS), uint32_t{FRAMEBUFFER_ACCESS_PUBLIC});
}

// TAG says for whom the processor works; a burst may come while another one runs.
TEST(Framebuffer, AnswersNoOtherMaster) {
  FramebufferBench screen;
  DmaBench dma;
  (void)dma.machine.bus.add_device("framebuffer", {FramebufferBench::kAddress},
                                   FramebufferBench::type().size, *screen.device);
  screen.store(0, 9);
  const uint32_t in = dma.hand_over({.source = FramebufferBench::kPixels, .destination = 0x3000});
  dma.set_word(0x2000, 1);
  const uint32_t out = dma.hand_over({.source = 0x2000, .destination = FramebufferBench::kPixels});
  dma.run();
  EXPECT_EQ(dma.result(in),
            uint32_t{DMA_RESULT_ERROR | DMA_CAUSE_SOURCE << DMA_RESULT_CAUSE_SHIFT});
  EXPECT_EQ(dma.result(out),
            uint32_t{DMA_RESULT_ERROR | DMA_CAUSE_DESTINATION << DMA_RESULT_CAUSE_SHIFT});
  EXPECT_EQ(screen.load(0), 9u);
}

class FramebufferPicture : public ::testing::Test {
 protected:
  ~FramebufferPicture() override { std::filesystem::remove(path_); }

  // Each test its own: they run side by side.
  std::string path_ = ::testing::TempDir() + "exosim_framebuffer_" +
                      ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".pgm";
};

TEST_F(FramebufferPicture, IsWrittenWhenTheRunIsOver) {
  FramebufferBench bench({.width = 4, .height = 2, .tile_width = 4, .tile_height = 1}, path_);
  bench.store(0, 0x44434241);
  bench.store(4, 0x48474645);
  ASSERT_TRUE(bench.device->save());
  std::ifstream file(path_, std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), "P5\n4 2\n255\nABCDEFGH");
}

TEST_F(FramebufferPicture, IsNotWrittenIfNobodyAsks) {
  EXPECT_TRUE(FramebufferBench().device->save());
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(FramebufferPicture, ThatCannotBeWrittenIsRefusedBeforeTheRun) {
  DeviceParams params = default_params(FramebufferBench::type());
  params.texts["picture"] = "no/such/folder/picture.pgm";
  EmptyMachine machine;
  const auto made = FramebufferBench::type().create(machine.context("screen", params, 1));
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().text(),
            "picture: no/such/folder/picture.pgm: cannot be written: there is no folder "
            "no/such/folder");
}

}  // namespace
}  // namespace exosim
