#!/usr/bin/env bash
# Walks two demo regions at once, half of the walks in each: most of a walk is waiting.
# What a failed half says comes last: whoever reads the end of a log sees why.
set -uo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
walkers=()
for half in 1 2; do
  scripts/with-demo.sh sh -c "cd web && npm run --silent e2e -- --shard=$half/2 --reporter=default --reporter=json --outputFile.json=../.results/e2e.$half.json" >"$dir/$half" 2>&1 &
  walkers+=($!)
done
failed=()
for half in 1 2; do
  if wait "${walkers[half - 1]}"; then cat "$dir/$half"; else failed+=("$half"); fi
done
for half in "${failed[@]}"; do cat "$dir/$half"; done
exit $((${#failed[@]} > 0))
