#!/usr/bin/env bash
# DuckDB of npm reads what views/tabular writes, by the recipe for analysts. Where Node or the
# registry cannot be had, it says so and that is no failure.
set -euo pipefail
cd "$(dirname "$0")/.."
skip() { echo "skipped: DuckDB: $1"; exit 0; }
for program in node npm; do
  command -v "$program" >/dev/null 2>&1 || skip "there is no $program"
done
npm view @duckdb/node-api@1.5.6-r.1 version >/dev/null 2>&1 || skip "the registry does not give it"
PATCHWORK_TEST_DUCKDB=1 go test -count=1 -v -run '^TestDuckDB$' ./views/tabular
