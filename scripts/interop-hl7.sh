#!/usr/bin/env bash
# simple-hl7 of npm sends messages to the listener of HL7 v2. Where Node or the registry
# cannot be had, it says so and that is no failure.
set -euo pipefail
cd "$(dirname "$0")/.."
skip() { echo "skipped: simple-hl7: $1"; exit 0; }
for program in node npm; do
  command -v "$program" >/dev/null 2>&1 || skip "there is no $program"
done
npm view simple-hl7@3.3.0 version >/dev/null 2>&1 || skip "the registry does not give it"
PATCHWORK_TEST_SIMPLE_HL7=1 go test -count=1 -v -run '^TestSimpleHL7$' ./sources/hl7v2
