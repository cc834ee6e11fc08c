#!/usr/bin/env bash
# Writes every generated part of the documents from the code and from runs. With --check it changes
# nothing and exits 1 if a document is out of date. Needs build/bin/exosim and build/guest.
set -euo pipefail
cd "$(dirname "$0")/.."
mode=${1:-}
failed=0
run() { "$@" $mode || failed=1; }

run python3 .ci/gen_machine_doc.py
run python3 .ci/gen_run_doc.py
[ $failed -eq 0 ] && echo "generated documents: ${mode:+up to date}${mode:-written}" | sed 's/--check//'
exit $failed
