#!/usr/bin/env bash
# Runs one part of the tests, and keeps in .results of which tree and when it was, beside what its
# runner writes there: recorded.sh PART COMMAND. `make safety-case` judges by it (docs/safety.md).
set -uo pipefail
part=$1
shift
mkdir -p .results
rm -f ".results/$part."[0-9]*.json* ".results/$part.run.json"

tree() { # everything that git would see of the tree
  git rev-parse HEAD && git status --porcelain && git diff HEAD &&
    git ls-files --others --exclude-standard -z | xargs -0 -r sha256sum
}
fingerprint() { tree 2>/dev/null | sha256sum; }
write() {
  printf '{"part":"%s","commit":"%s","dirty":%s,"began":"%s"%s}\n' "$part" "$commit" "$dirty" "$began" "${1:-}" >".results/$part.run.json"
}

commit=$(git rev-parse HEAD 2>/dev/null || echo unknown)
dirty=false
[ -z "$(git status --porcelain 2>/dev/null)" ] || dirty=true
began=$(date -u +%Y-%m-%dT%H:%M:%SZ)
before=$(fingerprint)
write
"$@"
exit=$?
changed=false
[ "$before" = "$(fingerprint)" ] || changed=true
write ",\"ended\":\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\",\"changed\":$changed,\"exit\":$exit"
exit "$exit"
