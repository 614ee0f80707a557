#!/usr/bin/env bash
# Installs what the tests need and the machine lacks, from Debian's packages: PostgreSQL,
# MariaDB, Chromium, a C compiler, and the identity providers of the demo. Does nothing
# where all of it is there. `scripts/install.sh sign-in` installs the identity providers
# only, and asks for no password. No service is started.
set -euo pipefail
missing=()
sign_in() {
  [ -x /usr/sbin/slapd ] || command -v slapd >/dev/null 2>&1 || missing+=(slapd)
  command -v ldapmodify >/dev/null 2>&1 || missing+=(ldap-utils)
  [ -f /usr/share/simplesamlphp/www/module.php ] || missing+=(simplesamlphp php-cli php-xml php-sqlite3)
  command -v php >/dev/null 2>&1 || missing+=(php-cli php-xml php-sqlite3)
}
everything() {
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
  command -v mariadbd >/dev/null 2>&1 || [ -x /usr/sbin/mariadbd ] || missing+=(mariadb-server)
  command -v chromium >/dev/null 2>&1 || missing+=(chromium)
  command -v gcc >/dev/null 2>&1 || missing+=(gcc libc6-dev) # the race detector needs a C compiler
  sign_in
}
sudo="sudo"
case "${1:-}" in
  sign-in) sign_in; sudo="sudo -n" ;;
  *) everything ;;
esac
[ ${#missing[@]} -eq 0 ] && exit 0
echo "installing ${missing[*]}"
[ "$(id -u)" -eq 0 ] && sudo=""

# The packages of servers start them when they are installed. Ours run only while something
# uses them, so for now the machine's policy is to start none.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap '$sudo rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" >/dev/null
  $sudo chmod +x "$policy"
fi
$sudo apt-get update -qq
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
