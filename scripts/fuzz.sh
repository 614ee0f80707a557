#!/usr/bin/env bash
# Runs every fuzz target of the module, one after another, each for the time given (30s).
# What was found is kept by Go under testdata/fuzz and fails from then on in every test run.
set -uo pipefail
cd "$(dirname "$0")/.."
for_each=${1:-30s}
failed=0
while IFS=: read -r file target; do
  dir=$(dirname "$file")
  printf '%-28s %-24s ' "${dir#./}" "$target"
  if out=$(go test -run '^$' -fuzz "^$target\$" -fuzztime "$for_each" "$dir" 2>&1); then
    grep -oE 'execs: [0-9]+' <<<"$out" | tail -1
  else
    failed=1
    echo FAILED
    tail -30 <<<"$out"
  fi
done < <(grep -rnoE --include='*_test.go' '^func Fuzz[A-Za-z0-9]+' . | sed -E 's/:[0-9]+:func /:/' | sort)
exit $failed
