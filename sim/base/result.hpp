// A value, or a message for the user who can mend the cause. For what users get wrong (files,
// flags); what only we can get wrong is an assertion.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace exosim {

/// Why something was refused: `where` is a file, "file:line:column" or an option name; may be
/// empty.
struct Error {
  std::string where;
  std::string message;

  /// "where: message", or the message alone.
  std::string text() const { return where.empty() ? message : where + ": " + message; }
};

/// Either a T or an Error. value() and error() may only be asked of the right one.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

}  // namespace exosim
