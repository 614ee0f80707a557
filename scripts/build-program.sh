#!/usr/bin/env bash
# Builds the program, one static binary with the viewer of web/dist inside, as everything that
# is released builds it: scripts/build-program.sh OUTPUT. Two builds of one commit with one Go
# are the same bytes, wherever they are built: nothing of when or where goes in. VERSION and
# COMMIT are git's, unless they are set (a container has no .git).
set -euo pipefail
cd "$(dirname "$0")/.."
VERSION=${VERSION:-$(git describe --tags --always --dirty 2>/dev/null || echo dev)}
COMMIT=${COMMIT:-$(git rev-parse HEAD 2>/dev/null || true)}
export CGO_ENABLED=0 GOFLAGS=-buildvcs=false
exec go build -trimpath -ldflags "-X main.version=$VERSION -X main.commit=$COMMIT" -o "$1" .
