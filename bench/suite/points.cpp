// The product of a suite's lists.
#include "bench/suite/points.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "bench/suite/annotation_files.hpp"
#include "bench/suite/digest.hpp"
#include "bench/suite/image_facts.hpp"
#include "sim/base/registry.hpp"
#include "sim/bus/device.hpp"
#include "sim/machine/config/load_config.hpp"
#include "sim/machine/config/messages.hpp"
#include "sim/machine/config/print_config.hpp"
#include "sim/options/resources.hpp"

namespace exosim::bench {

namespace fs = std::filesystem;

namespace {

/// A configuration that the suite names.
struct Machine {
  Placed named;
  fs::path path;
};

/// All that a workload's runs on different machines have in common.
struct Program {
  const Workload& workload;
  size_t index;
  std::vector<const ImageFacts*> images;
  std::vector<InputFile> inputs;  // images, and what the console reads
  std::vector<const AnnotationFile*> annotations;
};

/// One run before its files are written down.
struct Run {
  const Program& program;
  const Machine& machine;
  const LoadedConfig& config;
  const std::vector<std::string>& sets;
  const ImageFacts* kernel;  // null: a bare image
  std::vector<const AnnotationFile*> annotations;
};

/// The names of the images that it loads.
std::set<std::string> loaded_by(const Program& program, const ImageFacts* kernel) {
  std::set<std::string> names;
  if (kernel) names.insert(kernel->name);
  for (const ImageFacts* image : program.images) names.insert(image->name);
  return names;
}

/// What an image declares, and what is declared of it.
void add_operations(const ImageFacts& image, const std::vector<const AnnotationFile*>& annotations,
                    std::set<std::string>& names) {
  names.insert(image.operations.begin(), image.operations.end());
  for (const AnnotationFile* file : annotations)
    if (const auto found = file->operations.find(image.name); found != file->operations.end())
      names.insert(found->second.begin(), found->second.end());
}

/// A command in both of its forms.
class Command {
 public:
  explicit Command(Point& point) : point_(point) {}
  void word(const std::string& text) {
    point_.command.push_back(text);
    point_.portable.push_back(text);
  }
  void file(const fs::path& path) {
    point_.command.push_back(path.string());
    point_.portable.push_back(path.filename().string());
  }

 private:
  Point& point_;
};

class PointMaker {
 public:
  PointMaker(const Suite& suite, fs::path suite_path, const Places& places)
      : suite_(suite),
        suite_path_(std::move(suite_path)),
        places_(places),
        images_(errors_),
        files_(errors_) {}

  Result<std::vector<Point>> run() {
    find_machines();
    take_exosim();
    find_kernels();
    annotations_ = annotations(suite_.annotations);
    for (size_t index = 0; index < suite_.workloads.size(); ++index) {
      const Program program = program_of(index);
      for (const Machine& machine : machines_) add_runs(program, machine);
    }
    for (size_t index = 0; index < annotations_.size(); ++index)
      if (annotations_[index] && !applied_.contains(annotations_[index]))
        fail(suite_.annotations[index].place,
             "annotations: no workload loads all of the images that it is about");
    if (!errors_.empty()) return all_in_one(errors_);
    return std::move(points_);
  }

 private:
  void fail(const Place& place, std::string message) {
    errors_.push_back({place.text(), std::move(message)});
  }

  void take_exosim() {
    const auto digest = sha256_of_file(places_.exosim);
    if (!digest) return errors_.push_back(digest.error());
    exosim_ = {"exosim", "exosim", shown_path(places_.exosim), *digest};
  }

  /// Those that can be read at all; what is wrong with a file is said once.
  void find_machines() {
    for (const Placed& named : suite_.machines) {
      const auto path = machine_path(named.text);
      if (!path) {
        errors_.push_back({named.place.text(), "machines: " + path.error().text()});
        continue;
      }
      if (const auto config = load_config(*path); !config) {
        fail(named.place, "machines: " + config.error().text());
        continue;
      }
      const auto same = std::ranges::find(
          machines_, path->stem(), [](const Machine& machine) { return machine.path.stem(); });
      if (same != machines_.end())
        fail(named.place, fmt::format("machines: another one has the name {} already, at {}",
                                      path->stem().string(), same->named.place.text()));
      machines_.push_back({named, shown_path(*path)});
    }
  }

  void find_kernels() {
    std::set<std::string> names;
    for (const Placed& named : suite_.kernels) {
      const std::string name = fs::path(named.text).stem().string();
      if (!names.insert(name).second)
        fail(named.place, fmt::format("kernels: another one has the name {} already", name));
      kernels_.push_back(image(named));
    }
  }

  Result<fs::path> machine_path(const std::string& name) const {
    const fs::path beside = beside_suite(suite_path_, name);
    std::error_code ignored;
    if (name.find('/') != name.npos || fs::exists(beside, ignored)) return beside;
    return find_resource(ResourceKind::kConfig, name, places_.program);
  }

  /// In the guest folder or one of its folders, unless the name says otherwise. Null if it cannot
  /// be had; then that has been said.
  const ImageFacts* image(const Placed& named) {
    const bool is_elsewhere = named.text.starts_with("./") || named.text.starts_with("../");
    const fs::path path =
        is_elsewhere ? beside_suite(suite_path_, named.text) : places_.guest / named.text;
    return images_.find(shown_path(path), named.place);
  }

  /// Null for each that cannot be had.
  std::vector<const AnnotationFile*> annotations(const std::vector<Placed>& named) {
    std::vector<const AnnotationFile*> files;
    for (const Placed& each : named)
      files.push_back(files_.find(shown_path(beside_suite(suite_path_, each.text)), each.place));
    return files;
  }

  /// The suite's that fit what is loaded, and the workload's own, which have to fit.
  std::vector<const AnnotationFile*> annotations_of(const Program& program,
                                                    const ImageFacts* kernel) {
    const std::set<std::string> loaded = loaded_by(program, kernel);
    std::vector<const AnnotationFile*> files;
    for (const AnnotationFile* file : annotations_)
      if (file && file->applies_to(loaded)) files.push_back(file);
    applied_.insert(files.begin(), files.end());
    for (size_t index = 0; index < program.annotations.size(); ++index) {
      const AnnotationFile* file = program.annotations[index];
      if (!file) continue;
      files.push_back(file);
      for (const auto& [image, operations] : file->operations)
        if (!loaded.contains(image))
          refuse_once(program.workload.annotations[index].place,
                      unknown_name("image of the workload", image,
                                   std::vector<std::string>(loaded.begin(), loaded.end())));
    }
    return files;
  }

  Program program_of(size_t index) {
    const Workload& workload = suite_.workloads[index];
    Program program{workload, index, {}, {}, annotations(workload.annotations)};
    for (const Placed& named : workload.images) {
      const ImageFacts* facts = image(named);
      if (!facts) continue;
      program.images.push_back(facts);
      program.inputs.push_back(facts->input("image"));
    }
    check_bare(program);
    if (workload.input) {
      const fs::path path = shown_path(beside_suite(suite_path_, workload.input->text));
      add_file("input", path, workload.input->place, program.inputs);
    }
    return program;
  }

  void check_bare(const Program& program) {
    if (program.images.empty()) return;
    const ImageFacts& first = *program.images.front();
    const Placed& named = program.workload.images.front();
    if (first.bare && !program.workload.bare)
      fail(named.place,
           fmt::format("{}: a bare image, linked in kseg0; say kernel: none", first.name));
    if (!first.bare && program.workload.bare)
      fail(named.place, fmt::format("{}: an application, linked in kuseg: it needs a kernel, but "
                                    "the workload has kernel: none",
                                    first.name));
  }

  void add_file(const std::string& role, const fs::path& path, const Place& place,
                std::vector<InputFile>& inputs) {
    const auto digest = sha256_of_file(path);
    if (digest)
      inputs.push_back({role, path.filename().string(), path, *digest});
    else
      fail(place, digest.error().text());
  }

  void add_runs(const Program& program, const Machine& machine) {
    const Workload& workload = program.workload;
    std::vector<std::string> sets;
    for (const auto& [key, value] : workload.sets) sets.push_back(key.text + "=" + value);
    if (suite_.seeds.empty()) return add_configured(program, machine, sets);
    check_seeds(workload);
    for (const auto& [seed, place] : suite_.seeds) {
      sets.push_back(fmt::format("seed={}", seed));
      add_configured(program, machine, sets);
      sets.pop_back();
    }
  }

  void check_seeds(const Workload& workload) {
    for (const auto& [key, value] : workload.sets)
      if (key.text == "seed" && refused_.insert(key.place.text()).second)
        fail(key.place, "workloads.set: the suite's seeds set it");
  }

  void add_configured(const Program& program, const Machine& machine,
                      const std::vector<std::string>& sets) {
    const Workload& workload = program.workload;
    const auto config = load_config(machine.path, sets);
    if (!config) {
      const Place& place =
          workload.sets.empty() ? suite_.seeds.front().second : workload.sets.front().first.place;
      return fail(place, fmt::format("{} on {}: {}", workload.name.text,
                                     machine.path.stem().string(), config.error().text()));
    }
    std::vector<const ImageFacts*> kernels = kernels_;
    if (workload.bare)
      kernels = {nullptr};
    else if (suite_.kernels.empty())
      kernels = {image({config->machine.kernel, machine.named.place})};
    for (const ImageFacts* kernel : kernels) {
      if (!kernel && !workload.bare) continue;
      const Run run{program, machine, *config, sets, kernel, annotations_of(program, kernel)};
      check_names(run);
      add_point(run, {});
      if (workload.has_cold()) add_point(run, cold_operations(run));
    }
  }

  void check_names(const Run& run) {
    std::set<std::string> known;
    if (run.kernel) add_operations(*run.kernel, run.annotations, known);
    for (const ImageFacts* image : run.program.images)
      add_operations(*image, run.annotations, known);
    const std::vector<std::string> names(known.begin(), known.end());
    for (const Placed& cold : run.program.workload.cold)
      if (!known.contains(cold.text)) refuse_operation(cold, names);
    for (const OperationRule& rule : run.program.workload.operations)
      if (!known.contains(rule.name.text)) refuse_operation(rule.name, names);
  }

  void refuse_operation(const Placed& named, const std::vector<std::string>& names) {
    refuse_once(named.place, unknown_name("operation of its images", named.text, names));
  }
  /// Although each machine asks.
  void refuse_once(const Place& place, std::string message) {
    if (refused_.insert(place.text()).second) fail(place, std::move(message));
  }

  std::vector<std::string> cold_operations(const Run& run) {
    const Program& program = run.program;
    std::vector<std::string> names;
    for (const Placed& cold : program.workload.cold) names.push_back(cold.text);
    if (!program.workload.cold_all) return names;
    std::set<std::string> all;
    for (const ImageFacts* image : program.images) add_operations(*image, run.annotations, all);
    if (all.empty())
      refuse_once(program.workload.name.place, "cold: all, but its images declare no operation");
    return {all.begin(), all.end()};
  }

  void add_point(const Run& run, const std::vector<std::string>& cold) {
    const Workload& workload = run.program.workload;
    Point point;
    point.workload = workload.name.text;
    point.machine = run.machine.path.stem().string();
    point.kernel = run.kernel ? run.kernel->path.stem().string() : "none";
    point.seed = run.config.machine.seed;
    point.cold = !cold.empty();
    point.of_workload = run.program.index;
    write_command(run, cold, point);
    list_inputs(run, point);
    point.key = key_of_head(point_head(point));
    points_.push_back(std::move(point));
  }

  void write_command(const Run& run, const std::vector<std::string>& cold, Point& point) const {
    const Workload& workload = run.program.workload;
    Command command(point);
    command.file(exosim_.path);
    command.word("--config");
    command.file(run.machine.path);
    for (const std::string& set : run.sets) command.word("--set=" + set);
    if (run.kernel) {
      command.word("--kernel");
      command.file(run.kernel->path);
    }
    for (const AnnotationFile* file : run.annotations) {
      command.word("--annotations");
      command.file(file->input.path);
    }
    for (const std::string& operation : cold) command.word("--cold=" + operation);
    if (const auto limit = workload.expect.max_cycles)
      command.word(fmt::format("--max-cycles={}", *limit));
    if (workload.input) {
      command.word("--input");
      command.file(shown_path(beside_suite(suite_path_, workload.input->text)));
    }
    for (const ImageFacts* image : run.program.images) command.file(image->path);
  }

  void list_inputs(const Run& run, Point& point) {
    point.inputs = {exosim_,
                    {"configuration", run.machine.path.filename().string(), run.machine.path,
                     sha256(print_config(run.config))}};
    if (run.kernel) point.inputs.push_back(run.kernel->input("kernel"));
    const auto& others = run.program.inputs;
    point.inputs.insert(point.inputs.end(), others.begin(), others.end());
    for (const AnnotationFile* file : run.annotations) point.inputs.push_back(file->input);
    for (const DeviceConfig& device : run.config.machine.devices)
      for (const ParamDoc& param : Registry<DeviceType>::all().find(device.type)->second.params)
        if (param.is_input_file && !device.params.text(param.name).empty())
          add_file("device", device.params.text(param.name), run.machine.named.place, point.inputs);
  }

  const Suite& suite_;
  const fs::path suite_path_;
  const Places& places_;
  std::vector<Error> errors_;
  ImageCatalogue images_;
  AnnotationCatalogue files_;
  std::vector<const AnnotationFile*> annotations_;  // the suite's; null: refused
  std::set<const AnnotationFile*> applied_;
  InputFile exosim_;
  std::vector<Machine> machines_;
  std::vector<const ImageFacts*> kernels_;
  std::set<std::string> refused_;
  std::vector<Point> points_;
};

}  // namespace

fs::path beside_suite(const fs::path& suite_path, const std::string& name) {
  return (suite_path.parent_path() / name).lexically_normal();
}

Result<std::vector<Point>> points_of(const Suite& suite, const fs::path& suite_path,
                                     const Places& places) {
  return PointMaker(suite, suite_path, places).run();
}

}  // namespace exosim::bench
