package check_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/check"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
)

// off are the sections that the small server has nothing of.
func off() map[string]fhirr4.Section {
	all := map[string]fhirr4.Section{}
	for _, h := range record.Headings() {
		switch h.Section {
		case record.Demographics, record.Allergies, record.Medications, record.Problems, record.Observations:
		default:
			all[h.Name] = fhirr4.Section{Off: true}
		}
	}
	return all
}

var settings = sources.Settings{Origin: record.Origin{ID: "hospital", Kind: "fhirr4", Organisation: record.Organisation{ODS: "RZH", Name: "Hospital"}}, Timeout: 20 * time.Second}

// probe checks a FHIR server, and that nothing it says or logs tells of anybody.
func probe(t *testing.T, url string, s sources.Settings, wait time.Duration) *check.Report {
	t.Helper()
	return checked(t, &fhirr4.Config{URL: url, Sections: off()}, s, check.Options{People: []string{patientID}, Wait: wait})
}

func clock() time.Time { return time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC) }

func checked(t *testing.T, c sources.Connector, s sources.Settings, o check.Options) *check.Report {
	t.Helper()
	var log bytes.Buffer
	r, err := check.Run(t.Context(), c, s, sources.Env{Log: slog.New(slog.NewTextHandler(&log, nil)), Now: clock}, o)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range canaries {
		if strings.Contains(strings.ToLower(string(text)+log.String()), strings.ToLower(c)) {
			t.Errorf("it tells %q: %s\n%s", c, text, log.String())
		}
	}
	return r
}

const patience = 10 * time.Second // of readers, where slowness is not the matter

// A system without a defect has none, and its scorecard says so.
func TestCleanSystemPasses(t *testing.T) {
	t.Parallel()
	r := probe(t, clean().start(t), settings, patience)
	if r.Failed() || len(r.Found(check.Fail)) > 0 || len(r.Found(check.Warn)) > 0 {
		t.Errorf("failed %v, warned %v", r.Found(check.Fail), r.Found(check.Warn))
	}
	entries := 0
	for _, s := range r.Sections {
		entries += s.Entries
		if s.ValidCodes != s.Codes || s.ValidDates != s.Dates || s.Duplicates != 0 {
			t.Errorf("%+v", s)
		}
	}
	if entries != 6 || r.Latency.Calls == 0 || r.People != 1 {
		t.Errorf("%d entries, %+v", entries, r)
	}
}

// Each has exactly one defect, and exactly that is found.
func TestSeededDefects(t *testing.T) {
	t.Parallel()
	placed := func(id, member string, v any) func(*system) { return func(s *system) { s.set(id, member, v) } }
	bare := func(coding object) object { return object{"coding": []any{coding}, "text": illness} }
	noted := func(text string) func(*system) { return placed("c1", "note", []any{object{"text": text}}) }
	refuse := func(code int, on string, headers ...string) func(*system) {
		return func(s *system) {
			s.instead = func(w http.ResponseWriter, r *http.Request) bool {
				if on != "" && !strings.Contains(r.URL.Path, on) {
					return false
				}
				for i := 0; i+1 < len(headers); i += 2 {
					w.Header().Set(headers[i], headers[i+1])
				}
				w.WriteHeader(code)
				return true
			}
		}
	}
	for name, c := range map[string]struct {
		seed func(*system)
		want string
	}{
		"wrong subject":              {placed("c1", "subject", object{"reference": "Patient/somebody-else", "display": "Patient/" + patientID}), "wrong-subject"},
		"validity swapped":           {placed("m1", "dispenseRequest", object{"validityPeriod": object{"start": "2024-06-06", "end": "2024-05-06"}}), "date-swapped"},
		"onset after the end":        {placed("c1", "abatementDateTime", "1999-01-01"), "date-swapped"},
		"code without system":        {placed("c1", "code", bare(object{"code": "195967001", "display": illness})), "code-without-system"},
		"system is no URI":           {placed("c1", "code", bare(object{"system": "SNOMED", "code": "195967001", "display": illness})), "code-system-form"},
		"SNOMED check digit":         {placed("c1", "code", bare(object{"system": sct, "code": "195967002", "display": illness})), "snomed-invalid"},
		"SNOMED rounded":             {placed("c1", "code", bare(object{"system": sct, "code": "1382601000000000", "display": illness})), "snomed-invalid"},
		"SNOMED description id":      {placed("c1", "code", bare(object{"system": sct, "code": "301485011", "display": illness})), "snomed-invalid"},
		"dm+d check digit":           {placed("m1", "medicationCodeableConcept", concept("https://dmd.nhs.uk", "323509005", drug)), "snomed-invalid"},
		"LOINC check digit":          {placed("o1", "code", concept("http://loinc.org", "8867-5", "Heart rate")), "code-form"},
		"code without words":         {placed("c1", "code", object{"coding": []any{object{"system": sct, "code": "195967001"}}}), "code-without-text"},
		"says nothing":               {placed("c1", "code", nil), "says-nothing"},
		"NHS number check digit":     {placed(patientID, "identifier", []any{object{"system": record.NHSNumberSystem, "value": "9990000019"}}), "nhs-number-invalid"},
		"NHS number placeholder":     {placed(patientID, "identifier", []any{object{"system": record.NHSNumberSystem, "value": "0000000000"}}), "nhs-number-invalid"},
		"the same statement twice":   {func(s *system) { s.again("c1", "c3") }, "duplicate-statement"},
		"missing dates":              {func(s *system) { s.set("c1", "recordedDate", nil); s.set("c1", "onsetDateTime", nil) }, "date-missing"},
		"recorded in the future":     {placed("c1", "recordedDate", "2062-02-01"), "date-future"},
		"onset in the future":        {placed("c1", "onsetDateTime", "2033"), "date-future"},
		"before birth":               {placed("c1", "onsetDateTime", "1903-01-15"), "date-before-born"},
		"1899":                       {placed("c1", "onsetDateTime", "1899-12-30"), "date-placeholder"},
		"1900":                       {placed("c1", "onsetDateTime", "1900-01-01"), "date-placeholder"},
		"no such day":                {placed("c1", "onsetDateTime", "2001-02-30"), "date-unreadable"},
		"fewer than the total":       {func(s *system) { s.change = func(b object) { b["total"] = b["total"].(int) + 2 } }, "cut-off"},
		"truncated paging":           {func(s *system) { s.change = shortened("Condition") }, "cut-off"},
		"mojibake":                   {noted("Seen at the cafÃ©; feels better"), "mojibake"},
		"mojibake of an apostrophe":  {noted("She doesnâ€™t smoke"), "mojibake"},
		"replacement character":      {noted("Seen at the caf\uFFFD"), "replacement-character"},
		"HTML entities":              {noted("Fish &amp; chips"), "html-entities"},
		"HTML mark-up":               {noted("<b>Seen</b> today"), "html-entities"},
		"control characters":         {noted("Seen\u0007 today"), "control-characters"},
		"no author":                  {func(s *system) { s.set("c1", "recorder", nil); s.set("c2", "recorder", nil) }, "author-missing"},
		"status of another language": {placed("o1", "status", "aktiv"), "status-unknown"},
		"unit that is no UCUM":       {placed("o1", "valueQuantity", object{"value": 71, "unit": "bpm", "system": "http://unitsofmeasure.org", "code": "bpm"}), "unit-not-ucum"},
		"credentials refused":        {refuse(http.StatusUnauthorized, "Patient"), "auth-refused"},
		"credentials for nothing":    {refuse(http.StatusUnauthorized, ""), "auth-refused"},
		"sections forbidden":         {refuse(http.StatusForbidden, "Condition"), "auth-forbidden"},
		"too often":                  {refuse(http.StatusTooManyRequests, "Observation", "Retry-After", "1"), "asked-to-wait"},
		"its own fault":              {refuse(http.StatusInternalServerError, ""), "server-fault"},
		"person not found":           {func(s *system) { s.instead = unsearchable }, "search-missing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := clean()
			c.seed(s)
			r := probe(t, s.start(t), settings, patience)
			if got := r.Found(check.Fail); !slices.Equal(got, []string{c.want}) || !r.Failed() {
				t.Errorf("found %v, not %s alone (warned %v)", got, c.want, r.Found(check.Warn))
			}
		})
	}
}

// shortened leaves the last entry of a type out of the answer, and no link to it.
func shortened(kind string) func(object) {
	return func(b object) {
		entries, _ := b["entry"].([]any)
		if len(entries) > 0 && entries[0].(object)["resource"].(object)["resourceType"] == kind {
			b["entry"] = entries[:len(entries)-1]
		}
	}
}

// unsearchable finds nobody by id.
func unsearchable(w http.ResponseWriter, r *http.Request) bool {
	if !r.Form.Has("_id") || r.Form.Has("patient") || !strings.Contains(r.Header.Get("Content-Type"), "form") {
		return false
	}
	reply(w, object{"resourceType": "Bundle", "type": "searchset", "total": 0})
	return true
}

// A slow system is found slow, by how long readers wait.
func TestSlowSystem(t *testing.T) {
	t.Parallel()
	s := clean()
	s.instead = late(60 * time.Millisecond)
	r := probe(t, s.start(t), settings, 20*time.Millisecond)
	if got := r.Found(check.Fail); !slices.Equal(got, []string{"slow"}) {
		t.Errorf("found %v", got)
	}
	if l := r.Latency; l.P50 < 60*time.Millisecond || l.P95 < l.P50 || l.Max < l.P95 {
		t.Errorf("%+v", l)
	}
}

// Nobody's data is nobody's: a stanza without an organisation.
func TestMissingOrganisation(t *testing.T) {
	t.Parallel()
	s := settings
	s.Origin.Organisation = record.Organisation{}
	if got := probe(t, clean().start(t), s, patience).Found(check.Fail); !slices.Equal(got, []string{"organisation-missing"}) {
		t.Errorf("found %v", got)
	}
	s.Origin.Organisation = record.Organisation{ODS: "the hospital"}
	if got := probe(t, clean().start(t), s, patience).Found(check.Fail); !slices.Equal(got, []string{"organisation-form"}) {
		t.Errorf("found %v", got)
	}
}

// A system that is not there, and one that is known by no name.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"http://127.0.0.1:1", "http://patchwork-check.invalid"} {
		r := probe(t, url, settings, patience)
		if got := r.Found(check.Fail); !slices.Equal(got, []string{"unreachable"}) {
			t.Errorf("%s: found %v", url, got)
		}
	}
}

// Without sample people nothing of the data is said to be well.
func TestWithoutPeople(t *testing.T) {
	t.Parallel()
	r := checked(t, &fhirr4.Config{URL: clean().start(t), Sections: off()}, settings, check.Options{Wait: patience})
	for _, c := range r.Checks {
		if c.Name == "codes" && (c.Verdict != check.Skip || !strings.Contains(c.Text, "--person")) {
			t.Errorf("%+v", c)
		}
	}
	if r.Failed() {
		t.Errorf("found %v", r.Found(check.Fail))
	}
}
