// Where files that belong to exosim (configurations, the kernel) are found.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/base/result.hpp"

namespace exosim {

/// The folder of the running program.
Result<std::filesystem::path> executable_folder();

/// What is looked for, and so where: configurations, guest images, suites of runs, what reports are
/// made with.
enum class ResourceKind : uint8_t { kConfig, kKernel, kSuite, kReport };

/// A name with a '/' and one that exists as given are used as they are. Otherwise: in `program`
/// (the program's folder), beside it in a build tree (../configs, ../guest, ../suites, ../report),
/// or as installed (../share/exosim/configs and so on). The Error lists the places and the nearest
/// file name there.
Result<std::filesystem::path> find_resource(ResourceKind kind, const std::string& name,
                                            const std::filesystem::path& program);

/// The folders in which a name is looked for, the first one first; some may not exist.
std::vector<std::filesystem::path> resource_folders(ResourceKind kind,
                                                    const std::filesystem::path& program);

}  // namespace exosim
