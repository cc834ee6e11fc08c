// SQLite as this project uses it: a database that is written once.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace exosim::bench {

/// A value of a row: NULL, INTEGER, TEXT, BLOB.
struct SqlBlob {
  std::string_view bytes;
};
using SqlValue = std::variant<std::monostate, int64_t, std::string, SqlBlob>;

/// A member of a result as a value: numbers and texts; NULL for what is missing or null.
SqlValue sql_value(const nlohmann::ordered_json& object, const char* member);

/// A new database. After the first error nothing more is done; close() says what it was.
class SqlWriter {
 public:
  /// Replaces the file.
  explicit SqlWriter(const std::filesystem::path& path);

  /// One or more statements.
  void execute(const char* sql);
  /// One row into a table, a value for each of its columns.
  void insert(std::string_view table, const std::vector<SqlValue>& values);
  Result<std::monostate> close();

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  sqlite3_stmt* statement(std::string_view table, size_t columns);
  void note_error(int code);
  static int bind(sqlite3_stmt* statement, int column, const SqlValue& value);

  std::string path_;
  std::unique_ptr<sqlite3, Close> database_;
  std::map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>, std::less<>> inserts_;  // by table
  std::string error_;
};

}  // namespace exosim::bench
