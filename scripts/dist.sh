#!/usr/bin/env bash
# Makes what is released of the commit that is checked out, in dist/: the program for each of
# PLATFORMS (linux/amd64), with the unit, the chart, the composition and the licences of others; its SBOMs (CycloneDX:
# Go modules, npm packages); and SHA256SUMS. All is built twice, in two clean copies in two
# places, and both must be the same bytes. What is not committed is not in it.
set -euo pipefail
cd "$(dirname "$0")/.."
CYCLONEDX=github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.9.0
PLATFORMS=${PLATFORMS:-linux/amd64}
VERSION=$(git describe --tags --always) COMMIT=$(git rev-parse HEAD)
SOURCE_DATE_EPOCH=$(git show -s --format=%ct HEAD)
export VERSION COMMIT SOURCE_DATE_EPOCH
git diff --quiet HEAD || echo "note: what is not committed is not in it"
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
one=$work/one two=$work/another/place/of/another/length

make_one() { # in a clean copy
  mkdir -p "$1/out"
  git archive "$COMMIT" | tar -x -C "$1"
  if [ -d "$one/web/node_modules" ]; then
    cp -al "$one/web/node_modules" "$1/web/node_modules"
  else
    (cd "$1/web" && npm ci --no-audit --no-fund --loglevel=error)
  fi
  (cd "$1/web" && npm run --silent build)
  (cd "$1" && go run ./supply notices >out/NOTICES)
  for platform in $PLATFORMS; do
    name=patchwork-$VERSION-${platform/\//-}
    mkdir "$1/out/$name"
    (cd "$1" && GOOS=${platform%/*} GOARCH=${platform#*/} scripts/build-program.sh "out/$name/patchwork")
    cp -R "$1"/{LICENSE,CHANGELOG.md,out/NOTICES,deploy/systemd,deploy/helm,deploy/container} "$1/out/$name/"
    tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --mode=go-w,a+rX -C "$1/out" -c "$name" | gzip -n >"$1/out/$name.tar.gz"
  done
}

sums() { (cd "$1" && find web/dist out -type f | LC_ALL=C sort | xargs sha256sum); }

make_one "$one"
make_one "$two"
sums "$one" >"$work/first"
sums "$two" >"$work/second"
if ! diff "$work/first" "$work/second"; then
  echo "two builds of one commit are not the same" >&2
  exit 1
fi
echo "two builds of $VERSION in two places are the same: $(wc -l <"$work/first") files"

rm -rf dist
mkdir dist
cp "$one"/out/*.tar.gz dist/
# Neither a serial number nor the time of making goes into an SBOM, so that it is the same
# for the same commit too.
plain='const fs = require("fs"), f = process.argv[1], b = JSON.parse(fs.readFileSync(f)); delete b.serialNumber; if (b.metadata) delete b.metadata.timestamp; fs.writeFileSync(f, JSON.stringify(b, null, 2) + "\n")'
out=$PWD/dist
number=${VERSION#v} # npm and Go want one of three parts
[[ $number =~ ^[0-9]+\.[0-9]+\.[0-9]+ ]] || number=0.0.0-g$VERSION
first=${PLATFORMS%% *}
GOFLAGS=-buildvcs=false CGO_ENABLED=0 go run "$CYCLONEDX" bin -json -std -noserial -version "v$number" \
  -output "$out/patchwork-$VERSION-go.cdx.json" "$one/out/patchwork-$VERSION-${first/\//-}/patchwork"
(
  cd "$one/web"
  npm pkg set version="$number" # in the copy only
  npm sbom --sbom-format=cyclonedx --sbom-type=application --package-lock-only --omit=dev >"$out/patchwork-$VERSION-npm.cdx.json"
)
for sbom in dist/*.cdx.json; do
  node -e "$plain" "$sbom"
  node -e 'const b = JSON.parse(require("fs").readFileSync(process.argv[1])); if (b.bomFormat !== "CycloneDX" || !(b.components?.length > 5)) process.exit(1); console.log(`${process.argv[1]}: ${b.components.length} components`)' "$sbom"
done
(cd dist && sha256sum -- *.tar.gz *.cdx.json >SHA256SUMS && cat SHA256SUMS)
