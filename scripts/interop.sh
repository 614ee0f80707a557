#!/usr/bin/env bash
# Extra witnesses, which come from Maven Central and npm. Each says why if it was skipped, and that
# is no failure; all of them run even if one fails.
set -uo pipefail
here=$(dirname "$0")
failed=0
for witness in hapi keycloak hl7 duckdb; do
  "$here/interop-$witness.sh" || failed=1
done
exit "$failed"
