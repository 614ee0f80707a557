#!/usr/bin/env bash
# Runs a command with a PostgreSQL and a MariaDB of its own on loopback, and stops them
# after. The command finds them by PATCHWORK_TEST_POSTGRES and PATCHWORK_TEST_MARIADB.
set -euo pipefail
dir=$(mktemp -d)
chmod 755 "$dir"
pg=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
as() { # run as an unprivileged user where we are root: neither server runs as root
  if [ "$(id -u)" -eq 0 ]; then runuser -u "$1" -- "${@:2}"; else "${@:2}"; fi
}
free_port() { python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])' 2>/dev/null || echo $((20000 + RANDOM % 20000)); }
maria_pid=""
stop() {
  as postgres "$pg/pg_ctl" -D "$dir/pg" -m immediate stop >/dev/null 2>&1 || true
  # The server itself, not the runuser in front of it.
  [ -s "$dir/maria/pid" ] && kill "$(cat "$dir/maria/pid")" 2>/dev/null || true
  [ -n "$maria_pid" ] && wait "$maria_pid" 2>/dev/null || true
  rm -rf "$dir"
}
trap stop EXIT

mkdir "$dir/pg" "$dir/maria"
[ "$(id -u)" -eq 0 ] && chown postgres "$dir/pg" && chown mysql "$dir/maria"
pg_port=$(free_port)
as postgres "$pg/initdb" -D "$dir/pg" -U patchwork -A trust -E UTF8 --locale=C >/dev/null
as postgres "$pg/pg_ctl" -D "$dir/pg" -w -l "$dir/pg/log" \
  -o "-p $pg_port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$dir/pg -c max_connections=300 -c fsync=off" start >/dev/null
export PATCHWORK_TEST_POSTGRES="postgres://patchwork@127.0.0.1:$pg_port/postgres?sslmode=disable"

maria_port=$(free_port)
as mysql mariadb-install-db --no-defaults --datadir="$dir/maria" --auth-root-authentication-method=normal --skip-test-db >/dev/null 2>&1
as mysql "$(command -v mariadbd || echo /usr/sbin/mariadbd)" --no-defaults --datadir="$dir/maria" --socket="$dir/maria/sock" \
  --port="$maria_port" --bind-address=127.0.0.1 --pid-file="$dir/maria/pid" >"$dir/maria/log" 2>&1 &
maria_pid=$!
for _ in $(seq 100); do mariadb-admin --no-defaults -uroot --socket="$dir/maria/sock" ping >/dev/null 2>&1 && break; sleep 0.2; done
mariadb --no-defaults -uroot --socket="$dir/maria/sock" -e "CREATE DATABASE patchwork CHARACTER SET utf8mb4; CREATE USER patchwork@'%' IDENTIFIED BY ''; GRANT ALL ON *.* TO patchwork@'%'; CREATE USER patchwork@localhost IDENTIFIED BY ''; GRANT ALL ON *.* TO patchwork@localhost;"
export PATCHWORK_TEST_MARIADB="patchwork@tcp(127.0.0.1:$maria_port)/patchwork"
export PATCHWORK_TEST_MEDPLUM=1

"$@"
