#!/bin/bash
# Breaks the enforcement on purpose, one small patch of scripts/mutants at a time, in a
# copy of the last commit, and expects the tests to notice: a mutant that survives is a
# hole in the tests (assurance.md §1). Names as arguments run only these.
set -euo pipefail
cd "$(dirname "$0")/.."
mutants=$PWD/scripts/mutants
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git archive HEAD | tar xf - -C "$copy"
mkdir -p "$copy/web/dist" && touch "$copy/web/dist/index.html"
cd "$copy"
export PATCHWORK_FUZZ_HURRY=1

# witness: the tests that know nothing of how the enforcement is made; own: its own.
witness() {
	for test in TestNothingLeaks TestTwoWorlds 'TestClientsShareNothing|TestEndsWithinASecond'; do
		go test -count=1 -run "^($test)\$" . || return 1
	done
}
own() { go test -count=1 ./auth/policy ./resolvers && go test -count=1 -run '^(TestASearchShowsAndGoesByWhatMayBeSeen|TestALinkShowsWhatMayBeSeen|TestASearchLocatesNobodyRestricted|TestAllConcealedIsEmpty)$' .; }

if ! { witness && own; } > "$copy/log" 2>&1; then
	tail -30 "$copy/log"; echo "the tests fail although nothing is broken"; exit 1
fi
if [ $# -gt 0 ]; then patches=("${@/%/.patch}"); else mapfile -t patches < <(cd "$mutants" && ls ./*.patch); fi
killed=0 survived=() broken=()
for file in "${patches[@]}"; do
	name=$(basename "$file" .patch)
	if ! patch -s -p1 --no-backup-if-mismatch < "$mutants/$name.patch"; then
		broken+=("$name: does not apply"); git -C "$OLDPWD" archive HEAD | tar xf - -C "$copy"; continue
	fi
	if ! go vet . ./auth/policy ./resolvers > "$copy/log" 2>&1; then
		broken+=("$name: does not compile"); by="does not compile"
	elif ! witness > "$copy/log" 2>&1; then
		killed=$((killed + 1)); by="killed by $(grep -oE -m1 '^ *--- FAIL: Test[A-Za-z]*' "$copy/log" | sed 's/.*Test/Test/' || true)"
	elif ! own > "$copy/log" 2>&1; then
		killed=$((killed + 1)); by="killed by the enforcement's own tests"
	else
		survived+=("$name"); by=SURVIVED
	fi
	printf '%-40s %s\n' "$name" "$by"
	patch -s -R -p1 --no-backup-if-mismatch < "$mutants/$name.patch"
done
echo "${#patches[@]} mutants: $killed killed, ${#survived[@]} survived, ${#broken[@]} broken"
[ ${#broken[@]} -eq 0 ] || printf 'broken: %s\n' "${broken[@]}"
[ ${#survived[@]} -eq 0 ] || printf 'survived: %s\n' "${survived[@]}"
[ $((${#survived[@]} + ${#broken[@]})) -eq 0 ]
