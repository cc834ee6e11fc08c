// See annotate.hpp.
#include "sim/machine/annotations/annotate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "sim/machine/annotations/code_of_image.hpp"
#include "sim/machine/config/messages.hpp"
#include "sim/observe/ledger/coverage.hpp"

namespace exosim {
namespace {

using Kind = Marker::Kind;

/// The markers of one image from one file.
class Annotator {
 public:
  Annotator(const Image& image, std::vector<Error>& errors) : code_(image), errors_(errors) {}

  std::vector<Marker> markers(const ImageAnnotations& annotations) {
    if (annotations.domains_place) declare_domains(annotations);
    for (const AnnotatedOperation& operation : annotations.operations) declare(operation);
    if (annotations.owner) declare(*annotations.owner);
    return std::move(markers_);
  }

 private:
  void fail(const Placed& at, const Error& error) {
    errors_.push_back({at.place.text(), error.message});
  }

  void add(Kind kind, uint32_t address, std::string name) {
    markers_.push_back({.kind = kind, .address = address, .name = std::move(name)});
  }

  std::vector<const CodeSymbol*> find(const Placed& wanted) {
    auto found = code_.find(wanted.text);
    if (found) return *found;
    fail(wanted, found.error());
    return {};
  }

  std::optional<uint32_t> code_at(const Placed& place, bool or_end = false) {
    const auto address = code_.address_of(place.text, true, or_end);
    if (address) return *address;
    fail(place, address.error());
    return std::nullopt;
  }

  void declare_domains(const ImageAnnotations& annotations) {
    const ImageInfo& info = code_.image().info;
    if (std::ranges::any_of(info.markers, &Marker::is_of_domain)) {
      errors_.push_back({annotations.domains_place->text(),
                         fmt::format("{} declares domains itself, by markers or in another file of "
                                     "annotations",
                                     info.name)});
      return;
    }
    for (const DomainRule& rule : annotations.domains) declare(rule);
    if (!annotations.default_domain) return;
    for (const Segment& segment : code_.image().segments)
      if (segment.executable)
        cover(segment.virt, segment.virt + segment.memory_size, *annotations.default_domain);
  }

  void declare(const DomainRule& rule) {
    for (const Placed& wanted : rule.functions) {
      const auto found = find(wanted);
      bool has_any = found.empty();  // has been refused
      for (const CodeSymbol* symbol : found)
        has_any |= cover(symbol->begin, symbol->end, rule.domain);
      if (!has_any) fail(wanted, nothing_left(wanted));
    }
    if (!rule.begin) return;
    const auto begin = code_at(*rule.begin);
    const auto end = code_at(*rule.end, true);
    if (!begin || !end) return;
    if (*end <= *begin)
      fail(*rule.end, {{}, fmt::format("{} is not behind {}", rule.end->text, rule.begin->text)});
    else if (!cover(*begin, *end, rule.domain))
      fail(*rule.begin, nothing_left(*rule.begin));
  }

  static Error nothing_left(const Placed& wanted) {
    return {{},
            fmt::format("{}: earlier rules have given a domain to all that this one names",
                        shown_text(wanted.text))};
  }

  /// Gives the domain what no earlier rule has taken. Whether there was anything.
  bool cover(uint32_t begin, uint32_t end, Domain domain) {
    bool is_any = false;
    const std::string name(kDomainNames[static_cast<size_t>(domain)]);
    covered_.add(begin, end, [&](uint32_t from, uint32_t to) {
      add(Kind::kDomainBegin, from, name);
      add(Kind::kDomainEnd, to, name);
      is_any = true;
    });
    return is_any;
  }

  void declare(const AnnotatedOperation& operation) {
    const Kind begins = operation.is_passage ? Kind::kPassageBegin : Kind::kOpBegin;
    const Kind ends = operation.is_passage ? Kind::kPassageEnd : Kind::kOpEnd;
    for (const Placed& wanted : operation.functions) declare(operation, wanted, begins, ends);
    for (const Placed& place : operation.begin)
      if (const auto address = code_at(place)) add(begins, *address, operation.name.text);
    for (const Placed& place : operation.end)
      if (const auto address = code_at(place)) add(ends, *address, operation.name.text);
  }

  void declare(const AnnotatedOperation& operation, const Placed& wanted, Kind begins, Kind ends) {
    for (const CodeSymbol* symbol : find(wanted)) {
      if (symbol->is_part || is_begun(operation, symbol->begin, begins)) continue;
      add(begins, symbol->begin, operation.name.text);
      if (!operation.end.empty()) continue;
      const auto exits = code_.exits_of(*symbol);
      if (!exits) return fail(wanted, exits.error());
      for (const uint32_t exit : *exits) add(ends, exit, operation.name.text);
    }
  }

  /// A function may have several names.
  bool is_begun(const AnnotatedOperation& operation, uint32_t address, Kind begins) const {
    return std::ranges::any_of(markers_, [&](const Marker& marker) {
      return marker.kind == begins && marker.address == address &&
             marker.name == operation.name.text;
    });
  }

  void declare(const OwnerWord& owner) {
    const auto& declared = code_.image().info.markers;
    if (std::ranges::find(declared, Kind::kOwner, &Marker::kind) != declared.end())
      return fail(owner.word, {{},
                               fmt::format("{} declares an owner itself, by a marker or in "
                                           "another file of annotations",
                                           code_.image().name)});
    const auto word = code_.address_of(owner.word.text, false, false);
    if (!word) return fail(owner.word, word.error());
    add(Kind::kOwner, *word, fmt::format("{}/{}", owner.name.text, owner.divisor));
  }

  CodeOfImage code_;
  std::vector<Error>& errors_;
  std::vector<Marker> markers_;
  Coverage covered_;
};

Error no_such_image(const Placed& name, std::span<Image* const> images) {
  std::vector<std::string> known;
  for (const Image* image : images)
    if (std::ranges::find(known, image->name) == known.end()) known.push_back(image->name);
  return {name.place.text(), unknown_name("image", name.text, known)};
}

void annotate(const ImageAnnotations& annotations, std::span<Image* const> images,
              std::vector<Error>& errors) {
  bool is_there = false;
  for (Image* image : images) {
    if (image->name != annotations.image.text) continue;
    // An image that is given twice has the same errors twice.
    std::vector<Error> repeated;
    std::vector<Marker> markers =
        Annotator(*image, is_there ? repeated : errors).markers(annotations);
    image->info.markers.insert(image->info.markers.end(), markers.begin(), markers.end());
    is_there = true;
  }
  if (!is_there) errors.push_back(no_such_image(annotations.image, images));
}

}  // namespace

Result<std::monostate> annotate(std::span<const Annotations> files,
                                std::span<Image* const> images) {
  std::vector<Error> errors;
  for (const Annotations& file : files)
    for (const ImageAnnotations& each : file.images) annotate(each, images, errors);
  if (!errors.empty()) return all_in_one(errors);
  return std::monostate{};
}

}  // namespace exosim
