// See database.hpp.
#include "bench/results/database.hpp"

#include <utility>

namespace exosim::bench {
namespace {

using nlohmann::ordered_json;

constexpr const char* kTables = R"sql(
CREATE TABLE points (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL,
  workload TEXT NOT NULL, machine TEXT NOT NULL, kernel TEXT NOT NULL,
  seed INTEGER NOT NULL, cold INTEGER NOT NULL,
  command TEXT NOT NULL,
  unexpected TEXT,
  exit_status INTEGER, exit_reason TEXT, exit_detail TEXT,
  instructions INTEGER, cycles INTEGER, clock_hz INTEGER,
  console BLOB, messages BLOB);
CREATE TABLE operations (
  id INTEGER PRIMARY KEY, point INTEGER NOT NULL REFERENCES points (id),
  name TEXT NOT NULL, image TEXT NOT NULL,
  count INTEGER, cold INTEGER, unfinished INTEGER, unmatched INTEGER,
  cycles_min INTEGER, cycles_median INTEGER, cycles_p99 INTEGER, cycles_max INTEGER,
  cycles_total INTEGER,
  instructions_min INTEGER, instructions_median INTEGER, instructions_p99 INTEGER,
  instructions_max INTEGER, instructions_total INTEGER);
CREATE TABLE samples (
  operation INTEGER NOT NULL REFERENCES operations (id),
  number INTEGER NOT NULL, cycles INTEGER NOT NULL, cold INTEGER NOT NULL);
CREATE TABLE causes (
  operation INTEGER NOT NULL REFERENCES operations (id),
  domain TEXT NOT NULL, cause TEXT NOT NULL, cycles INTEGER NOT NULL);
CREATE TABLE ledger (
  point INTEGER NOT NULL REFERENCES points (id),
  operation INTEGER REFERENCES operations (id), owner TEXT NOT NULL,
  domain TEXT NOT NULL, cause TEXT NOT NULL, cycles INTEGER NOT NULL);
CREATE INDEX operations_of ON operations (point);
CREATE INDEX samples_of ON samples (operation);
CREATE INDEX causes_of ON causes (operation);
CREATE INDEX ledger_of ON ledger (point);
)sql";

SqlValue or_null(const std::string& text) { return text.empty() ? SqlValue() : SqlValue(text); }

}  // namespace

Database::Database(const std::filesystem::path& path) : sql_(path) { sql_.execute(kTables); }

void Database::add(const Point& point, const PointResult* result, const std::string& unexpected) {
  const ordered_json none;
  const ordered_json& stats = result ? result->stats : none;
  const ordered_json& run = result ? stats["run"] : none;
  sql_.insert(
      "points",
      {++point_, point.key, point.workload, point.machine, point.kernel,
       static_cast<int64_t>(point.seed), int64_t{point.cold}, shell_line(point.portable),
       or_null(unexpected), sql_value(run, "exit_status"), sql_value(run, "exit_reason"),
       sql_value(run, "exit_detail"), sql_value(run, "instructions"), sql_value(run, "cycles"),
       sql_value(run, "clock_hz"), result ? SqlValue(SqlBlob{result->console}) : SqlValue(),
       result ? SqlValue(SqlBlob{result->messages}) : SqlValue()});
  operations_.clear();
  if (!result) return;
  for (const ordered_json& row : stats["operations"]) add_operation(row);
  for (const ordered_json& entry : stats.value("ledger", ordered_json::array())) add_entry(entry);
}

void Database::add_operation(const ordered_json& row) {
  std::vector<SqlValue> values = {++operation_, point_};
  for (const char* member : {"name", "image", "count", "cold", "unfinished", "unmatched"})
    values.push_back(sql_value(row, member));
  for (const char* what : {"cycles", "instructions"})
    for (const char* figure : {"min", "median", "p99", "max", "total"})
      values.push_back(sql_value(row.value(what, ordered_json()), figure));
  sql_.insert("operations", values);
  operations_[{row["name"].get<std::string>(), row["image"].get<std::string>()}] = operation_;
  add_samples(row.value("samples", ordered_json()));
  const ordered_json cells = row.value("ledger", ordered_json());
  for (const auto& [domain, causes] : cells.items())
    for (const auto& [cause, cycles] : causes.items())
      sql_.insert("causes", {operation_, domain, cause, cycles.get<int64_t>()});
}

void Database::add_samples(const ordered_json& samples) {
  if (samples.is_null()) return;
  for (size_t i = 0; i < samples["cycles"].size(); ++i)
    sql_.insert("samples",
                {operation_, static_cast<int64_t>(i), samples["cycles"][i].get<int64_t>(),
                 samples["cold"][i].get<int64_t>()});
}

void Database::add_entry(const ordered_json& entry) {
  SqlValue operation;
  if (entry["operation"].is_string())
    operation =
        operations_.at({entry["operation"].get<std::string>(), entry["image"].get<std::string>()});
  for (const auto& [cause, cycles] : entry["causes"].items())
    sql_.insert("ledger", {point_, operation, sql_value(entry, "owner"), sql_value(entry, "domain"),
                           cause, cycles.get<int64_t>()});
}

}  // namespace exosim::bench
