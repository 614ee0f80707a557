#!/usr/bin/env bash
# Holds what is deployed against what it must be: the chart as Helm renders it and Kubernetes
# reads it, strictly, with every choice; the configuration that the chart makes, as the program
# reads it; the Dockerfile as BuildKit reads it, and its commands in clean copies; the unit as
# systemd reads it. Needs neither a daemon nor a cluster, and so does not show that the base
# images are there, nor how a cluster takes the chart.
set -euo pipefail
cd "$(dirname "$0")/.."
export GOFLAGS=-buildvcs=false CGO_ENABLED=0
config=$(mktemp)
trap 'rm -f "$config"' EXIT
(cd deploy/check && go vet ./... && PATCHWORK_CHART_CONFIG="$config" PATCHWORK_IMAGE_BUILD="${PATCHWORK_IMAGE_BUILD-1}" go test -count=1 -timeout 20m -v ./... | grep -vE '^=== ')
go run . config check "$config"
if docker info >/dev/null 2>&1; then
  docker build -t patchwork:check .
  docker run --rm --read-only patchwork:check version
else
  echo "not run: docker build, for there is no daemon here"
fi
