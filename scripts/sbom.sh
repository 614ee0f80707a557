#!/usr/bin/env bash
# Writes bills of materials (CycloneDX, JSON) of the server and of the viewer: sbom.sh DIR
set -euo pipefail
dir=$1
mkdir -p "$dir"
go run "${CYCLONEDX:?is set by the Makefile}" app -json -licenses -output "$dir/sbom-server.cdx.json" -main . . 2>/dev/null
(cd web && npm sbom --sbom-format cyclonedx --omit dev 2>/dev/null) >"$dir/sbom-viewer.cdx.json"
