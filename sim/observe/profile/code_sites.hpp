// Which function each instruction belongs to: the code of all images by number, quick to ask at
// every step.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/cpu/retired.hpp"
#include "sim/observe/code_map.hpp"
#include "sim/observe/word_map.hpp"

namespace exosim {

/// Numbers of functions and of sites, which are the words of code. Both stay the same from run to
/// run.
using FunctionId = uint32_t;
using SiteId = uint32_t;

/// A function of an image's file, whether it was loaded once or more often.
struct CodeFunction {
  std::string image;  // file name; empty for code of no image
  std::string name;
  uint32_t begin = 0;               // virtual, as linked
  const ImageInfo* info = nullptr;  // null for code of no image
};

/// One word of code.
struct CodeSite {
  FunctionId function;
  uint32_t address;  // virtual, as linked; 0 for code of no image
};

/// All code that was loaded. What is executed elsewhere (downloaded code, what a program has
/// written) is of one of two functions, by the mode in which it runs.
class CodeSites {
 public:
  static constexpr SiteId kUnknownKernel = 0;  // also the FunctionId
  static constexpr SiteId kUnknownUser = 1;

  /// All images must be in `code`, which must outlive this.
  explicit CodeSites(const CodeMap& code);

  /// Of a step that was fetched.
  SiteId at(const Retired& retired) const {
    const SiteId site = words_.get(retired.fetched_from);
    return site != 0 ? site : unknown(retired.user_mode);
  }
  static SiteId unknown(bool user_mode) { return user_mode ? kUnknownUser : kUnknownKernel; }
  /// The word at a virtual address of a function; nullopt if it is not one of the function's.
  std::optional<SiteId> within(FunctionId function, uint32_t address) const;

  FunctionId function_of(SiteId site) const { return sites_[site].function; }
  /// True of a function's first word.
  bool is_entry(SiteId site) const {
    return sites_[site].address == functions_[sites_[site].function].begin;
  }
  const CodeSite& site(SiteId site) const { return sites_[site]; }
  const CodeFunction& function(FunctionId function) const { return functions_[function]; }
  size_t functions() const { return functions_.size(); }
  size_t sites() const { return sites_.size(); }

 private:
  struct FunctionKey {
    std::string image;
    uint32_t begin;
    std::string name;
    auto operator<=>(const FunctionKey&) const = default;
  };

  void add(const CodeRange& range);
  SiteId add_site(const CodeRange& range, uint32_t address);
  FunctionId function_at(const ImageInfo& image, uint32_t range_begin, uint32_t address);

  WordMap<SiteId> words_;
  std::vector<CodeSite> sites_;
  std::vector<CodeFunction> functions_;
  std::map<std::pair<std::string, uint32_t>, SiteId> site_numbers_;  // by image and address
  std::map<FunctionKey, FunctionId> function_numbers_;
};

}  // namespace exosim
