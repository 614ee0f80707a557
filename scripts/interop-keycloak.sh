#!/usr/bin/env bash
# Signs in by Keycloak, with OpenID Connect and with SAML. It comes from Maven Central; where
# that, Java or enough memory cannot be had, it says so and that is no failure.
set -euo pipefail
cd "$(dirname "$0")/.."
skip() { echo "skipped: Keycloak: $1"; exit 0; }
release=26.7.3 # it runs on Java 17
sha256=27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f
memory=1100 # MiB: a heap of 512, and as much again beside it

for program in java curl unzip sha256sum; do
  command -v "$program" >/dev/null 2>&1 || skip "there is no $program"
done
version=$(java -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p;' | head -1)
[ "${version:-0}" -ge 17 ] || skip "it needs Java 17, this is ${version:-unknown}"
if [ -r /proc/meminfo ]; then
  free=$(awk '/^MemAvailable:/ {print int($2 / 1024)}' /proc/meminfo)
  [ "${free:-0}" -ge "$memory" ] || skip "it needs $memory MiB of memory, ${free:-0} are free"
fi

work=$PWD/.cache/keycloak
home=$work/keycloak-$release
mkdir -p "$work"
if [ ! -e "$home/.whole" ]; then
  name=keycloak-quarkus-dist
  rm -rf "$home"
  curl -sSfL --retry 2 --connect-timeout 20 --max-time 900 -o "$work/$name.zip" \
    "https://repo1.maven.org/maven2/org/keycloak/$name/$release/$name-$release.zip" || skip "Maven Central does not give it"
  echo "$sha256  $work/$name.zip" | sha256sum --check --status || { echo "Keycloak: what Maven Central gave is not release $release"; exit 1; }
  unzip -q "$work/$name.zip" -d "$work"
  rm "$work/$name.zip"
  touch "$home/.whole"
fi

dir=$(mktemp -d)
log=$work/server.log
# It must not outlive this script, even a killed one.
bound=(); if command -v setpriv >/dev/null 2>&1; then bound=(setpriv --pdeathsig TERM); fi
PATCHWORK_TEST_KEYCLOAK_PASSWORD=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
export PATCHWORK_TEST_KEYCLOAK_PASSWORD
KC_BOOTSTRAP_ADMIN_USERNAME=admin KC_BOOTSTRAP_ADMIN_PASSWORD=$PATCHWORK_TEST_KEYCLOAK_PASSWORD JAVA_OPTS_KC_HEAP="-Xms64m -Xmx512m" \
  "${bound[@]}" "$home/bin/kc.sh" start-dev --http-host=127.0.0.1 --http-port=0 \
  --db=dev-file "--db-url=jdbc:h2:file:$dir/h2;NON_KEYWORDS=VALUE" >"$log" 2>&1 &
pid=$!
stop() { kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; rm -rf "$dir"; }
trap stop EXIT
listens() { sed -n 's|.*Listening on: \(http://127\.0\.0\.1:[0-9]*\).*|\1|p' "$log" | tail -1; }
for _ in $(seq 1500); do
  PATCHWORK_TEST_KEYCLOAK=$(listens)
  [ -z "$PATCHWORK_TEST_KEYCLOAK" ] || break
  kill -0 "$pid" 2>/dev/null || { tail -40 "$log"; echo "Keycloak did not start"; exit 1; }
  sleep 0.2
done
[ -n "$PATCHWORK_TEST_KEYCLOAK" ] || { tail -40 "$log"; echo "Keycloak did not start within five minutes"; exit 1; }
export PATCHWORK_TEST_KEYCLOAK
echo "Keycloak $release listens at $PATCHWORK_TEST_KEYCLOAK"
go test -count=1 -timeout 5m -run '^TestKeycloak' -v ./auth/oidc ./auth/saml
