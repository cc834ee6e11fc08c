// See sqlite.hpp.
#include "bench/results/sqlite.hpp"

#include <sqlite3.h>

#include <system_error>

namespace exosim::bench {
void SqlWriter::Close::operator()(sqlite3* database) const { sqlite3_close(database); }

void SqlWriter::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

SqlValue sql_value(const nlohmann::ordered_json& object, const char* member) {
  if (!object.is_object() || !object.contains(member)) return {};
  const auto& value = object[member];
  if (value.is_number_integer()) return value.get<int64_t>();
  if (value.is_string()) return value.get<std::string>();
  return {};
}

SqlWriter::SqlWriter(const std::filesystem::path& path) : path_(path.string()) {
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  sqlite3* database = nullptr;
  const int code = sqlite3_open(path_.c_str(), &database);
  database_.reset(database);
  if (code != SQLITE_OK) note_error(code);
  // One transaction into a file that nobody else knows yet: no journal is needed.
  execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN");
}

void SqlWriter::execute(const char* sql) {
  if (!error_.empty()) return;
  note_error(sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr));
}

void SqlWriter::insert(std::string_view table, const std::vector<SqlValue>& values) {
  if (!error_.empty()) return;
  sqlite3_stmt* insert = statement(table, values.size());
  int code = insert ? SQLITE_OK : SQLITE_ERROR;
  for (size_t i = 0; i < values.size() && code == SQLITE_OK; ++i)
    code = bind(insert, static_cast<int>(i + 1), values[i]);
  if (code == SQLITE_OK) code = sqlite3_step(insert);
  note_error(code);
  sqlite3_reset(insert);
}

Result<std::monostate> SqlWriter::close() {
  execute("COMMIT");
  inserts_.clear();
  if (!error_.empty()) return Error{path_, "cannot be written: " + error_};
  return std::monostate{};
}

/// Prepared once for each table; null if it cannot be.
sqlite3_stmt* SqlWriter::statement(std::string_view table, size_t columns) {
  auto& statement = inserts_[std::string(table)];
  if (statement) return statement.get();
  std::string sql = "INSERT INTO " + std::string(table) + " VALUES (";
  for (size_t i = 0; i < columns; ++i) sql += i == 0 ? "?" : ", ?";
  sql += ")";
  sqlite3_stmt* prepared = nullptr;
  sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &prepared, nullptr);
  statement.reset(prepared);
  return prepared;
}

void SqlWriter::note_error(int code) {
  if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
  if (error_.empty()) error_ = database_ ? sqlite3_errmsg(database_.get()) : sqlite3_errstr(code);
}

int SqlWriter::bind(sqlite3_stmt* statement, int column, const SqlValue& value) {
  if (const auto* number = std::get_if<int64_t>(&value))
    return sqlite3_bind_int64(statement, column, *number);
  if (const auto* text = std::get_if<std::string>(&value))
    return sqlite3_bind_text64(statement, column, text->data(), text->size(), SQLITE_TRANSIENT,
                               SQLITE_UTF8);
  if (const auto* blob = std::get_if<SqlBlob>(&value))
    return sqlite3_bind_blob64(statement, column, blob->bytes.data(), blob->bytes.size(),
                               SQLITE_TRANSIENT);
  return sqlite3_bind_null(statement, column);
}

}  // namespace exosim::bench
