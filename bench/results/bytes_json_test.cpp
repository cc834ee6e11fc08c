// Any bytes survive JSON.
#include "bench/results/bytes_json.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace exosim::bench {
namespace {

using nlohmann::ordered_json;

TEST(BytesJson, TextStaysReadable) {
  EXPECT_EQ(bytes_to_json("a\nb\x01 \xc3\xa9").dump(),
            R"({"encoding":"utf-8","data":"a\nb\u0001 é"})");
}

TEST(BytesJson, OtherBytesAreInBase64) {
  EXPECT_EQ(bytes_to_json(std::string("\xff\0", 2)).dump(),
            R"({"encoding":"base64","data":"/wA="})");
}

TEST(BytesJson, RefusesWhatItDoesNotWrite) {
  for (const char* text :
       {"null", "3", "{}", R"({"encoding": "utf-8", "data": 3})",
        R"({"encoding": "rot13", "data": ""})", R"({"data": ""})", R"({"encoding": 1, "data": ""})",
        R"({"encoding": "base64", "data": "a"})"})
    EXPECT_FALSE(bytes_from_json(ordered_json::parse(text))) << text;
}

RC_GTEST_PROP(BytesJsonProperty, AnyBytesComeBack, (const std::string& bytes)) {
  const std::string text = bytes_to_json(bytes).dump();
  RC_ASSERT(*bytes_from_json(ordered_json::parse(text)) == bytes);
}

}  // namespace
}  // namespace exosim::bench
