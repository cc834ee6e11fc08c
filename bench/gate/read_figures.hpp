// The gate's figures from a run's statistics and its profile.
#pragma once

#include <nlohmann/json.hpp>

#include "bench/gate/figures.hpp"
#include "bench/gate/source_texts.hpp"
#include "sim/base/result.hpp"

namespace exosim::bench {

/// `stats` as is_statistics() accepts it. `profile` is what `exosim --profile` writes, or null:
/// then there are no functions. The Error says what the profile lacks.
Result<RunFigures> read_figures(const nlohmann::ordered_json& stats,
                                const nlohmann::ordered_json& profile, SourceTexts& sources);

}  // namespace exosim::bench
