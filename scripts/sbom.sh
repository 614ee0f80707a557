#!/usr/bin/env bash
# Writes bills of materials (CycloneDX, JSON) of bin/patchwork and of the viewer inside it: sbom.sh DIR
set -euo pipefail
dir=$(mkdir -p "$1" && cd "$1" && pwd)
commit=$(git rev-parse --short=10 HEAD 2>/dev/null || echo unknown)
go run "${CYCLONEDX:?is set by the Makefile}" bin -json -licenses -version "$commit" -output "$dir/sbom-server.cdx.json" bin/patchwork 2> >(grep -v WRN >&2) # it looks for Patchwork itself among published modules

# npm writes none of a package without a version, and the viewer is published nowhere.
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
copy=$top/patchwork-viewer # npm calls it by its folder
mkdir "$copy"
node -e '
const fs = require("fs");
for (const name of ["package.json", "package-lock.json"]) {
  const file = JSON.parse(fs.readFileSync("web/" + name, "utf8"));
  file.version = process.argv[1];
  if (file.packages) file.packages[""].version = process.argv[1];
  fs.writeFileSync(process.argv[2] + "/" + name, JSON.stringify(file));
}' "0.0.0-$commit" "$copy"
(cd "$copy" && npm sbom --package-lock-only --omit=dev --sbom-format=cyclonedx) >"$dir/sbom-viewer.cdx.json"
