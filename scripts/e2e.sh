#!/usr/bin/env bash
# Walks three demo regions at once, a third of the walks in each: most of a walk is waiting.
# What a failed third says comes last: whoever reads the end of a log sees why.
set -uo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
walkers=()
for third in 1 2 3; do
  scripts/with-demo.sh sh -c "cd web && npm run --silent e2e -- --shard=$third/3 --reporter=default --reporter=json --outputFile.json=../.results/e2e.$third.json" >"$dir/$third" 2>&1 &
  walkers+=($!)
done
failed=()
for third in 1 2 3; do
  if wait "${walkers[third - 1]}"; then cat "$dir/$third"; else failed+=("$third"); fi
done
for third in "${failed[@]}"; do cat "$dir/$third"; done
exit $((${#failed[@]} > 0))
