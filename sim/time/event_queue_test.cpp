// Order of events, and changes made from within a callback.
#include "sim/time/event_queue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <tuple>

namespace exosim {
namespace {

using ::testing::ElementsAre;

/// A queue whose events note their label when they run.
struct Bench {
  EventId add(uint64_t at, int label, EventPriority priority = EventPriority::kDevice) {
    return queue.schedule({at}, priority, "test", [this, label](Cycles) { ran.push_back(label); });
  }

  EventQueue queue;
  std::vector<int> ran;
};

TEST(EventQueue, IsEmptyAtFirst) {
  EventQueue queue;
  EXPECT_EQ(queue.next(), kNever);
  queue.run_due({1'000'000});
  EXPECT_EQ(queue.next(), kNever);
}

TEST(EventQueue, RunsWhatIsDueInOrderOfTime) {
  Bench bench;
  bench.add(30, 3);
  bench.add(10, 1);
  bench.add(20, 2);
  EXPECT_EQ(bench.queue.next(), Cycles{10});
  bench.queue.run_due({20});
  EXPECT_THAT(bench.ran, ElementsAre(1, 2));
  EXPECT_EQ(bench.queue.next(), Cycles{30});
}

TEST(EventQueue, OrdersOneCycleByPriorityThenByScheduling) {
  Bench bench;
  bench.add(10, 4, EventPriority::kStatistics);
  bench.add(10, 3, EventPriority::kInterrupt);
  bench.add(10, 1);
  bench.add(10, 2);
  bench.queue.run_due({10});
  EXPECT_THAT(bench.ran, ElementsAre(1, 2, 3, 4));
}

TEST(EventQueue, TellsTheCallbackWhenItWasDue) {
  EventQueue queue;
  Cycles told;
  queue.schedule({10}, EventPriority::kDevice, "late", [&](Cycles due) { told = due; });
  queue.run_due({17});
  EXPECT_EQ(told, Cycles{10});
}

TEST(EventQueue, ForgetsCancelledEvents) {
  Bench bench;
  const EventId first = bench.add(10, 1);
  bench.add(20, 2);
  bench.queue.cancel(first);
  EXPECT_EQ(bench.queue.next(), Cycles{20});
  bench.queue.run_due({30});
  EXPECT_THAT(bench.ran, ElementsAre(2));
}

TEST(EventQueue, IgnoresCancellingWhatHasRun) {
  Bench bench;
  const EventId id = bench.add(10, 1);
  bench.queue.run_due({10});
  bench.add(20, 2);
  bench.queue.cancel(id);
  bench.queue.run_due({20});
  EXPECT_THAT(bench.ran, ElementsAre(1, 2));
}

TEST(EventQueue, RunsWhatCallbacksScheduleWithinTheSpan) {
  EventQueue queue;
  std::vector<uint64_t> ran;
  std::function<void(Cycles)> again = [&](Cycles due) {
    ran.push_back(due.count);
    queue.schedule(due + Cycles{5}, EventPriority::kDevice, "again", again);
  };
  queue.schedule({5}, EventPriority::kDevice, "again", again);
  queue.run_due({17});
  EXPECT_THAT(ran, ElementsAre(5, 10, 15));
  EXPECT_EQ(queue.next(), Cycles{20});
}

TEST(EventQueue, LetsACallbackCancelAnotherOfTheSameCycle) {
  Bench bench;
  EventId victim;
  bench.queue.schedule({10}, EventPriority::kDevice, "cancels",
                       [&](Cycles) { bench.queue.cancel(victim); });
  victim = bench.add(10, 1);
  bench.queue.run_due({10});
  EXPECT_TRUE(bench.ran.empty());
}

RC_GTEST_PROP(EventQueueProperty, AgreesWithASort, ()) {
  struct Planned {
    uint64_t at;
    int priority;
    int label;
    bool cancelled;
  };
  Bench bench;
  std::vector<Planned> plan;
  std::vector<EventId> ids;
  const int count = *rc::gen::inRange(0, 50);
  for (int label = 0; label < count; ++label) {
    const Planned event{*rc::gen::inRange<uint64_t>(0, 20), *rc::gen::inRange(0, 3), label,
                        *rc::gen::element(false, false, true)};
    plan.push_back(event);
    ids.push_back(bench.add(event.at, label, static_cast<EventPriority>(event.priority)));
  }
  const uint64_t end = *rc::gen::inRange<uint64_t>(0, 25);
  for (const Planned& event : plan) {
    if (event.cancelled) bench.queue.cancel(ids[static_cast<size_t>(event.label)]);
  }

  std::erase_if(plan, [&](const Planned& event) { return event.cancelled || event.at > end; });
  std::ranges::sort(plan, {}, [](const Planned& event) {
    return std::tuple(event.at, event.priority, event.label);
  });
  std::vector<int> expected;
  expected.reserve(plan.size());
  for (const Planned& event : plan) expected.push_back(event.label);

  bench.queue.run_due({end / 2});
  bench.queue.run_due({end});
  RC_ASSERT(bench.ran == expected);
}

}  // namespace
}  // namespace exosim
