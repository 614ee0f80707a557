package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/fuzz/naive"
	"github.com/patchworkcare/patchwork/fuzz/policies"
	"github.com/patchworkcare/patchwork/fuzz/world"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/resolvers"
)

// fuzzRegion is a whole server in this process over a made-up world: real database,
// ledger, index, policies and executor; only the systems are made up.
type fuzzRegion struct {
	config  *Config
	server  *server
	servers int
	// relations is a store beside the server's own, over the same tables.
	relations *relationship.Store
	world     *world.World
	ids       []string // Patchwork's ids of the world's people
	schema    *ast.Schema
	classes   policy.Schema
	zone      *time.Location
	log       *lockedBuffer
	ledger    int64 // the last event that was looked at
}

// openFuzz opens a server over a world; its first policies show everything.
func openFuzz(t testing.TB, o world.Options) *fuzzRegion {
	t.Helper()
	r := &fuzzRegion{world: world.New(o), schema: resolvers.Schema(), log: &lockedBuffer{}}
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	r.zone = zone
	if r.classes, err = resolvers.Coordinates(r.schema); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	first, err := policies.Everything().Write()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "policies.yaml"), first, 0o600); err != nil {
		t.Fatal(err)
	}
	config := &Config{
		State: "sqlite:" + filepath.Join(dir, "patchwork.db"), Introspection: true, zone: zone, Policies: filepath.Join(dir, "policies.yaml"),
		Answers: AnswerConfig{Wait: time.Minute, MaxWait: time.Minute},
		Search:  SearchConfig{PerMinute: 1 << 30, SimilarPerMinute: 1 << 30, Nobody: 1 << 30},
	}
	for _, s := range r.world.Sources {
		config.Sources = append(config.Sources, SourceConfig{
			ID: s.ID, Type: "fhirr4", Name: s.ID, Organisation: OrganisationConfig{ODS: s.Organisation, Name: s.ID},
			Remember: new(time.Duration), connector: &made{r.world, s},
		})
	}
	r.config = config
	r.server = r.another(t)
	r.relations = relationship.New(r.server.db.Write, r.server.db.Read, r.server.ledger, time.Now)
	r.learn(t)
	return r
}

// another opens a server over the same state and systems: the first, or a second one
// beside it.
func (r *fuzzRegion) another(t testing.TB) *server {
	t.Helper()
	config := *r.config
	r.servers++ // each server has a witness of its own
	config.Audit.Key = strings.TrimPrefix(config.State, "sqlite:") + ".audit-key"
	config.Audit.Witness = fmt.Sprintf("%s.witness-%d", config.Audit.Key, r.servers)
	s, err := open(context.WithoutCancel(t.Context()), &config, slog.New(slog.NewJSONHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// use makes the set decide from now on, in the running server.
func (r *fuzzRegion) use(d *naive.Document) error {
	text, err := d.Write()
	if err != nil {
		return err
	}
	set, err := policy.Load(text)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, text)
	}
	return r.swap(set)
}

// swap makes an edition of the set and gives it to the guard that every operation asks.
func (r *fuzzRegion) swap(set *policy.Set) error {
	e, err := policy.NewEdition(set, r.classes, func() time.Time { return time.Now().In(r.zone) })
	if err != nil {
		return err
	}
	r.server.policies.Guard.Use(e)
	return nil
}

// run runs an operation for a session, as every surface of the server does.
func (r *fuzzRegion) run(session *auth.Session, query string, variables map[string]any) (*graphql.Response, error) {
	return runOn(r.server.executor, session, query, variables)
}

func runOn(x *resolvers.Executor, session *auth.Session, query string, variables map[string]any) (*graphql.Response, error) {
	ctx := auth.WithSession(context.Background(), session)
	ctx = auth.WithCaller(ctx, auth.Caller{RequestID: "fuzz-request", Address: "127.0.0.1"})
	text, err := json.Marshal(variables)
	if err != nil {
		return nil, err
	}
	// What it cost is told too, and must tell no more than the answer does.
	p := &graphql.RawParams{Query: query, Headers: http.Header{resolvers.CostHeader: {"1"}}}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&p.Variables); err != nil {
		return nil, err
	}
	return x.Run(ctx, p)
}

// learn opens everybody with a set that shows everything: it finds Patchwork's own ids
// of people and entries, and that nothing which the world holds is lost on the way.
func (r *fuzzRegion) learn(t testing.TB) {
	t.Helper()
	if err := r.use(policies.Everything()); err != nil {
		t.Fatal(err)
	}
	session := &auth.Session{Issuer: "fuzz", Subject: "everything", Role: auth.RoleGP, Purpose: auth.PurposeTreatment}
	var fields strings.Builder
	for _, h := range record.Headings() {
		fmt.Fprintf(&fields, " %s { entries { id provenance { localId source { id } } } }", h.Name)
	}
	entries := 0
	for i, p := range r.world.People {
		resp, err := r.run(session, `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { id`+fields.String()+` } }`,
			map[string]any{"n": string(p.NHSNumber)})
		if err != nil {
			t.Fatal(err)
		}
		var o object
		if err := json.Unmarshal(resp.Data, &o); err != nil || o.text("patientByNHSNumber.id") == "" {
			t.Fatalf("world %d, person %d cannot be opened: %v %v", r.world.Seed, i, resp.Errors, err)
		}
		r.ids = append(r.ids, o.text("patientByNHSNumber.id"))
		for _, rec := range p.Records {
			for section, a := range rec.Sections {
				for _, e := range a.Entries {
					if a.Fails {
						continue
					}
					id := entryIDOf(o.list("patientByNHSNumber."+section.Name()+".entries"), rec.Source, e.Key())
					if id == "" {
						t.Fatalf("world %d: an entry of person %d in %s %s is not shown although everything is allowed", r.world.Seed, i, rec.Source, section.Name())
					}
					r.world.Learn(id, world.Owner{Person: i, Source: rec.Source, Section: section, Entry: e})
					entries++
				}
			}
		}
	}
	if entries == 0 {
		t.Fatal("the world is empty")
	}
	r.watch() // what came before is not judged
}

func entryIDOf(entries []object, source, localID string) string {
	for _, e := range entries {
		if e.text("provenance.localId") == localID && e.text("provenance.source.id") == source {
			return e.text("id")
		}
	}
	return ""
}
