// C++ names, and names that are none.
#include "sim/observe/demangle.hpp"

#include <gtest/gtest.h>

#include <string>

namespace exosim {
namespace {

TEST(Demangle, NamesThatWouldExplodeStayMangled) {
  std::string bomb = "_Z1f1pIiiE";  // each p<S_, S_> doubles what came before
  for (const char* half : {"S0_S0_", "S1_S1_", "S2_S2_", "S3_S3_", "S4_S4_", "S5_S5_", "S6_S6_",
                           "S7_S7_", "S8_S8_", "S9_S9_", "SA_SA_", "SB_SB_", "SC_SC_"})
    bomb += std::string("S_I") + half + "E";
  EXPECT_EQ(demangle(bomb), bomb);
  EXPECT_EQ(demangle("_Z1fi"), "f(int)");
  EXPECT_EQ(demangle("_Zgarbage"), "_Zgarbage");
  EXPECT_EQ(demangle("main"), "main");
}

}  // namespace
}  // namespace exosim
