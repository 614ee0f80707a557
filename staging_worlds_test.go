package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/fuzz/operations"
	"github.com/patchworkcare/patchwork/fuzz/policies"
	"github.com/patchworkcare/patchwork/fuzz/world"
	"github.com/patchworkcare/patchwork/record"
)

func stageMaker() context.Context {
	return auth.WithSession(context.Background(), &auth.Session{Issuer: "fuzz", Subject: "engineer", Name: "Engineer", Role: auth.RoleAdministrator})
}

// TestTwoWorldsOfAShadow: two worlds that differ only in what a source holds that is not shown
// to the caller's organisation answer byte for byte alike, whatever is asked (hazards H-02,
// H-04): records, searches, lists, lines of time; whether the source is in shadow or in
// clinical safety testing, for all sections or for some.
func TestTwoWorldsOfAShadow(t *testing.T) {
	exhausts(t)
	t.Parallel()
	pairs := fromEnv(t, "PATCHWORK_FUZZ_PAIRS", 120)
	for seed := range uint64(2) {
		t.Run(fmt.Sprintf("world %d", 700+seed), func(t *testing.T) {
			t.Parallel()
			r := openFuzz(t, world.Options{Seed: 700 + seed, People: 3})
			for number := range pairs / 2 {
				if r.shadowPair(t, number); t.Failed() {
					return
				}
			}
		})
	}
}

func (r *fuzzRegion) shadowPair(t *testing.T, number int) {
	t.Helper()
	rng := rand.New(rand.NewPCG(r.world.Seed, uint64(number)+1<<21))
	c := r.caller(rng, number)
	if err := r.stand(rng, c); err != nil {
		t.Fatal(err)
	}
	defer r.leave(t, c)
	d := policies.Everything()
	if rng.IntN(2) == 0 {
		d = policies.Random(rng, r.vocabulary(c))
	}
	if err := r.use(d); err != nil {
		t.Fatal(err)
	}
	hidden, back := r.hideSome(t, rng, c)
	defer back()
	twin := r.world.Twin(uint64(number), func(o world.Owner) world.Sight {
		if hidden(o.Source, o.Section) {
			return world.Unseen
		}
		return world.Seen
	})
	inA, inB := r.over(t, r.world), r.over(t, twin)
	for range 4 {
		f := r.facts(rng)
		for _, p := range twin.People { // also ask by what only the twin holds
			for _, rec := range p.Records {
				f.Searches = append(f.Searches, operations.Search{Family: rec.Person().Name.Family, BirthDate: string(p.BirthDate)})
				said(&f, rec)
			}
		}
		f.Without = untimed
		if rng.IntN(4) == 0 && c.session.Role != auth.RolePatient { // they have no lists
			f.Lists = []string{r.listOf(t, c)}
		}
		f.Roots = []string{"patient", "patientByNHSNumber", "patientsByNHSNumber", "searchPatients"}
		o := operations.Query(r.schema, rng, f)
		if a, b := answerOf(t, inA, c, o), answerOf(t, inB, c, o); !bytes.Equal(a, b) {
			t.Errorf("world %d, pair %d: what is in shadow is told\nat %s\noperation: %s", r.world.Seed, number, difference(a, b), o.Text)
			return
		}
	}
}

// hideSome puts one source out of the caller's sight, wholly or in some sections, and tells
// what is hidden.
func (r *fuzzRegion) hideSome(t *testing.T, rng *rand.Rand, c *fuzzCaller) (hidden func(string, record.Section) bool, back func()) {
	t.Helper()
	source := r.world.Sources[rng.IntN(len(r.world.Sources))].ID
	organisation, sections := "", []string{""}
	if rng.IntN(2) == 0 {
		organisation = c.naive.Organisation
	}
	if rng.IntN(3) == 0 {
		sections = nil
		for _, h := range record.Headings() {
			if len(sections) == 0 || rng.IntN(2) == 0 {
				sections = append(sections, h.Name)
			}
		}
	}
	stage := []record.Stage{record.Shadow, record.ClinicalSafety}[rng.IntN(2)]
	set := func(stage record.Stage) {
		for _, section := range sections {
			rule := record.StageRule{Source: source, Section: section, Organisation: organisation, Stage: stage}
			if err := r.server.stages.Set(stageMaker(), rule, "It is new here"); err != nil {
				t.Fatal(err)
			}
		}
	}
	set(stage)
	return func(of string, section record.Section) bool {
		return of == source && (slices.Contains(sections, "") || slices.Contains(sections, section.Name()))
	}, func() { set("") }
}

// TestAShadowIsNobody: servers that begin with a source in shadow answer alike, whether it
// knows everybody, nobody, or contradicts all others; whom only it knows is not there, and the
// numbers of how it answered tell them apart (hazards H-01, H-02).
func TestAShadowIsNobody(t *testing.T) {
	t.Parallel()
	all := world.New(world.Options{Seed: 41, People: 5})
	shadow := all.Sources[0].ID
	only := slices.IndexFunc(all.People, func(p *world.Person) bool { return len(p.In(shadow)) > 0 })
	if only < 0 {
		t.Fatal("the world shows nothing")
	}
	all.People[0], all.People[only] = all.People[only], all.People[0]
	all.People[0] = without(all.People[0], func(r *world.Record) bool { return r.Source != shadow })
	nobody, otherwise := *all, *all
	nobody.People, otherwise.People = nil, nil
	known := 0
	for _, p := range all.People {
		known += len(p.In(shadow))
		nobody.People = append(nobody.People, without(p, func(r *world.Record) bool { return r.Source == shadow }))
		otherwise.People = append(otherwise.People, bornOtherwise(p, shadow))
	}
	if known < 2 {
		t.Fatal("the world shows nothing")
	}
	var first [][]byte
	for n, w := range []*world.World{all, &nobody, &otherwise} {
		s := serveWorld(t, w, shadow)
		for i, answer := range askWorld(t, s, all) {
			switch {
			case n == 0:
				first = append(first, answer)
			case !bytes.Equal(first[i], answer):
				t.Errorf("world %d, question %d: what is in shadow is told\nat %s", n, i, difference(first[i], answer))
			}
			if bytes.Contains(answer, []byte(`"patientByNHSNumber":{`)) == (i == 0) {
				t.Errorf("world %d, question %d: whom only the shadow knows is there, or somebody else is not: %.300s", n, i, answer)
			}
		}
		s.trials.Close()
		scores, err := s.stages.Scores(t.Context())
		if err != nil || len(scores) == 0 {
			t.Fatalf("world %d: it was not tried: %v", n, err)
		}
		for _, c := range scores {
			if c.Source != shadow || (c.Status == record.NotRegistered) != (n != 0) && n == 1 {
				t.Errorf("world %d: %+v", n, c)
			}
		}
	}
}

// without is a person without some of their records.
func without(p *world.Person, drop func(*world.Record) bool) *world.Person {
	q := *p
	q.Records = slices.DeleteFunc(slices.Clone(p.Records), drop)
	return &q
}

// bornOtherwise is a person of whom one source states another birth date and name.
func bornOtherwise(p *world.Person, source string) *world.Person {
	q := *p
	q.Records = nil
	for _, r := range p.Records {
		if r.Source == source {
			other := *r
			other.Sections = map[record.Section]*world.Answer{}
			for section, a := range r.Sections {
				other.Sections[section] = a
			}
			person, ok := world.Copy(r.Person()).(*record.Person)
			if !ok {
				continue
			}
			person.BirthDate, person.Name.Family = "1901-01-01", "Otherwise"
			other.Sections[record.Demographics] = &world.Answer{Entries: []*world.Entry{{Value: person}}}
			r = &other
		}
		q.Records = append(q.Records, r)
	}
	return &q
}

// serveWorld is a server over a world with one source in shadow from the beginning.
func serveWorld(t *testing.T, w *world.World, shadow string) *server {
	t.Helper()
	dir := t.TempDir()
	text, err := policies.Everything().Write()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "policies.yaml"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	config := &Config{
		State: "sqlite:" + filepath.Join(dir, "patchwork.db"), zone: time.UTC, Policies: filepath.Join(dir, "policies.yaml"),
		Answers: AnswerConfig{Wait: time.Minute, MaxWait: time.Minute}, Search: SearchConfig{PerMinute: 1 << 30, SimilarPerMinute: 1 << 30, Nobody: 1 << 30},
	}
	for _, source := range w.Sources {
		stanza := SourceConfig{ID: source.ID, Type: "fhirr4", Name: source.ID, Organisation: OrganisationConfig{ODS: source.Organisation, Name: source.ID},
			Remember: new(time.Duration), connector: &made{w, source}}
		if source.ID == shadow {
			stanza.Stage = record.Shadow
		}
		config.Sources = append(config.Sources, stanza)
	}
	config.Audit.Key = filepath.Join(dir, "audit-key")
	config.Audit.Witness = filepath.Join(dir, "witness")
	config.SMART.SecretFile = filepath.Join(dir, "secret")
	s, err := open(context.WithoutCancel(t.Context()), config, slog.New(slog.DiscardHandler))
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

// askWorld opens everybody and searches for them, twice, so that what was learned shows.
func askWorld(t *testing.T, s *server, w *world.World) (answers [][]byte) {
	t.Helper()
	c := &fuzzCaller{session: &auth.Session{Issuer: "fuzz", Subject: "reader", Role: auth.RoleGP, Purpose: auth.PurposeTreatment,
		Organisation: record.Organisation{ODS: w.Sources[0].Organisation}}} // whose own system it is
	var fields strings.Builder
	for _, h := range record.Headings() {
		fmt.Fprintf(&fields, " %s { verdict total missing { status source { id } } outcomes { status code reason count source { id } } entries { provenance { localId source { id } } } }", h.Name)
	}
	query := `query($n: NHSNumber!, $f: String, $b: Date) {
		patientByNHSNumber(nhsNumber: $n) { birthDate access { relationships { kind evidence } } registrations { source { id } state links { localId } }
			conflicts { field } timeline(first: 20) { totalCount edges { node { provenance { localId } } } }` + fields.String() + ` }
		searchPatients(familyName: $f, birthDate: $b) { similar hits { nhsNumber birthDate name { family } sources { id } } outcomes { status code count source { id } } }
		sources { id sections } }`
	for _, p := range w.People {
		name := "Otherwise"
		if len(p.Records) > 0 {
			name = p.Records[0].Person().Name.Family
		}
		o := &operations.Operation{Text: query, Variables: map[string]any{"n": string(p.NHSNumber), "f": name, "b": string(p.BirthDate)}}
		answers = append(answers, answerOf(t, s.executor, c, o))
	}
	return answers
}
