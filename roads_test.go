package main

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/resolvers"
)

// The straight-line encoder and the executor, field by field, must give the same bytes
// for every role: policy holds on both roads alike.
func TestBothRoadsGiveTheSameBytes(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, func(c *Config) { remember(c, time.Hour) })
	fast, slow := r.executor(t, false), r.executor(t, true)
	operations := map[string]string{
		"full-record": operation(t, "full-record"),
		"aliases and fragments": `query($nhsNumber: NHSNumber!) { a: patientByNHSNumber(nhsNumber: $nhsNumber) { ...P allergies { total } }
			b: patientByNHSNumber(nhsNumber: $nhsNumber) { ...P x: allergies(first: 1) { verdict entries { __typename id code { label } } } } }
			fragment P on Patient { id allergies { verdict entries { ...E ... on Allergy { criticality reactions { severity manifestations { label codings { code } } } } } } }
			fragment E on Entry { id code { text } recorded author { name organisation { name } } }`,
		"skip and include": `query($nhsNumber: NHSNumber!, $yes: Boolean = true, $no: Boolean = false) { patientByNHSNumber(nhsNumber: $nhsNumber) {
			medications { entries { kind status @skip(if: $yes) dosage @include(if: $yes) note @include(if: $no) provenance { source { id } } } outcomes { status asserted { code { label } } } } } }`,
	}
	for _, scenario := range []string{"everything", "conflict", "hostile-text", "restricted", "nothing-recorded", "deceased"} {
		number := r.Scenario(scenario).NHSNumber
		r.record(t, auth.RoleGP, number)
		for name, query := range operations {
			for role := range r.tokens {
				f, s := runOperation(t, fast, role, query, number), runOperation(t, slow, role, query, number)
				if !bytes.Equal(f, s) {
					t.Errorf("%s, %s, %s: the roads differ at %s", scenario, name, role, difference(f, s))
				}
				if !json.Valid(f) {
					t.Errorf("%s, %s, %s: not JSON", scenario, name, role)
				}
			}
		}
	}
}

// TestBothRoadsGiveTheSameSearch: as for sections, for everybody, by every field there is but
// when the systems answered.
func TestBothRoadsGiveTheSameSearch(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	fast, slow := r.executor(t, false), r.executor(t, true)
	const query = `query($n: NHSNumber, $f: String, $b: Date) { searchPatients(nhsNumber: $n, familyName: $f, birthDate: $b) {
		__typename hits { ...H x: postcode sources { __typename id name careSetting organisation { ods name } } } more similar
		outcomes { source { id } status code reason count asserted { code { label } } } } }
		fragment H on PatientHit { __typename id match number: nhsNumber birthDate gender postcode
			name { __typename text family given title use } }`
	hits := 0
	for _, scenario := range []string{"everything", "hostile-text", "restricted", "twin-a", "superseded", "deceased"} {
		p := r.Scenario(scenario)
		for name, asked := range map[string]map[string]any{
			"number": {"n": p.NHSNumber}, "nobody": {"f": "Zzyzx", "b": p.BirthDate},
			"name": {"f": p.FamilyName, "b": p.BirthDate}, "a slip": {"f": p.FamilyName + "e", "b": p.BirthDate},
		} {
			for role := range r.tokens {
				f, s := runWith(t, fast, role, query, asked), runWith(t, slow, role, query, asked)
				if hits += bytes.Count(f, []byte(`"PatientHit"`)); !bytes.Equal(f, s) {
					t.Errorf("%s, %s, %s: the roads differ at %s", scenario, name, role, difference(f, s))
				}
			}
		}
	}
	if hits == 0 {
		t.Error("nobody was found")
	}
}

func (r *region) executor(t *testing.T, fieldByField bool) *resolvers.Executor {
	t.Helper()
	now := time.Now()
	resolver := r.server.resolver()
	resolver.Now, resolver.Log, resolver.FieldByField = func() time.Time { return now }, slog.New(slog.DiscardHandler), fieldByField
	resolver.Wait, resolver.MaxWait = 5*time.Second, 5*time.Second
	x, err := resolvers.NewExecutor(resolver, resolvers.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func runOperation(t *testing.T, x *resolvers.Executor, role auth.Role, query, number string) []byte {
	t.Helper()
	return runWith(t, x, role, query, map[string]any{"nhsNumber": number})
}

func runWith(t *testing.T, x *resolvers.Executor, role auth.Role, query string, variables map[string]any) []byte {
	t.Helper()
	ctx := auth.WithSession(t.Context(), &auth.Session{Issuer: "test", Subject: "u", Role: role, Purpose: auth.PurposeTreatment, Organisation: record.Organisation{ODS: "YZ901"}})
	resp, err := x.Run(ctx, &graphql.RawParams{Query: query, Variables: variables})
	if err != nil {
		t.Fatal(err)
	}
	if resp.Data == nil {
		return []byte("null")
	}
	return resp.Data
}

// difference is where two answers part, with a little around it.
func difference(a, b []byte) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	around := func(x []byte) []byte { return x[max(0, i-80):min(len(x), i+40)] }
	return string(around(a)) + "\n  and " + string(around(b))
}
