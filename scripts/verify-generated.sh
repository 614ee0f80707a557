#!/usr/bin/env bash
# Generates again into a copy and fails where the committed files differ.
set -euo pipefail
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | tar --null --files-from=- -cf - 2>/dev/null | tar -xf - -C "$copy"
( cd "$copy" && go tool gqlgen generate )
changed=0
for f in graph resolvers; do
  diff -rq "$f" "$copy/$f" || changed=1
done
( cd web && npm run --silent codegen:check ) || changed=1
( cd web && npm run --silent schema:check ) || exit 1 # it says itself what is to be done
if [ "$changed" -ne 0 ]; then
  echo "generated code is not what the generators make: run 'make generate' and commit"
  exit 1
fi
echo "generated code verified"
