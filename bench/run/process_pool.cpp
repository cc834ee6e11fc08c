// One thread: it sleeps in sigtimedwait(2) until a child has ended, a time is up, or it is asked to
// stop. Children stay in the process group of the terminal, so that Ctrl-Z stops them too.
#include "bench/run/process_pool.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <map>

extern char** environ;  // POSIX

namespace exosim::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kTick{200};
constexpr milliseconds kGrace{2000};  // from SIGTERM to SIGKILL

/// SIGCHLD and what asks to stop are taken by sigtimedwait() as long as this lives.
class AwaitedSignals {
 public:
  AwaitedSignals() {
    sigemptyset(&set_);
    for (const int number : {SIGCHLD, SIGINT, SIGTERM, SIGHUP}) sigaddset(&set_, number);
    sigprocmask(SIG_BLOCK, &set_, &before_);
    // Ignored, children would leave no status behind.
    struct sigaction normal {};
    normal.sa_handler = SIG_DFL;
    sigaction(SIGCHLD, &normal, &child_before_);
  }
  ~AwaitedSignals() {
    sigaction(SIGCHLD, &child_before_, nullptr);
    sigprocmask(SIG_SETMASK, &before_, nullptr);
  }
  AwaitedSignals(const AwaitedSignals&) = delete;
  AwaitedSignals& operator=(const AwaitedSignals&) = delete;

  /// One that asks to stop, or 0 when a child has ended or the time is up.
  int wait(milliseconds time) const {
    int number = next(time);
    if (number == SIGCHLD) number = next(milliseconds(0));
    return number == SIGCHLD || number < 0 ? 0 : number;
  }
  /// As it was before: what children are to begin with.
  const sigset_t& before() const { return before_; }

 private:
  int next(milliseconds time) const {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
    const timespec limit{seconds.count(), (time - seconds).count() * 1'000'000};
    return sigtimedwait(&set_, nullptr, &limit);
  }

  sigset_t set_{};
  sigset_t before_{};
  struct sigaction child_before_ {};
};

/// What posix_spawn(3) is told.
class SpawnPlan {
 public:
  SpawnPlan(const Task& task, const sigset_t& mask) {
    posix_spawn_file_actions_init(&actions_);
    constexpr int kWrite = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_addopen(&actions_, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, 1, task.out.c_str(), kWrite, 0666);
    posix_spawn_file_actions_addopen(&actions_, 2, task.err.c_str(), kWrite, 0666);
    posix_spawnattr_init(&attributes_);
    sigset_t normal;
    sigemptyset(&normal);
    for (const int number : {SIGCHLD, SIGINT, SIGTERM, SIGHUP, SIGPIPE}) sigaddset(&normal, number);
    posix_spawnattr_setsigdefault(&attributes_, &normal);
    posix_spawnattr_setsigmask(&attributes_, &mask);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }
  ~SpawnPlan() {
    posix_spawnattr_destroy(&attributes_);
    posix_spawn_file_actions_destroy(&actions_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  /// An errno, or 0.
  int spawn(const std::vector<std::string>& command, pid_t& child) const {
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    return posix_spawn(&child, arguments[0], &actions_, &attributes_, arguments.data(), environ);
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

class Pool {
 public:
  Pool(const std::vector<Task>& tasks, const PoolLimits& limits, PoolListener& listener)
      : tasks_(tasks), limits_(limits), listener_(listener) {}
  ~Pool() { stop(); }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  int run() {
    while (true) {
      while (!is_enough_ && next_ < tasks_.size() && children_.size() < limits_.jobs)
        start(next_++);
      if (is_enough_ || (children_.empty() && next_ == tasks_.size())) return 0;
      listener_.tick();
      const int stopped_by = children_.empty() ? 0 : signals_.wait(until_next_event());
      if (stopped_by != 0) {
        stop();
        return stopped_by;
      }
      reap();
      kill_overdue();
    }
  }

 private:
  struct Child {
    size_t task;
    SteadyClock::time_point deadline;
    bool overdue = false;
  };

  void start(size_t task) {
    pid_t child = 0;
    const int error = SpawnPlan(tasks_[task], signals_.before()).spawn(tasks_[task].command, child);
    if (error != 0) return end(task, {TaskEnd::How::kNotStarted, error});
    const auto deadline =
        limits_.timeout ? SteadyClock::now() + *limits_.timeout : SteadyClock::time_point::max();
    children_.emplace(child, Child{task, deadline});
    listener_.started(task);
  }

  milliseconds until_next_event() const {
    milliseconds time = kTick;
    if (!limits_.timeout) return time;
    for (const auto& [pid, child] : children_) {
      if (child.overdue) continue;
      const auto left = std::chrono::ceil<milliseconds>(child.deadline - SteadyClock::now());
      time = std::clamp(left, milliseconds(0), time);
    }
    return time;
  }

  void reap() {
    for (auto child = children_.begin(); child != children_.end();) {
      int status = 0;
      const pid_t ended = waitpid(child->first, &status, WNOHANG);
      if (ended == 0 || (ended < 0 && errno == EINTR)) {
        ++child;
        continue;
      }
      const Child last = child->second;
      child = children_.erase(child);
      end(last.task, end_of(last, status));
    }
  }

  void end(size_t task, TaskEnd how) {
    if (!listener_.ended(task, how)) is_enough_ = true;
  }

  static TaskEnd end_of(const Child& child, int status) {
    if (child.overdue) return {TaskEnd::How::kTimeout};
    if (WIFSIGNALED(status)) return {TaskEnd::How::kSignal, WTERMSIG(status)};
    return {TaskEnd::How::kExited, WEXITSTATUS(status)};
  }

  void kill_overdue() {
    for (auto& [pid, child] : children_) {
      if (child.overdue || SteadyClock::now() < child.deadline) continue;
      child.overdue = true;
      kill(pid, SIGKILL);
    }
  }

  /// Asks the children to end, then makes them.
  void stop() {
    for (const auto& [pid, child] : children_) kill(pid, SIGTERM);
    const auto deadline = SteadyClock::now() + kGrace;
    while (!children_.empty() && SteadyClock::now() < deadline) {
      forget_ended(WNOHANG);
      if (!children_.empty()) signals_.wait(milliseconds(20));
    }
    for (const auto& [pid, child] : children_) kill(pid, SIGKILL);
    forget_ended(0);
  }

  void forget_ended(int options) {
    std::erase_if(children_,
                  [&](const auto& entry) { return waitpid(entry.first, nullptr, options) != 0; });
  }

  const std::vector<Task>& tasks_;
  const PoolLimits& limits_;
  PoolListener& listener_;
  AwaitedSignals signals_;
  size_t next_ = 0;
  bool is_enough_ = false;
  std::map<pid_t, Child> children_;
};

}  // namespace

int run_tasks(const std::vector<Task>& tasks, const PoolLimits& limits, PoolListener& listener) {
  return Pool(tasks, limits, listener).run();
}

}  // namespace exosim::bench
