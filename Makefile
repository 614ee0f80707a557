# Patchwork. `make` lists the targets. `make run` and `make test` work on a bare Debian
# machine with Go, Node and apt: what they need is installed by scripts/install.sh.

SHELL := /bin/bash
.DEFAULT_GOAL := help
export CGO_ENABLED ?= 0
export GOFLAGS ?= -buildvcs=false

STATICCHECK   := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOLANGCI_LINT := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
GOSEC         := github.com/securego/gosec/v2/cmd/gosec@v2.29.0
GOVULNCHECK   := golang.org/x/vuln/cmd/govulncheck@v1.8.0
GITLEAKS      := github.com/zricethezav/gitleaks/v8@v8.30.0
CYCLONEDX     := github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.9.0
# Prints what `go test` prints, and keeps how each test ended for the safety case.
GOTESTSUM     := gotest.tools/gotestsum@v1.13.0 --format standard-quiet --hide-summary=skipped

# SQLite in Go and the password hashes are others' finished work and most of the cost of the
# race detector: without them inside it the tests take a third of the time. No package that
# shares an instance of a generic type with ours (sync.Map's, through golang.org/x/text) may be
# left out: the linker keeps one instance, and without its atomics every reader seems to race.
RACE := -race -gcflags='modernc.org/...=-race=false' -gcflags='golang.org/x/crypto/...=-race=false'

# Where the demo of `make run` is served.
LISTEN ?= 127.0.0.1:8080

.PHONY: providers $(shell sed -nE 's/^([a-z0-9-]+):.*## .*/\1/p' $(lastword $(MAKEFILE_LIST)))

help: ## List the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | awk -F'\t' '{printf "  %-18s %s\n", $$1, $$2}'

run: build providers ## Start the synthetic region and the viewer; prints address and logins
	bin/patchwork demo --listen $(LISTEN) --ready-file bin/ready.json --identity-providers demo/idp/oidc --smart-app demo/smartapp

# The organisations of the demo sign in by real identity providers. What cannot be
# installed here is not offered, and the demo says so.
providers: demo/idp/oidc/node_modules/.installed demo/smartapp/node_modules/.installed
	@scripts/install.sh sign-in || echo "note: not every identity provider can be installed here"

demo/idp/oidc/node_modules/.installed: demo/idp/oidc/package-lock.json
	cd demo/idp/oidc && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

demo/smartapp/node_modules/.installed: demo/smartapp/package-lock.json
	cd demo/smartapp && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

bin/patchwork:
	@$(MAKE) --no-print-directory build

build: web ## Build bin/patchwork, one static binary with the viewer inside
	scripts/build-program.sh bin/patchwork

web: web/node_modules/.installed ## Build the viewer
	cd web && npm run --silent build

web/node_modules/.installed: web/package-lock.json
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

generate: web/node_modules/.installed ## Generate the graph's Go and the viewer's types
	go tool gqlgen generate
	cd web && npm run --silent codegen
	@$(MAKE) --no-print-directory schema

schema: web/node_modules/.installed ## Publish the schema, with its descriptions, as docs/api/schema.graphql
	cd web && npm run --silent schema

check: lint verify-generated test ## Everything that CI runs

lint: web/node_modules/.installed ## gofmt, vet, staticcheck, golangci-lint, eslint, types
	@test -z "$$(gofmt -l $$(git ls-files '*.go' | grep -v generated.go) | tee /dev/stderr)" || { echo "gofmt would change the files above"; exit 1; }
	go run $(STATICCHECK) ./...
	go run $(GOLANGCI_LINT) run # vet is one of its linters
	cd web && npm run --silent lint && npm run --silent typecheck

verify-generated: ## Generated code is what the generators make
	@scripts/verify-generated.sh

test: build demo/idp/oidc/node_modules/.installed demo/smartapp/node_modules/.installed ## Everything: Go with race on SQLite and PostgreSQL, web units, a real browser, axe
	@scripts/install.sh
	@PATCHWORK_TEST_REAL=1 scripts/with-databases.sh $(MAKE) --no-print-directory test-go
	@$(MAKE) --no-print-directory test-web test-e2e

test-go: ## Go tests with race, and what goes through every combination without (databases by PATCHWORK_TEST_POSTGRES and _MARIADB)
	PATCHWORK_FUZZ_TRIPLES=300 PATCHWORK_FUZZ_PAIRS=60 CGO_ENABLED=1 scripts/recorded.sh go go run $(GOTESTSUM) --jsonfile-timing-events .results/go.1.json -- $(RACE) -timeout 30m ./...
	scripts/recorded.sh go-exhaustive go run $(GOTESTSUM) --jsonfile-timing-events .results/go-exhaustive.1.json -- -count=1 -timeout 20m -run '^(TestReplicas|TestTheDemoHasNoDefectsOfItsOwn|TestScopesFilterAlike|TestSourceCheckTellsOfNobody|TestTwoWorldsOfAShadow|TestNothingLeaks|TestTwoWorlds|TestNothingReadsAsNone|TestSummaryNeverReadsAsNone|TestRegisterNeverReadsAsNone|TestOpenEHRNeverReadsAsNone|TestHomeCareNeverReadsAsNone|TestFaultsNeverShortenARoster|TestFaultMatrix|TestLinkageGold|TestHostileCost|TestTheMemoryOfAViewIsFlat|TestAViewShowsWhatOpeningShows|TestAViewForAnotherPurposeNamesNobody|TestHostileClaimsEndSoon|TestPageIsCheap)$$' . ./auth/claims ./auth/policy

test-web: web/node_modules/.installed ## The viewer's unit tests
	@scripts/recorded.sh web sh -c 'cd web && npm run --silent test -- --reporter=default --reporter=json --outputFile.json=../.results/web.1.json'

test-e2e: ## A real headless Chromium walks the demo
	@scripts/recorded.sh e2e scripts/e2e.sh

safety-case: bin/patchwork ## The clinical safety case of the last `make check`, in dist/safety; fails where a control is not shown (DIRTY=1 for a tree that differs from its commit)
	@go run ./safety case $(if $(DIRTY),--dirty)
	@CYCLONEDX=$(CYCLONEDX) scripts/sbom.sh dist/safety

supply: web/node_modules/.installed ## What it is built of: reasons, licences, weaknesses, known vulnerabilities, secrets in the history
	@go run ./supply $(GOSEC) $(GOVULNCHECK) $(GITLEAKS)

safety-page: ## Write docs/safety.md from docs/safety/hazards.yaml
	@go run ./safety page

site: docs/site/node_modules/.installed ## Build the documents as a site, in dist/site; any web server shows it, without a network
	cd docs/site && npm run --silent build

docs/site/node_modules/.installed: docs/site/package-lock.json
	cd docs/site && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

docs-run: build ## Do what every page of docs/ says, by copy and paste, the slow blocks too
	@set -o pipefail; PATCHWORK_DOCS=all go test -count=1 -timeout 90m -v -run '^TestPages$$' ./docs/snippets | grep -vE '^ *(=== |--- PASS)'

screenshots: build ## Pictures of every page in every state and at every width, with a contact sheet, in web/shots
	cd web && npx vitest run --config vitest.shots.config.ts

speed: build ## Time the viewer: systems at 50 ms, a quarter of the processor (PATCHWORK_ROUNDS=30)
	cd web && node scripts/speed.mjs

kill: ## Kill the server under load, N times on each database (make kill N=20)
	@PATCHWORK_KILL_CYCLES=$(or $(N),20) scripts/with-databases.sh \
	  go test -count=1 -timeout 60m -v -run 'TestNothingAcknowledgedIsLostWhen(TheServerIs)?Killed$$' . ./lists

replicas: ## Three servers on one PostgreSQL at N page views a second: one killed, all started anew, the database killed (make replicas N=100)
	@set -o pipefail; PATCHWORK_REPLICAS=$(or $(N),100) scripts/with-databases.sh \
	  go test -count=1 -timeout 20m -v -run '^TestReplicas' . | grep -vE '^ *(=== |--- PASS)' | sed -E 's/^ +[a-z_]+_test.go:[0-9]+: //'

faults: ## Every fault of every system × section × surface, and every bound of it, under load: the report of docs/assurance/faults.md
	@set -o pipefail; PATCHWORK_FAULTS=report go test -count=1 -timeout 60m -v -run '^TestFaultMatrix$$' . | grep -vE '^ *(=== |--- PASS)|the server says'

soak: ## The region under load for N minutes while systems fail and heal by chance: nothing grows (make soak N=10)
	@set -o pipefail; PATCHWORK_SOAK_MINUTES=$(or $(N),10) go test -count=1 -timeout 0 -v -run '^TestSoak$$' . | grep -vE '^ *(=== |--- PASS)|the server says'

bench: build ## Measure against the bare floor and other GraphQL servers (installs them), some forty minutes; keeps the result in bench/results
	go run ./bench

bench-policy: build ## Measure what durable audit and many policies cost; keeps the result in bench/results
	go run ./bench -costs

linkage: ## Measure linking: published sets of people, and a hostile region of N people (make linkage N=50000)
	@set -o pipefail; { go test -count=1 -v -run '^TestLinkageGold$$' . && go test -run '^$$' -bench Judge ./patient/match && \
	  PATCHWORK_LINKAGE_PEOPLE=$(or $(N),50000) go test -count=1 -timeout 30m -v -parallel 1 ./bench/linkage; } | grep -vE '^(===|goos|goarch|pkg|cpu)' | sed -E 's/^ +[a-z_]+_test.go:[0-9]+: //'

policy-fuzz: ## Judge N random policies, callers and questions by the naive reading (make policy-fuzz N=100000 SEED=1)
	@set -o pipefail; PATCHWORK_FUZZ_TRIPLES=$(or $(N),100000) PATCHWORK_FUZZ_SEED=$(or $(SEED),1) \
	  go test -count=1 -timeout 0 -v -run '^TestNothingLeaks$$' . | grep -vE '^=== |--- PASS: .*/world'

hostile: ## What each hostile body costs in processor time, before and after the sign-in (make hostile N=20 rounds)
	@set -o pipefail; PATCHWORK_HOSTILE_ROUNDS=$(or $(N),20) go test -count=1 -timeout 20m -v -run '^TestHostile' . | grep -vE '^=== '

fuzz: ## Run every fuzz target, one after another, for N each (make fuzz N=30s)
	@scripts/fuzz.sh $(or $(N),30s)

mutants: ## Break the enforcement on purpose; every mutant must be noticed (make mutants NAMES="pin-ignored")
	@scripts/mutants.sh $(NAMES)

hl7: ## How many HL7 v2 messages a second are acknowledged durably, for N seconds a line, after 20 kills that lose none (make hl7 N=10)
	@PATCHWORK_KILLS=20 PATCHWORK_HL7=$(or $(N),5) go test -count=1 -timeout 20m -v -run '^(TestKill|TestThroughput)$$' ./sources/hl7v2 | grep -vE '^(=== |--- |PASS)'

interop: ## Extra witnesses from Maven Central and npm (HAPI FHIR, Keycloak, simple-hl7, DuckDB); says what was skipped
	@scripts/interop.sh

samples: ## Read what others published (../shared/data): what each connector understood of it, and what it did not
	@set -o pipefail; go test -count=1 -v -run '^TestSamples' ./sources/... ./documents \
	  | grep -E 'samples [a-z]|^ +(not )?understood|^        +[a-z0-9-]+[a-z0-9/-]*: |^(--- FAIL|FAIL|panic)|_test.go:[0-9]+: [^s]' | sed -E 's/^ +[a-z_]+_test.go:[0-9]+: //; s/^     +/    /'

dist: ## What is released, in dist: built twice in two places and compared, with SBOMs and SHA256SUMS (PLATFORMS="linux/amd64 linux/arm64")
	@scripts/dist.sh

deploy-check: ## The chart, the Dockerfile, the unit: rendered, read strictly, their commands run in clean copies
	@scripts/deploy-check.sh

clean: ## Remove what was built
	rm -rf bin dist .results docs/site/node_modules docs/site/pages web/node_modules web/dist/assets web/dist/*.html .cache
