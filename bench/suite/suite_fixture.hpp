// What the tests of the runner share: a folder with a small suite, guest images that the loader
// accepts, and a program that stands in for exosim.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "bench/suite/places.hpp"
#include "bench/suite/points.hpp"
#include "bench/suite/suite.hpp"
#include "sim/machine/loader/testing/elf_builder.hpp"

namespace exosim::bench::testing {

namespace fs = std::filesystem;

/// A new folder under the system's temporary one, removed with this object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "exosim-bench-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const fs::path& path() const { return path_; }
  fs::path write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
    return path_ / name;
  }
  std::string read(const fs::path& name) const {
    std::ifstream stream(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  }

 private:
  fs::path path_;
};

inline std::string bytes_text(const exosim::testing::Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// The statistics of a run that ended by itself, with one operation.
inline const std::string kStats = R"({"schema": "exosim-stats", "version": 1,
  "run": {"instructions": 10, "cycles": 20, "cpi": 2.0, "clock_hz": 25000000,
          "simulated_seconds": 8e-07, "exit_status": 0, "exit_reason": "exit", "exit_detail": ""},
  "operations": [{"name": "step", "image": "hello.elf", "count": 2, "cold": 0,
    "cycles": {"min": 3, "median": 3, "p99": 4, "max": 4, "total": 7},
    "instructions": {"min": 2, "median": 2, "p99": 2, "max": 2, "total": 4},
    "causes": {"execute": 7}, "ledger": {"application": {"execute": 7}},
    "unfinished": 0, "unmatched": 0, "samples": {"cycles": [3, 4], "cold": [0, 0]}}],
  "ledger": [{"operation": "step", "image": "hello.elf", "owner": "environment 1",
    "domain": "application", "cycles": 7, "causes": {"execute": 7}},
    {"operation": null, "image": null, "owner": "kernel", "domain": "protection", "cycles": 13,
     "causes": {"execute": 10, "exception": 3}}]})";

/// The profile that goes with them.
inline const std::string kProfile = R"({"schema": "exosim-profile", "version": 1,
  "functions": [{"image": "hello.elf", "name": "main", "file": "main.cpp", "line": 1}],
  "operations": [{"name": "step", "image": "hello.elf", "count": 2, "functions": [
    {"function": 0, "calls": 0, "causes": {"execute": 7}, "domains": {"application": 7},
     "lines": [{"file": "main.cpp", "line": 2, "executions": 4, "causes": {"execute": 7}}]}]}]})";

/// guest/hello.elf (an application with the operation "step"), guest/aegis.elf and guest/bare.elf
/// (bare images), machine.yaml, and `exosim`, a script. What the script does is up to the test:
/// `$stats` is the file of --stats, `$folder` this folder; without a script it ends as kStats says.
class SuiteFolder : public TemporaryFolder {
 public:
  SuiteFolder() {
    write("guest/hello.elf", bytes_text(exosim::testing::application_sample().build()));
    write("guest/aegis.elf", bytes_text(exosim::testing::bare_sample().build()));
    write("guest/bare.elf", bytes_text(exosim::testing::bare_sample().build()));
    write("machine.yaml", "extends: " EXOSIM_SOURCE_DIR "/configs/r3000.yaml\n");
    write("stats.json", kStats);
    write("profile.json", kProfile);
    script("echo hello; cp $folder/stats.json $stats");
  }

  /// Each run adds a line to the file `runs` first.
  void script(const std::string& body) const {
    const fs::path program =
        write("exosim", "#!/bin/sh\nfolder=" + path().string() +
                            "\necho run >> $folder/runs\n"
                            "while [ $# -gt 0 ]; do [ \"$1\" = --stats ] && stats=$2; "
                            "[ \"$1\" = --profile ] && cp $folder/profile.json \"$2\"; "
                            "last=$1; shift; done\n" +
                            body + "\n");
    fs::permissions(program, fs::perms::owner_all);
  }
  size_t runs() const {
    const std::string lines = read("runs");
    return static_cast<size_t>(std::count(lines.begin(), lines.end(), '\n'));
  }

  Places places() const { return {path(), path() / "exosim", path() / "guest"}; }
  fs::path suite_path() const { return path() / "suite.yaml"; }

  Result<std::vector<Point>> points(const std::string& text) const {
    const auto suite = parse_suite(text, "suite.yaml");
    if (!suite) return suite.error();
    return points_of(*suite, suite_path(), places());
  }
};

}  // namespace exosim::bench::testing
