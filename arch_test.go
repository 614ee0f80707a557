package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/patchworkcare/patchwork"

// floors is the house: what each room may import of ours. An import may only point
// down (docs/architecture.md). A folder below a room belongs to the room unless it is
// named itself. Tests may import anything.
var floors = map[string][]string{
	"record":  {},
	"web":     {},
	"demo":    {"demo"}, // and nothing else of ours, so that its systems cannot share our bugs
	"patient": {"record", "patient/match"},
	// Pure: how likely two records are of one person.
	"patient/match": {"record"},
	// Pure: what is left of a hostile document when nothing of it can run.
	"documents": {"record"},
	"audit":     {"record"},
	// The queue follows the ledger; nothing on the way of care waits for it.
	"audit/review": {"audit", "record"},
	"sources":      {"record"},
	"migrations":   {"record"},
	// The whole database of a moment, whatever its tables mean.
	"backup": {"audit", "migrations"},
	// What STU3 and R5 call otherwise than R4; the clinical mapping is fhirr4's for all.
	"sources/fhirversion": {"sources/jsonscan"},
	// The conformance of the versions' connectors, for their tests.
	"sources/fhirversion/versiontest": {"record", "sources", "sources/fhirversion", "sources/sourcetest"},
	"sources/fhirstu3":                {"sources", "sources/fhirr4", "sources/fhirversion"},
	"sources/fhirr5":                  {"sources", "sources/fhirr4", "sources/fhirversion"},
	"sources/gpconnect":               {"record", "sources", "sources/fhirr4", "sources/fhirversion", "sources/httpfault"},
	// The reader of JSON bytes and the mapping of columns serve several connectors.
	"sources/jsonscan": {},
	// What went wrong with a call over HTTP is said once for all connectors.
	"sources/httpfault":  {"sources"},
	"sources/fhirscan":   {"record", "sources/jsonscan"},
	"sources/columns":    {"record", "sources"},
	"sources/sourcetest": {"record", "sources"},
	"sources/fhirr4":     {"record", "sources", "sources/fhirversion", "sources/httpfault", "sources/jsonscan"},
	"sources/sqlview":    {"record", "sources", "sources/columns"},
	"sources/csvfile":    {"record", "sources", "sources/columns"},
	"sources/hl7v2":      {"record", "sources", "sources/columns"},
	"sources/pds":        {"record", "sources", "sources/fhirscan", "sources/httpfault"},
	// The connectors of documents share a bounded reader of XML, their transport and the
	// reading of CDA.
	"sources/xmltree":   {},
	"sources/dochttp":   {"sources", "sources/httpfault"},
	"sources/cda":       {"record", "sources", "sources/xmltree"},
	"sources/xds":       {"record", "sources", "sources/cda", "sources/dochttp", "sources/httpfault", "sources/xmltree"},
	"sources/docfolder": {"record", "sources", "sources/cda", "sources/dochttp", "sources/httpfault", "sources/xmltree"},
	"sources/docref":    {"record", "sources", "sources/dochttp", "sources/fhirscan", "sources/httpfault"},
	"sources/mhd":       {"record", "sources", "sources/cda", "sources/dochttp", "sources/docref", "sources/httpfault"},
	"sources/nrl":       {"record", "sources", "sources/dochttp", "sources/docref", "sources/httpfault"},
	// The calls of a JSON API, which the connectors of any such API share.
	"sources/jsonapi": {"sources", "sources/httpfault", "sources/jsonscan"},
	"sources/openehr": {"record", "sources", "sources/columns", "sources/httpfault", "sources/jsonapi"},
	"sources/rest":    {"record", "sources", "sources/columns", "sources/httpfault", "sources/jsonapi"},
	"sources/check":   {"record", "sources"}, // pure judging of entries, and the probing of one source
	"auth":            {"audit", "record"},
	"auth/lockout":    {"auth"},
	"auth/local":      {"auth", "auth/lockout", "audit", "record"},
	"auth/claims":     {"auth", "record"},
	"auth/oidc":       {"auth", "record"},
	"auth/saml":       {"auth", "record"},
	"auth/ldap":       {"auth", "record"},
	// An EPR's launch asks and judges tokens as auth/oidc does.
	"auth/smartlogin": {"auth", "auth/claims", "auth/oidc", "audit", "record"},
	"auth/accounts":   {"auth", "audit", "record"},
	// The way in: it joins the login connectors, the mapping and the accounts.
	"auth/signin":       {"auth", "auth/accounts", "auth/claims", "auth/lockout", "audit", "record"},
	"auth/relationship": {"auth", "audit", "record"},
	// The grammar of SMART's scopes: who grants them and who lets them narrow read it alike.
	"auth/scope":  {},
	"auth/policy": {"auth", "auth/relationship", "auth/scope", "patient", "audit", "record"},
	"smart":       {"auth", "auth/scope", "patient", "audit", "record"},
	// FHIRcast's hub speaks for launches, and asks smart about everything that is one.
	"smart/cast": {"auth", "auth/scope", "audit", "record", "smart"},
	// Which sources are switched off: it audits as the other switches do.
	"switches": {"auth", "auth/accounts", "audit", "record", "sources"},
	// In which stage of its life each source is: it audits as the switches do, and tries sources out.
	"stages": {"auth", "auth/accounts", "audit", "patient", "record", "sources"},
	// How many requests are worked on at once; it knows nobody.
	"overload": {},
	// How much the record is used, in numbers: it is told what the ledger has.
	"usage": {"audit", "auth"},
	// Traces and the metrics of requests: it knows nobody, and what other rooms measure they tell
	// by what they declare themselves (resolvers.Watch, audit.Watch).
	"telemetry": {},
	"lists":     {"auth", "patient", "audit", "record"},
	"viewer":    {"auth", "record"},
	// Custom views: they read through the executor only.
	"views":             {"audit", "auth", "auth/accounts", "record", "views/sqlonfhir", "views/tabular"},
	"graph":             {"graph", "record", "patient", "lists", "audit", "audit/review", "auth", "auth/accounts", "auth/policy", "auth/relationship", "auth/signin"},
	"resolvers":         {"graph", "auth", "auth/accounts", "auth/signin", "auth/policy", "auth/relationship", "auth/scope", "patient", "patient/match", "lists", "audit", "audit/review", "smart", "sources", "sources/check", "switches", "stages", "documents", "viewer", "views", "usage", "record"},
	"fhir":              {"auth", "auth/policy", "auth/scope", "record"},
	"migrations/dbtest": {"migrations"},
	"bench":             {"bench"},
	// Pure: the rows that a ViewDefinition makes of a resource.
	"views/sqlonfhir": {},
	// Pure: rows as files, whatever they tell of.
	"views/tabular": {},
	// Pure, but for one file of opt-outs: what leaves for planning and research tells of nobody.
	"views/disclosure": {},
	// The witnesses against the enforcement: used by tests only, and far from what they
	// judge (assurance.md §1).
	"fuzz/naive":      {},
	"fuzz/world":      {"record"},
	"fuzz/operations": {},
	"fuzz/bodies":     {},
	"fuzz/policies":   {"fuzz/naive"},
	// Tools of the build: they read the repository, and know nothing of the server.
	"safety": {},
	"supply": {},
}

// libraries says in which rooms a library may be used: replacing it touches one folder.
var libraries = map[string][]string{
	"github.com/99designs/gqlgen":         {"graph", "resolvers"},
	"github.com/graph-gophers/dataloader": {"resolvers"},
	"github.com/ory/ladon":                {"auth/policy"},
	"github.com/uptrace/bun":              {"migrations", "audit", "audit/review", "auth", "auth/local", "auth/policy", "auth/relationship", "auth/lockout", "auth/accounts", "auth/signin", "auth/smartlogin", "patient", "smart", "smart/cast", "lists", "viewer", "views", "switches", "stages", "usage"},
	"github.com/vektah/gqlparser":         {"graph", "resolvers", "fuzz/operations", "bench"}, // bench: a peer of ours
	"github.com/failsafe-go":              {"sources"},
	"github.com/parquet-go/parquet-go":    {"views/tabular"},
	"github.com/jackc/pgx":                {"migrations/dbtest", "migrations", "audit", "auth", "auth/local", "patient", "sources/sqlview"},
	"github.com/go-sql-driver/mysql":      {"sources/sqlview"},
	"github.com/xuri/excelize":            {"sources/csvfile"},
	"github.com/hbollon/go-edlib":         {"patient/match"},
	"github.com/microsoft/go-mssqldb":     {"sources/sqlview"},
	"github.com/sijms/go-ora":             {"sources/sqlview"},
	"github.com/itchyny/gojq":             {"sources/rest"},
	"go.yaml.in/yaml":                     {"", "safety", "supply", "auth/policy", "sources/columns", "sources/sqlview", "sources/csvfile", "sources/rest", "fuzz/naive"},
	"github.com/alecthomas/kong":          {""},
	"github.com/prometheus/client_golang": {"", "sources", "telemetry"},
	"go.opentelemetry.io":                 {"telemetry"},
	"golang.org/x/crypto/argon2":          {"auth/local"},
	"github.com/go-jose/go-jose":          {"sources/fhirr4", "auth/oidc", "smart"},
	"github.com/ory/fosite":               {"smart"},
	"github.com/coder/websocket":          {"smart/cast"},
	"github.com/coreos/go-oidc":           {"auth/oidc"},
	"golang.org/x/oauth2":                 {"auth/oidc"},
	"github.com/crewjam/saml":             {"auth/saml"},
	"github.com/russellhaering/goxmldsig": {"auth/saml"},
	"github.com/beevik/etree":             {"auth/saml"},
	"github.com/go-ldap/ldap":             {"auth/ldap"},
	"cel.dev/cel-go":                      {"auth/claims"},
	"github.com/microcosm-cc/bluemonday":  {"documents"},
	"golang.org/x/net/html":               {"documents"},
	"github.com/pquerna/otp":              {"auth/local"},
	"github.com/go-json-experiment/json":  {},
	"github.com/yuin/goldmark":            {"safety"},
	"github.com/google/licensecheck":      {"supply"},
}

func TestFloors(t *testing.T) {
	t.Parallel()
	for file, imports := range goImports(t) {
		room := roomOf(filepath.ToSlash(filepath.Dir(file)))
		for _, path := range imports {
			if ours, ok := strings.CutPrefix(path, module+"/"); ok && room != "" {
				target := roomOf(ours)
				if target != room && !slices.Contains(floors[room], target) {
					t.Errorf("%s: %s may not import %s: an import may only point down", file, room, target)
				}
			}
			for library, rooms := range libraries {
				if strings.HasPrefix(path, library) && !slices.Contains(rooms, room) {
					t.Errorf("%s: %s belongs to %v, not to %q", file, library, rooms, room)
				}
			}
		}
	}
}

// TestRecordAndDemoAreStandard: the vocabulary, the viewer's embed and the demo need
// nothing but the standard library.
func TestRecordAndDemoAreStandard(t *testing.T) {
	t.Parallel()
	for file, imports := range goImports(t) {
		switch room := roomOf(filepath.ToSlash(filepath.Dir(file))); room {
		case "record", "web", "demo", "sources/jsonscan", "views/sqlonfhir", "views/disclosure":
			for _, path := range imports {
				if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") && !strings.HasPrefix(path, module+"/"+room) {
					t.Errorf("%s: %s uses the standard library only, not %s", file, room, path)
				}
			}
		}
	}
}

// TestNoInitAndNoUtil: no hidden registration, no drawer for odds and ends.
func TestNoInitAndNoUtil(t *testing.T) {
	t.Parallel()
	forbidden := []string{"util", "utils", "common", "helpers", "types", "models"}
	for file := range goImports(t) {
		if name := filepath.Base(filepath.Dir(file)); slices.Contains(forbidden, name) {
			t.Errorf("%s: a package is named for what it owns, not %s", file, name)
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range parsed.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s has an init function; wire it in main", file)
			}
		}
	}
}

// roomOf is the longest named room that a folder belongs to; "" is package main.
func roomOf(dir string) string {
	for dir != "." && dir != "" {
		if _, ok := floors[dir]; ok {
			return dir
		}
		dir = filepath.ToSlash(filepath.Dir(dir))
	}
	return ""
}

// goImports lists the imports of every Go file that is no test.
func goImports(t *testing.T) map[string][]string {
	t.Helper()
	files := map[string][]string{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || path != "." && strings.HasPrefix(d.Name(), ".")) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		files[path] = []string{}
		for _, i := range parsed.Imports {
			files[path] = append(files[path], strings.Trim(i.Path.Value, `"`))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
