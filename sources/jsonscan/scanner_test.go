package jsonscan_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/sources/jsonscan"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

// read walks the whole document, taking everything, and builds what encoding/json
// would build of it.
func read(s *jsonscan.Scanner) any {
	switch s.Peek() {
	case '{':
		o := map[string]any{}
		if s.Object() {
			for s.Next() {
				name := string(s.Name())
				o[name] = read(s)
			}
		}
		return o
	case '[':
		a := []any{}
		if s.Array() {
			for s.More() {
				a = append(a, read(s))
			}
		}
		return a
	case '"':
		return string(s.Text())
	case 't', 'f':
		return s.Bool()
	case 'n':
		s.Skip()
		return nil
	}
	return json.Number(s.Number())
}

func readAll(data []byte) (any, error) {
	var s jsonscan.Scanner
	s.Reset(data)
	v := read(&s)
	return v, s.End()
}

func skipAll(data []byte) error {
	var s jsonscan.Scanner
	s.Reset(data)
	s.Skip()
	return s.End()
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, doc string
		want      error
	}{
		{"empty", ``, jsonscan.ErrSyntax},
		{"byte order mark", "\ufeff{}", jsonscan.ErrSyntax},
		{"NaN", `{"total":NaN}`, jsonscan.ErrSyntax},
		{"cut short", `{"a":[1,2`, jsonscan.ErrSyntax},
		{"cut inside a string", `{"a":"b`, jsonscan.ErrSyntax},
		{"rest after the end", `{} {}`, jsonscan.ErrSyntax},
		{"bad UTF-8", "{\"a\":\"\xff\"}", jsonscan.ErrUTF8},
		{"half a surrogate pair", `{"a":"\ud800"}`, jsonscan.ErrUTF8},
		{"two halves that do not fit", `{"a":"\ud800\u0041"}`, jsonscan.ErrUTF8},
		{"control character", "{\"a\":\"b\nc\"}", jsonscan.ErrSyntax},
		{"bad escape", `{"a":"\x41"}`, jsonscan.ErrSyntax},
		{"leading zero", `{"a":01}`, jsonscan.ErrSyntax},
		{"trailing comma", `{"a":1,}`, jsonscan.ErrSyntax},
		{"leading comma", `[,1]`, jsonscan.ErrSyntax},
		{"crossed brackets", `{"a":[1}`, jsonscan.ErrSyntax},
		{"same name twice", `{"a":1,"b":2,"a":3}`, jsonscan.ErrDuplicate},
		{"same name twice, once escaped", `{"a":1,"\u0061":2}`, jsonscan.ErrDuplicate},
		{"too deep", strings.Repeat("[", 65) + strings.Repeat("]", 65), jsonscan.ErrDepth},
		{"20,000 deep", strings.Repeat(`{"a":`, 20000) + "1" + strings.Repeat("}", 20000), jsonscan.ErrDepth},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if _, err := readAll([]byte(c.doc)); !errors.Is(err, c.want) {
				t.Errorf("read: %v, want %v", err, c.want)
			}
			err := skipAll([]byte(c.doc))
			if err == nil && c.want != jsonscan.ErrDuplicate && !strings.Contains(c.doc, `\ud800`) {
				t.Error("skipped without an error")
			}
		})
	}
}

func TestTakes(t *testing.T) {
	t.Parallel()
	doc := `{"n":7.10, "s":"a\"\u00e9\ud83d\ude00\n", "skip":{"x":[1,{"y":"}"}]}, "t":true, "z":null, "deep":[[1],[2,3]], "o":1e-7}`
	var s jsonscan.Scanner
	s.Reset([]byte(doc))
	var got []string
	if string(s.Find("s")) != "a\"é😀\n" {
		t.Error("Find does not find")
	}
	if !s.Object() {
		t.Fatal("not an object")
	}
	for s.Next() {
		switch string(s.Name()) {
		case "n", "o":
			got = append(got, string(s.Number()))
		case "s":
			got = append(got, string(s.Text()))
		case "t":
			got = append(got, fmt.Sprint(s.Bool()))
		case "z":
			got = append(got, fmt.Sprint(s.Text() == nil))
		case "deep":
			got = append(got, fmt.Sprint(s.Object())) // odd
		}
	}
	if err := s.End(); err != nil {
		t.Fatal(err)
	}
	if want := "7.10|a\"é😀\n|true|true|false|1e-7"; strings.Join(got, "|") != want || s.Odd() != 1 {
		t.Errorf("got %q, odd %d", got, s.Odd())
	}
}

// TestSamplesJSONTestSuite: files y_ must be accepted, n_ refused, i_ must not panic
// (github.com/nst/JSONTestSuite).
func TestSamplesJSONTestSuite(t *testing.T) {
	t.Parallel()
	c := &sourcetest.Tally{Connector: "jsonscan, traps for parsers"}
	for _, s := range sourcetest.Samples(t, c.Connector, "hostile/json/*.json") {
		c.Files++
		name := s.File
		_, errRead := readAll(s.Body)
		errSkip := skipAll(s.Body)
		if errRead == nil {
			c.Understood("files", 1)
		} else {
			c.Not("refused: " + map[byte]string{'y': "valid, with a name twice", 'n': "not valid", 'i': "left open by the standard"}[name[0]])
		}
		switch {
		case strings.HasPrefix(name, "y_object_duplicated"):
			if !errors.Is(errRead, jsonscan.ErrDuplicate) {
				t.Errorf("%s: %v, want %v", name, errRead, jsonscan.ErrDuplicate)
			}
		case name[0] == 'y' && (errRead != nil || errSkip != nil):
			t.Errorf("%s: read %v, skipped %v", name, errRead, errSkip)
		case name[0] == 'n' && (errRead == nil || errSkip == nil):
			t.Errorf("%s: read %v, skipped %v", name, errRead, errSkip)
		}
	}
	c.Report(t)
}

// FuzzScanner compares with encoding/json: what that refuses is refused, and what is
// accepted means the same.
func FuzzScanner(f *testing.F) {
	for _, seed := range []string{`{"a":[1,2.50,-3e4],"b":"\u00e9\ud83d\ude00","c":{"d":null,"e":true}}`,
		`[]`, `"x"`, `{"a":1,"a":2}`, "{\"a\":\"\xff\"}", `{"a":01}`, "\ufeff{}", ` [ 1 , {} ] `} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := readAll(data)
		valid := json.Valid(data)
		if skipped := skipAll(data); skipped == nil && !valid {
			t.Fatalf("skipped what encoding/json refuses: %q", data)
		}
		if err != nil {
			return
		}
		if !valid {
			t.Fatalf("read what encoding/json refuses: %q", data)
		}
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.UseNumber()
		var want any
		if err := dec.Decode(&want); err != nil {
			t.Fatalf("encoding/json: %v", err)
		}
		a, _ := json.Marshal(got)
		b, _ := json.Marshal(want)
		if !bytes.Equal(a, b) {
			t.Fatalf("read %s, encoding/json %s", a, b)
		}
	})
}

// document is 524 resources such as a server sends for one person, about 0.9 MB.
func document() []byte {
	var b bytes.Buffer
	b.WriteString(`{"resourceType":"Bundle","type":"searchset","entry":[`)
	for i := range 524 {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"fullUrl":"https://fhir.example.nhs.uk/R4/Observation/%08d-5a09-4b05-a14b-8cf6507efc98","resource":{"resourceType":"Observation","id":"%08d-5a09-4b05-a14b-8cf6507efc98","meta":{"versionId":"1","lastUpdated":"2024-05-01T09:21:52.137+00:00","profile":["https://fhir.hl7.org.uk/StructureDefinition/UKCore-Observation"]},"text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">Body height 167.7 cm, measured at the practice by the nurse, final</div>"},"status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs","display":"Vital Signs"}]}],"code":{"coding":[{"system":"http://snomed.info/sct","code":"50373000","display":"Body height measure (observable entity)"},{"system":"http://loinc.org","code":"8302-2","display":"Body Height"}],"text":"Body Height"},"subject":{"reference":"Patient/63731047-b5a9-4b05-a14b-8cf6507efc98"},"encounter":{"reference":"Encounter/1a719e38-a5d0-4903-9d63-fdb287410c04"},"effectiveDateTime":"2011-04-19T09:21:52+00:00","issued":"2011-04-19T09:21:52.137+00:00","performer":[{"reference":"Practitioner/42676af6-6808-4b64-ba11-0b100bacdb74","display":"Lane Jacobi"}],"valueQuantity":{"value":167.77334700962666,"unit":"cm","system":"http://unitsofmeasure.org","code":"cm"}},"search":{"mode":"match"}}`, i, i)
	}
	b.WriteString(`]}`)
	return b.Bytes()
}

func BenchmarkSkip(b *testing.B) {
	data := document()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	var s jsonscan.Scanner
	for b.Loop() {
		s.Reset(data)
		s.Skip()
		if s.End() != nil {
			b.Fatal(s.Err())
		}
	}
}

func BenchmarkWalk(b *testing.B) {
	data := document()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	var s jsonscan.Scanner
	for b.Loop() {
		s.Reset(data)
		walk(&s)
		if s.End() != nil {
			b.Fatal(s.Err())
		}
	}
}

// walk takes every value of the document and keeps none.
func walk(s *jsonscan.Scanner) {
	switch s.Peek() {
	case '{':
		for ok := s.Object(); ok && s.Next(); {
			walk(s)
		}
	case '[':
		for ok := s.Array(); ok && s.More(); {
			walk(s)
		}
	case '"':
		s.Text()
	default:
		s.Skip()
	}
}

func BenchmarkEncodingJSONValid(b *testing.B) {
	data := document()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		json.Valid(data)
	}
}
