#!/usr/bin/env bash
# A bounded run of every libFuzzer target: run_fuzzers.sh BUILD RUNS. The seed is fixed, so that a
# red build is red again.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$1
runs=$2
for fuzzer in "$build"/bin/*_fuzz; do
  name=$(basename "$fuzzer" _fuzz)
  corpus=$(find sim bench -type d -path "*/fuzz/corpus/$name" -o -type d -path "*/$name*/fuzz/corpus" | head -1)
  work=$(mktemp -d)
  echo "fuzzing $name: $runs runs"
  "$fuzzer" -runs="$runs" -seed=1 -timeout=10 -rss_limit_mb=2048 -print_final_stats=0 -print_funcs=0 -verbosity=0 \
    "$work" ${corpus:+"$corpus"}
  rm -rf "$work"
done
