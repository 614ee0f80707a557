package resolvers

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the region's clock, wherever the tests run

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"

	"pgregory.net/rapid"
)

func (q *request) nothing() policy.Grant { return policy.Grant{} }

func keyOf(name string) sources.Key {
	s, _ := record.SectionNamed(name)
	return sources.Key{Section: s, LocalID: "1"}
}

// Cursors survive their own encoding, and order as the line does.
func TestCursors(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := place{rapid.Int64().Draw(t, "at"), rapid.StringMatching(`[A-Za-z0-9_.-]{1,24}`).Draw(t, "id")}
		if got, ok := readCursor(p.cursor()); !ok || got != p {
			t.Fatalf("%v became %v", p, got)
		}
	})
	for _, bad := range []string{"", "x", "!!", "YQ", "Li4"} {
		if p, ok := readCursor(bad); ok {
			t.Errorf("%q is taken for a cursor: %v", bad, p)
		}
	}
}

func TestTimelineSections(t *testing.T) {
	t.Parallel()
	all := timelineSections(nil)
	if slices.Contains(all, record.Demographics) || !slices.Contains(all, record.Allergies) {
		t.Errorf("by default: %v", all)
	}
	if got := timelineSections([]string{"consents"}); !slices.Equal(got, []record.Section{record.Consents}) {
		t.Errorf("asked for consents: %v", got)
	}
}

// The ends of a stretch of time are whole days, months and years by the region's clock;
// what the source wrote as a day is that day everywhere (hazard H-14).
func TestBounds(t *testing.T) {
	t.Parallel()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	f := &lineFilter{zone: london}
	for _, c := range []struct {
		date, from, to record.Date
		in             bool
	}{
		{"2024-06-01", "2024-06-01", "2024-06-01", true},
		{"2024-06-01", "2024-06", "2024-06", true},
		{"2024-06-30", "2024", "2024-06", true},
		{"2024-12-31T23:59:59Z", "2024", "2024", true},
		{"2024-05-31T23:30:00Z", "2024-06-01", "2024-06-01", true}, // half past midnight in London
		{"2024-05-31T23:30:00Z", "2024-05-01", "2024-05-31", false},
		{"2024-06-01T00:30:00+01:00", "2024-06-01", "2024-06", true},
		{"2024-01-31T23:30:00Z", "2024-02", "2024-02", false},
		{"2024", "2024-02", "2024", false}, // stands at the beginning of its year
		{"2024", "2024-01", "2024-01", true},
		{"2024-02-29T12:00:00Z", "2024-02-29T12:00:00Z", "2024-02-29T12:00:00Z", true},
		{"2024-02-29T11:59:59Z", "2024-02-29T12:00:00Z", "2025", false},
		{"1899-12-31", "1900", "2000", false},
	} {
		b := &record.Base{Date: c.date}
		at, ok := b.Date.Time()
		d := f.dayAt(b, at)
		if in := !f.boundOf(&c.from).before(d, at) && !f.boundOf(&c.to).behind(d, at); !ok || in != c.in {
			t.Errorf("%s from %s to %s: %v, want %v", c.date, c.from, c.to, in, c.in)
		}
	}
}

// What was written down since a moment: a day that holds it counts, and so does a month.
func TestRecordedSince(t *testing.T) {
	t.Parallel()
	f := &lineFilter{zone: time.UTC}
	for _, c := range []struct {
		since, date, recorded record.Date
		seen, in              bool
	}{
		{"2026-11-20", "2010-01-01", "2026-11-20", true, true},
		{"2026-11-20", "2010-01-01", "2026-11-19T23:59:59Z", true, false},
		{"2026-11-20T15:00:00Z", "2010-01-01", "2026-11-20", true, true},
		{"2026-11-20T15:00:00Z", "2010-01-01", "2026-11-20T14:59:00Z", true, false},
		{"2026-11-20", "2010-01-01", "2026-11", true, true},
		{"2026-11-20", "2010-01-01", "2026-10", true, false},
		{"2026-11-20", "2026-11-21", "", true, true},             // not known: its own date
		{"2026-11-20", "2010-01-01", "2026-11-21", false, false}, // withheld: as if it were not there
	} {
		b := &record.Base{Date: c.date, Recorded: c.recorded}
		at, _ := b.Date.Time()
		e := &placed{place: place{at: at.Unix()}, day: f.dayAt(b, at)}
		f.since = f.boundOf(&c.since)
		if in := f.writtenSince(e, b, c.seen); in != c.in {
			t.Errorf("since %s, of %s recorded %q: %v, want %v", c.since, c.date, c.recorded, in, c.in)
		}
	}
}

// lineOf is a line over entries of which all but the hidden fields may be seen.
func lineOf(t *testing.T, a lineArguments, entries []record.Entry, hidden ...string) *line {
	t.Helper()
	schema, err := readAccess(Schema())
	if err != nil {
		t.Fatal(err)
	}
	r := &Resolver{Now: func() time.Time { return time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC) }}
	r.wordings.schema = schema
	if a.first == 0 {
		a.first = 100
	}
	filter, err := r.lineFilter(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	l := &line{lineFilter: filter}
	for i, e := range entries {
		b := e.Common()
		b.ID = fmt.Sprint(i)
		section, _ := record.SectionNamed(map[reflect.Type]string{
			reflect.TypeFor[*record.Problem](): "problems", reflect.TypeFor[*record.Appointment](): "appointments", reflect.TypeFor[*record.Result](): "results",
		}[reflect.TypeOf(e)])
		p := placed{place: place{id: b.ID}, section: section, entry: e, origin: !slices.Contains(hidden, "provenance")}
		if at, ok := b.Date.Time(); ok {
			p.at, p.day = at.Unix(), l.dayAt(b, at)
		}
		l.judge(&p, func(field string) bool { return !slices.Contains(hidden, field) })
		if p.missed.oneAtMost() {
			l.candidates = append(l.candidates, p)
		}
		if p.missed == 0 {
			l.shown = append(l.shown, p)
		}
	}
	slices.SortFunc(l.shown, func(a, b placed) int { return a.compare(b.place) })
	return l
}

func someEntries() []record.Entry {
	gp, lab := &record.Origin{ID: "gp", Name: "The practice"}, &record.Origin{ID: "lab", Name: "The laboratory"}
	one, two := record.Organisation{ODS: "Z1", Name: "Lantern Row"}, record.Organisation{Name: "Riverside"}
	base := func(label string, d record.Date, o *record.Origin, by record.Organisation) record.Base {
		return record.Base{Code: record.Text(label), Date: d, Provenance: record.Provenance{Source: o, Organisation: by}}
	}
	return []record.Entry{
		&record.Problem{Base: base("Asthma", "2001-05", gp, one)},
		&record.Problem{Base: base("ÉCZEMA of the hand", "2020-06-01", gp, one)},
		&record.Result{Base: base("Urea and electrolytes", "2026-11-20", lab, two), Conclusion: "Nothing of note",
			Measurements: []record.Measurement{{Code: record.Text("Potassium"), Value: record.Value{Quantity: &record.Quantity{Value: "4.1", Unit: "mmol/L"}}}}},
		&record.Appointment{Base: base("Review", "2026-12-24", gp, two), Status: "booked"},
		&record.Appointment{Base: base("Review", "2026-11-01", gp, two), Status: "cancelled"},
		&record.Appointment{Base: base("Blood test", "2026-11-27", gp, two), Status: "booked"},
	}
}

func TestLineFilters(t *testing.T) {
	t.Parallel()
	text := func(s string) *string { return &s }
	day := func(d record.Date) *record.Date { return &d }
	for name, c := range map[string]struct {
		a      lineArguments
		hidden []string
		want   string // ids, newest first
	}{
		"nothing":                         {want: "3 5 2 4 1 0"},
		"a word":                          {a: lineArguments{text: text("asth")}, want: "0"},
		"capitals beyond ASCII":           {a: lineArguments{text: text("éczema HAND")}, want: "1"},
		"all words":                       {a: lineArguments{text: text("asthma hand")}, want: ""},
		"no word reaches over two values": {a: lineArguments{text: text("practicelantern")}, want: ""},
		"a measured thing":                {a: lineArguments{text: text("potassium 4.1")}, want: "2"},
		"a conclusion":                    {a: lineArguments{text: text("of note")}, want: "2"},
		"a hidden conclusion":             {a: lineArguments{text: text("of note")}, hidden: []string{"conclusion"}, want: ""},
		"a hidden label":                  {a: lineArguments{text: text("asthma")}, hidden: []string{"code"}, want: ""},
		"no word of the source's":         {a: lineArguments{text: text("http")}, want: ""},
		"a source":                        {a: lineArguments{sources: []string{"lab"}}, want: "2"},
		"a hidden source":                 {a: lineArguments{sources: []string{"lab"}}, hidden: []string{"provenance"}, want: ""},
		"an organisation by its code":     {a: lineArguments{organisations: []string{"z1"}}, want: "1 0"},
		"and by its name":                 {a: lineArguments{organisations: []string{"riverside", "nobody"}}, want: "3 5 2 4"},
		"organisation without a name":     {a: lineArguments{organisations: []string{""}}, want: ""},
		"a section and a window":          {a: lineArguments{sections: []string{"problems"}, from: day("2002")}, want: "1"},
		"without cancelled":               {a: lineArguments{without: []model.TimelineMark{"CANCELLED"}}, want: "3 5 2 1 0"},
		"without what lies ahead":         {a: lineArguments{without: []model.TimelineMark{"PLANNED"}}, want: "2 4 1 0"},
		"a hidden status marks nothing":   {a: lineArguments{without: []model.TimelineMark{"CANCELLED", "PLANNED"}}, hidden: []string{"status"}, want: "5 2 4 1 0"},
	} {
		var ids []string
		for _, e := range lineOf(t, c.a, someEntries(), c.hidden...).shown {
			ids = append(ids, e.id)
		}
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// A facet says what there would be with each choice: all other filters hold.
func TestFacets(t *testing.T) {
	t.Parallel()
	from := record.Date("2020")
	f := lineOf(t, lineArguments{sections: []string{"problems"}, sources: []string{"gp"}, from: &from}, someEntries()).facets()
	got := func(list any) string { b, _ := json.Marshal(list); return string(b) }
	for want, list := range map[string]any{
		`[{"section":"problems","count":1},{"section":"appointments","count":3}]`: f.Sections,
	} {
		if got(list) != want {
			t.Errorf("%s, want %s", got(list), want)
		}
	}
	if len(f.Marks) != 0 || len(f.Sources) != 1 || f.Sources[0].Count != 1 || len(f.Organisations) != 1 || f.Organisations[0].Organisation.ODS != "Z1" {
		t.Errorf("facets %s", got(f))
	}
	if hidden := lineOf(t, lineArguments{}, someEntries(), "provenance").facets(); len(hidden.Sources)+len(hidden.Organisations) != 0 {
		t.Errorf("hidden provenance is counted: %s", got(hidden))
	}
}

func TestBuckets(t *testing.T) {
	t.Parallel()
	l := lineOf(t, lineArguments{}, someEntries())
	words := func(b *model.TimelineBuckets) string {
		text := string(b.Scale)
		for _, k := range b.List {
			text += fmt.Sprintf(" %s:%d", k.Date, k.Count)
		}
		return text
	}
	for by, want := range map[model.TimelineScale]string{
		"AUTO":  "YEAR 2026:4 2020:1 2001:1",
		"MONTH": "MONTH 2026-12:1 2026-11:3 2020-06:1 2001-05:1",
		"DAY":   "DAY 2026-12-24:1 2026-11-27:1 2026-11-20:1 2026-11-01:1 2020-06-01:1 2001-05-01:1",
	} {
		if got := words(l.buckets(by)); got != want {
			t.Errorf("%s: %s, want %s", by, got, want)
		}
	}
	if s := l.span(); s.First != "2001-05-01" || s.Last != "2026-12-24" {
		t.Errorf("span %v", s)
	}
	from, to := record.Date("2026-11"), record.Date("2026-11")
	narrow := lineOf(t, lineArguments{from: &from, to: &to}, someEntries())
	if got := words(narrow.buckets("AUTO")); got != "DAY 2026-11-27:1 2026-11-20:1 2026-11-01:1" {
		t.Errorf("a month: %s", got)
	}
	if s := narrow.span(); s.First != "2001-05-01" || s.Last != "2026-12-24" {
		t.Errorf("the span of a month's line: %v", s)
	}
	var many []record.Entry
	for i := range mostBuckets + 1 {
		many = append(many, &record.Problem{Base: record.Base{Date: record.DateOf(time.Date(2020, 1, i, 0, 0, 0, 0, time.UTC)).Day()}})
	}
	if got := lineOf(t, lineArguments{}, many).buckets("DAY"); got.Scale != "MONTH" || len(got.List) > mostBuckets {
		t.Errorf("%d days are counted by %s", len(many), got.Scale)
	}
}

// Every type of entry can be searched, and by nothing that no reader is ever shown.
func TestWordings(t *testing.T) {
	t.Parallel()
	schema, err := readAccess(Schema())
	if err != nil {
		t.Fatal(err)
	}
	w := &wordings{schema: schema}
	for _, e := range []record.Entry{
		&record.Person{}, &record.Practice{}, &record.Allergy{}, &record.Alert{}, &record.Medication{}, &record.Problem{}, &record.Appointment{},
		&record.Contact{}, &record.Admission{}, &record.Discharge{}, &record.PersonalContact{}, &record.ProfessionalContact{}, &record.Consent{},
		&record.Result{}, &record.Observation{}, &record.Vaccination{}, &record.Procedure{}, &record.Document{},
	} {
		made := w.of(reflect.TypeOf(e).Elem())
		if len(made.fields) < 4 {
			t.Errorf("%T: only %v", e, made.fields)
		}
	}
	l := lineOf(t, lineArguments{text: ptr("secret")}, nil)
	d := &record.Document{Reference: "secret", Base: record.Base{ID: "secret", Subject: "secret", Provenance: record.Provenance{LocalID: "secret", Link: "secret"}}}
	if l.reads(&placed{entry: d}, func(string) bool { return true }) {
		t.Error("a document is found by what nobody is shown")
	}
	for _, name := range []string{"code", "note", "author", "provenance"} {
		if fields := w.fields(record.Documents); !slices.Contains(fields, name) {
			t.Errorf("documents hold words in %v, and not in %s", fields, name)
		}
	}
}

// BenchmarkLine is a page of a line of 10,000 entries, after they have been read: words,
// counts and facets too.
func BenchmarkLine(b *testing.B) {
	schema, err := readAccess(Schema())
	if err != nil {
		b.Fatal(err)
	}
	r := &Resolver{Now: time.Now}
	r.wordings.schema = schema
	entries := make([]record.Entry, 10_000)
	for i := range entries {
		e := someEntries()[2].(*record.Result)
		e.ID, e.Date = fmt.Sprint(i), record.DateOf(time.Date(1990, 1, 1, 0, 31*i, 0, 0, time.UTC))
		e.Note = "Ünremarkable; to be repeated in three months if the dose is changed"
		entries[i] = e
	}
	for b.Loop() {
		filter, err := r.lineFilter(b.Context(), lineArguments{first: 100, text: ptr("potassium mmol")})
		if err != nil {
			b.Fatal(err)
		}
		l := &line{lineFilter: filter}
		for _, e := range entries {
			base := e.Common()
			at, _ := base.Date.Time()
			p := placed{place: place{at.Unix(), base.ID}, section: record.Results, entry: e, origin: true, day: l.dayAt(base, at)}
			l.judge(&p, func(string) bool { return true })
			if p.missed == 0 {
				l.candidates, l.shown = append(l.candidates, p), append(l.shown, p)
			}
		}
		slices.SortFunc(l.shown, func(a, b placed) int { return a.compare(b.place) })
		l.buckets("DAY")
		l.facets()
		l.cut(&model.Timeline{PageInfo: &model.PageInfo{}})
		if len(l.shown) != len(entries) {
			b.Fatal(len(l.shown))
		}
	}
}
