package fhirversion

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// TestUntouched: what a table does not name comes out as it went in, to the letter and
// the digit (hazard H-10).
func TestUntouched(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`{"resourceType":"Basic","a":7.10,"b":-0.0e+1,"c":"é\u0000\"\\/","d":[[],{}],"e":true,"f":null,"g":""}`,
		`{"resourceType":"Condition","id":"1","recordedDate":"2020","clinicalStatus":{"coding":[{"code":"active"}]}}`,
		`{"resourceType":"Observation","interpretation":[{"text":"H"}],"note":[{"text":"n"}]}`,
		`{"resourceType":"Immunization","notGiven":"yes","explanation":7,"vaccineCode":[]}`,
		`{"resourceType":"Encounter","class":{"code":"AMB"},"status":["finished"],"participant":[1,"x",null]}`,
		`{"resourceType":"CarePlan","author":[],"status":7,"activity":{},"addresses":[{"reference":"Condition/1"}]}`,
	} {
		for name, table := range map[string]*Table{"STU3": STU3, "R5": R5} {
			o, err := Decode([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			table.Resource(o)
			out := o.Append(nil)
			if !same(t, out, []byte(text)) {
				t.Errorf("%s: %s\nbecame %s", name, text, out)
			}
		}
	}
}

// same compares two documents by what they say, numbers by their digits.
func same(t *testing.T, a, b []byte) bool {
	t.Helper()
	return reflect.DeepEqual(decoded(t, a), decoded(t, b))
}

func decoded(t *testing.T, data []byte) (v any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%v: %s", err, data)
	}
	return v
}

// TestModifiersTurn: what turns a statement around is never lost on the way.
func TestModifiersTurn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what  string
		table *Table
		in    string
		name  string
		want  string
	}{
		{"not given", STU3, `{"resourceType":"Immunization","status":"completed","notGiven":true}`, "status", "not-done"},
		{"given", STU3, `{"resourceType":"Immunization","status":"completed","notGiven":false}`, "status", "completed"},
		{"not given, and a mistake", STU3, `{"resourceType":"Immunization","status":"entered-in-error","notGiven":true}`, "status", "entered-in-error"},
		{"not done", STU3, `{"resourceType":"Procedure","status":"suspended","notDone":true}`, "status", "not-done"},
		{"not taken", STU3, `{"resourceType":"MedicationStatement","status":"active","taken":"n"}`, "status", "not-taken"},
		{"taken", STU3, `{"resourceType":"MedicationStatement","status":"active","taken":"y"}`, "status", "active"},
		{"not taking", R5, `{"resourceType":"MedicationStatement","status":"recorded","adherence":{"code":{"coding":[{"code":"not-taking"}]}}}`, "status", "not-taken"},
		{"taking, and a mistake", R5, `{"resourceType":"MedicationStatement","status":"entered-in-error","adherence":{"code":{"coding":[{"code":"taking"}]}}}`, "status", "entered-in-error"},
		{"adherence of another system", R5, `{"resourceType":"MedicationStatement","status":"recorded","adherence":{"code":{"coding":[{"code":"so-so"}]}}}`, "status", "recorded"},
		{"still in hospital", R5, `{"resourceType":"Encounter","status":"in-progress"}`, "status", "in-progress"},
		{"a ballot's name", R5, `{"resourceType":"MedicationUsage","status":"recorded"}`, "resourceType", "MedicationStatement"},
	} {
		o, err := Decode([]byte(c.in))
		if err != nil {
			t.Fatal(err)
		}
		c.table.Resource(o)
		if got := o.Text(c.name); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

// TestRenamedTypes: what refers to a resource still finds it.
func TestRenamedTypes(t *testing.T) {
	t.Parallel()
	o, err := Decode([]byte(`{"resourceType":"List","entry":[{"item":{"reference":"ReferralRequest/1"}},{"item":{"reference":"Condition/ReferralRequest/1"}}],"subject":{"reference":"Patient/1"}}`))
	if err != nil {
		t.Fatal(err)
	}
	STU3.Resource(o)
	const want = `{"resourceType":"List","entry":[{"item":{"reference":"ServiceRequest/1"}},{"item":{"reference":"Condition/ReferralRequest/1"}}],"subject":{"reference":"Patient/1"}}`
	if got := string(o.Append(nil)); got != want {
		t.Error(got)
	}
}

// TestBundle: entries are changed one by one, what is around them is kept, a batch's
// answer holds Bundles of its own.
func TestBundle(t *testing.T) {
	t.Parallel()
	const in = `{"resourceType":"Bundle","type":"batch-response","link":[{"relation":"next","url":"x?a=1"}],"total":3,"entry":[{"fullUrl":"urn:1","response":{"status":"200"},` +
		`"resource":{"type":"searchset","resourceType":"Bundle","entry":[{"resource":{"resourceType":"Condition","assertedDate":"2020"},"search":{"mode":"match"}},{}]}},{"resource":null}]}`
	want := strings.ReplaceAll(in, "assertedDate", "recordedDate")
	out, err := STU3.Bundle([]byte(in))
	if err != nil || !same(t, out, []byte(want)) {
		t.Errorf("%s, %v", out, err)
	}
	if out, err := STU3.Bundle([]byte(`{"resourceType":"Binary","content":"QQ=="}`)); err != nil || string(out) != `{"resourceType":"Binary","data":"QQ=="}` {
		t.Errorf("%s, %v", out, err)
	}
}

// TestHostile: what is not JSON is left for the reader to refuse; what would cost more
// than it weighs is an error.
func TestHostile(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{``, `{`, `[]`, `nonsense`, `{"resourceType":"Bundle","entry":[{"resource":{]}]}`, `{"resourceType":"Bundle","entry":{"resource":1}}`,
		`{"a":1}x`, strings.Repeat(`{"a":`, 200)} {
		out, err := STU3.Bundle([]byte(bad))
		if err == nil && !json.Valid([]byte(bad)) && string(out) != bad {
			t.Errorf("%.40q became %.40q", bad, out)
		}
	}
	for _, bad := range []string{`{"resourceType":"Condition","id":"1","id":"2"}`, `{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Condition","id":"1","id":"2"}}]}`} {
		out, err := STU3.Bundle([]byte(bad))
		if err == nil && string(out) != bad {
			t.Errorf("a name twice became %s", out)
		}
	}
	many := `{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Basic","a":[` + strings.Repeat("0,", MaxValues) + `0]}}]}`
	if _, err := STU3.Bundle([]byte(many)); !errors.Is(err, ErrTooMany) {
		t.Error(err)
	}
}

// FuzzTables: no document, however broken, ends the program or becomes something that is
// not JSON, and no resource loses whom it is about.
func FuzzTables(f *testing.F) {
	for _, pattern := range []string{"../fhirstu3/testdata/cases/*.txt", "../fhirr5/testdata/cases/*.txt", "../gpconnect/testdata/cases/*.txt"} {
		names, _ := filepath.Glob(pattern)
		for _, name := range names {
			if data, err := os.ReadFile(name); err == nil {
				f.Add(bytes.Split(data, []byte("\n----------\n"))[0])
			}
		}
	}
	f.Add([]byte(`{"resourceType":"Observation","related":[{"type":"has-member","target":{}},{}],"comment":"x","note":{}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, table := range []*Table{STU3, R5} {
			out, err := table.Bundle(data)
			if err == nil && json.Valid(data) && !json.Valid(out) {
				t.Fatalf("%q became %q", data, out)
			}
			o, err := Decode(data)
			if err != nil {
				continue
			}
			who := o.Object("subject").Text("reference") + o.Object("patient").Text("reference")
			table.Resource(o)
			if got := o.Object("subject").Text("reference") + o.Object("patient").Text("reference"); got != who {
				t.Fatalf("it was about %q and is about %q", who, got)
			}
			if again, err := Decode(o.Append(nil)); err != nil || !bytes.Equal(again.Append(nil), o.Append(nil)) {
				t.Fatalf("%v: %q", err, o.Append(nil))
			}
		}
	})
}
