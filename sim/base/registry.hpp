// A named list that its own members fill at start-up: the one kind of global that the house allows.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>

namespace exosim {

/// All T that registered themselves, by name. Iteration is in name order, so it is deterministic.
template <class T>
class Registry {
 public:
  static const std::map<std::string, T, std::less<>>& all() { return entries(); }

  /// A namespace-scope object of this type adds one entry.
  struct Registration {
    Registration(std::string name, T value) {
      entries().emplace(std::move(name), std::move(value));
    }
  };

 private:
  static std::map<std::string, T, std::less<>>& entries() {
    static std::map<std::string, T, std::less<>> map;
    return map;
  }
};

}  // namespace exosim
