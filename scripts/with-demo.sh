#!/usr/bin/env bash
# Runs a command against a demo region of its own; PATCHWORK_READY_FILE names its ready file.
set -euo pipefail
dir=$(mktemp -d)
bin/patchwork demo --no-more --listen 127.0.0.1:0 --identity-providers demo/idp/oidc --smart-app demo/smartapp --ready-file "$dir/ready.json" >"$dir/log" 2>&1 &
pid=$!
stop() { kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true; rm -rf "$dir"; }
trap stop EXIT
for _ in $(seq 1200); do
  [ -f "$dir/ready.json" ] && break
  kill -0 "$pid" 2>/dev/null || { cat "$dir/log"; exit 1; }
  sleep 0.1
done
[ -f "$dir/ready.json" ] || { cat "$dir/log"; echo "the demo was not ready after 120 s" >&2; exit 1; }
export PATCHWORK_READY_FILE="$dir/ready.json"
"$@"
