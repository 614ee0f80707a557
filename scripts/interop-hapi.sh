#!/usr/bin/env bash
# Reads the same people from HAPI FHIR's JPA server as the tests read from Medplum. What
# it is made of comes from Maven Central; where that, Java or Maven cannot be had, it
# says so and that is no failure.
set -euo pipefail
cd "$(dirname "$0")/.."
skip() { echo "skipped: HAPI FHIR: $1"; exit 0; }
command -v java >/dev/null 2>&1 || skip "there is no java"
command -v mvn >/dev/null 2>&1 || skip "there is no mvn"
version=$(java -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p;' | head -1)
[ "${version:-0}" -ge 17 ] || skip "it needs Java 17, this is ${version:-unknown}"

here=sources/fhirr4/testdata/hapi
work=$PWD/.cache/hapi
mkdir -p "$work"
cp -r "$here/pom.xml" "$here/src" "$work/"
build() { mvn -q -B "$@" -f "$work/pom.xml" compile org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath "-Dmdep.outputFile=$work/classpath" >"$work/maven.log" 2>&1; }
# First without the network; it is asked only for what is not there yet.
if ! build -o && ! build; then
  # Only a registry out of reach is a reason to skip; every other failure is ours.
  grep -qE 'Could not transfer|Unknown host|Connection (refused|timed out|reset)' "$work/maven.log" || { cat "$work/maven.log"; exit 1; }
  skip "Maven Central cannot be reached; see $work/maven.log"
fi

dir=$(mktemp -d)
mkfifo "$dir/in"
java -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "$work/target/classes:$(cat "$work/classpath")" \
  care.patchwork.witness.Server <"$dir/in" >"$dir/address" 2>"$work/server.log" &
pid=$!
exec 3>"$dir/in" # the server ends with its input, so also when this script is killed
stop() { exec 3>&-; wait "$pid" 2>/dev/null || true; rm -rf "$dir"; }
trap stop EXIT
for _ in $(seq 900); do
  grep -q '^http' "$dir/address" && break
  kill -0 "$pid" 2>/dev/null || { tail -40 "$work/server.log"; echo "HAPI FHIR did not start"; exit 1; }
  sleep 0.2
done
PATCHWORK_TEST_HAPI=$(grep -m1 '^http' "$dir/address") || { tail -40 "$work/server.log"; echo "HAPI FHIR did not start within three minutes"; exit 1; }
export PATCHWORK_TEST_HAPI
echo "HAPI FHIR listens at $PATCHWORK_TEST_HAPI"
go test -count=1 -run '^TestHAPI$' -v ./sources/fhirr4 3>&- # with the pipe open, a test left behind would keep the server
