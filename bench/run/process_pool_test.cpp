// Children: their ends, their limits, and what a signal to this process does to them.
#include "bench/run/process_pool.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <functional>
#include <map>

#include "bench/suite/suite_fixture.hpp"

namespace exosim::bench {
namespace {

using testing::TemporaryFolder;

class Listener final : public PoolListener {
 public:
  void started(size_t task) override {
    running_ += 1;
    most_ = std::max(most_, running_);
    if (on_start) on_start(task);
  }
  bool ended(size_t task, TaskEnd end) override {
    if (end.how != TaskEnd::How::kNotStarted) running_ -= 1;
    ends[task] = end;
    return !stop_after || ends.size() < *stop_after;
  }
  void tick() override {}

  size_t most() const { return most_; }

  std::map<size_t, TaskEnd> ends;
  std::function<void(size_t)> on_start;
  std::optional<size_t> stop_after;

 private:
  size_t running_ = 0;
  size_t most_ = 0;
};

class ProcessPool : public ::testing::Test {
 protected:
  Task shell(const std::string& script) {
    const auto number = std::to_string(count_++);
    return {{"/bin/sh", "-c", script},
            folder_.path() / ("out" + number),
            folder_.path() / ("err" + number)};
  }
  int run(const std::vector<Task>& tasks, PoolLimits limits = {.jobs = 2, .timeout = {}}) {
    return run_tasks(tasks, limits, listener_);
  }

  TemporaryFolder folder_;
  Listener listener_;
  int count_ = 0;
};

TEST_F(ProcessPool, TellsExitStatusesAndKeepsOutputsApart) {
  EXPECT_EQ(run({shell("echo out; echo err >&2"), shell("exit 7")}), 0);
  EXPECT_EQ(listener_.ends[0].how, TaskEnd::How::kExited);
  EXPECT_EQ(listener_.ends[0].number, 0);
  EXPECT_EQ(listener_.ends[1].number, 7);
  EXPECT_EQ(folder_.read("out0"), "out\n");
  EXPECT_EQ(folder_.read("err0"), "err\n");
}

TEST_F(ProcessPool, TellsACrash) {
  run({shell("kill -SEGV $$")});
  EXPECT_EQ(listener_.ends[0].how, TaskEnd::How::kSignal);
  EXPECT_EQ(listener_.ends[0].number, SIGSEGV);
}

TEST_F(ProcessPool, EndsWhatTakesTooLong) {
  run({shell("exec sleep 1000"), shell("exit 0")},
      {.jobs = 1, .timeout = std::chrono::milliseconds(50)});
  EXPECT_EQ(listener_.ends[0].how, TaskEnd::How::kTimeout);
  EXPECT_EQ(listener_.ends.size(), 2u);
}

TEST_F(ProcessPool, TellsWhatCannotBeStarted) {
  Task missing = shell("");
  missing.command = {"/nonexistent/program"};
  run({missing, shell("exit 3")});
  EXPECT_EQ(listener_.ends[0].how, TaskEnd::How::kNotStarted);
  EXPECT_EQ(listener_.ends[0].number, ENOENT);
  EXPECT_EQ(listener_.ends[1].number, 3);
}

TEST_F(ProcessPool, RunsAsManyAsItMay) {
  std::vector<Task> tasks;
  for (int i = 0; i < 9; ++i) tasks.push_back(shell("exit 0"));
  run(tasks, {.jobs = 3, .timeout = {}});
  EXPECT_EQ(listener_.ends.size(), 9u);
  EXPECT_EQ(listener_.most(), 3u);
}

TEST_F(ProcessPool, ChildrenReadNothing) {
  run({shell("read line; exit $?")});
  EXPECT_EQ(listener_.ends[0].number, 1);
}

TEST_F(ProcessPool, StopsAtASignalAndLeavesNoChild) {
  listener_.on_start = [&](size_t task) {
    if (task == 1) raise(SIGTERM);
  };
  EXPECT_EQ(run({shell("echo $$ > " + (folder_.path() / "pid").string() + "; exec sleep 1000"),
                 shell("exec sleep 1000"), shell("exit 0")}),
            SIGTERM);
  EXPECT_TRUE(listener_.ends.empty());
  EXPECT_LT(waitpid(-1, nullptr, WNOHANG), 0);  // none is left
}

TEST_F(ProcessPool, ChildThatDoesNotHeedTheSignalIsKilled) {
  listener_.on_start = [&](size_t) { raise(SIGINT); };
  // It ignores the request; that it does so by then is not certain, that it is gone is.
  EXPECT_EQ(run({shell("trap '' TERM; while :; do :; done")}), SIGINT);
  EXPECT_LT(waitpid(-1, nullptr, WNOHANG), 0);
}

TEST_F(ProcessPool, StopsWhenTheListenerHasEnough) {
  listener_.stop_after = 1;
  EXPECT_EQ(run({shell("exit 0"), shell("exec sleep 1000"), shell("exit 0")}), 0);
  EXPECT_EQ(listener_.ends.size(), 1u);
}

TEST_F(ProcessPool, CountsAnIgnoredSigchldAsNothing) {
  const auto before = std::signal(SIGCHLD, SIG_IGN);
  run({shell("exit 5")});
  std::signal(SIGCHLD, before);
  EXPECT_EQ(listener_.ends[0].number, 5);
}

}  // namespace
}  // namespace exosim::bench
