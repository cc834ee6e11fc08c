// Child processes, several at a time: started, waited for, ended when they take too long or when
// this process is asked to stop.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace exosim::bench {

/// A process to be run; its standard input is empty.
struct Task {
  std::vector<std::string> command;  // the first is the program's path
  std::filesystem::path out;         // files for standard output and standard error
  std::filesystem::path err;
};

/// How a process ended.
struct TaskEnd {
  enum class How { kExited, kSignal, kTimeout, kNotStarted };
  How how;
  int number = 0;  // exit status, signal, errno
};

/// What the pool tells while it runs.
class PoolListener {
 public:
  virtual ~PoolListener() = default;
  virtual void started(size_t task) = 0;
  /// False: the rest is not wanted any more.
  virtual bool ended(size_t task, TaskEnd end) = 0;
  /// Several times a second.
  virtual void tick() = 0;
};

struct PoolLimits {
  size_t jobs = 1;                                   // processes at a time
  std::optional<std::chrono::milliseconds> timeout;  // of each
};

/// Runs all, in order of the tasks as far as places are free. SIGINT, SIGTERM and SIGHUP to this
/// process end all children, then this returns the signal's number; those that were running have
/// then no end. 0 when all have ended, or the listener wants no more. While it runs, this is the
/// only place of the process that may have children.
int run_tasks(const std::vector<Task>& tasks, const PoolLimits& limits, PoolListener& listener);

}  // namespace exosim::bench
