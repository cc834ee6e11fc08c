#!/usr/bin/env bash
# Writes every generated part of the documents from the code and from runs. With --check it changes
# nothing and exits 1 if a document is out of date. Needs build/bin and build/guest.
set -euo pipefail
cd "$(dirname "$0")/.."
mode=${1:-}
failed=0
run() { "$@" $mode || failed=1; }

# The schema and the manual of the configuration: a unit test compares, or writes them.
config_test=(build/bin/exosim_config_test --gtest_brief=1 "--gtest_filter=MachineFiles.*UpToDate")
if [ -z "$mode" ]; then export EXOSIM_BLESS=1; fi
"${config_test[@]}" >/dev/null || failed=1
run python3 .ci/gen_machine_doc.py
run python3 .ci/gen_calls_doc.py
run python3 .ci/gen_primitives.py
run python3 .ci/gen_kernel_calls.py
run python3 .ci/gen_protocols.py
run python3 .ci/gen_scaling.py
run python3 .ci/gen_headline.py
run python3 .ci/gen_run_doc.py
run python3 .ci/gen_sensitivity.py
run python3 .ci/gen_placements.py
run python3 bench/machine/run.py
[ $failed -eq 0 ] && echo "generated documents: ${mode:+up to date}${mode:-written}" | sed 's/--check//'
exit $failed
