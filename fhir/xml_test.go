package fhir

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// samples are public resources, each in JSON and in XML.
const samples = "../../shared/data/fhir-r4-official/examples/"

// TestXML: order, attributes, lists of primitives with what is beside them, resources within
// resources, narrative as it is.
func TestXML(t *testing.T) {
	t.Parallel()
	const open = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	for name, c := range map[string]struct{ json, xml string }{
		"order": {`{"resourceType":"Flag","subject":{"display":"D","reference":"R"},"status":"active","id":"i"}`,
			`<Flag xmlns="http://hl7.org/fhir"><id value="i"></id><status value="active"></status><subject><reference value="R"></reference><display value="D"></display></subject></Flag>`},
		"digits": {`{"resourceType":"Observation","valueQuantity":{"value":7.10,"unit":"<&\"\t\n"}}`,
			`<Observation xmlns="http://hl7.org/fhir"><valueQuantity><value value="7.10"></value><unit value="&lt;&amp;&#34;&#x9;&#xA;"></unit></valueQuantity></Observation>`},
		"what XML cannot hold": {`{"resourceType":"Flag","id":"a\u0000b"}`, `<Flag xmlns="http://hl7.org/fhir"><id value="a` + "\uFFFD" + `b"></id></Flag>`},
		"attributes": {`{"resourceType":"Flag","extension":[{"id":"x","url":"http://u","valueCode":"c"}],"code":{"id":"y","text":"T"}}`,
			`<Flag xmlns="http://hl7.org/fhir"><extension id="x" url="http://u"><valueCode value="c"></valueCode></extension><code id="y"><text value="T"></text></code></Flag>`},
		"beside a primitive": {`{"resourceType":"Flag","_status":{"extension":[{"url":"http://u","valueCode":"unknown"}]}}`,
			`<Flag xmlns="http://hl7.org/fhir"><status><extension url="http://u"><valueCode value="unknown"></valueCode></extension></status></Flag>`},
		"beside some of a list": {`{"resourceType":"Patient","name":[{"given":["A",null,"C"],"_given":[null,{"id":"g"},{"id":"h"}]}]}`,
			`<Patient xmlns="http://hl7.org/fhir"><name><given value="A"></given><given id="g"></given><given id="h" value="C"></given></name></Patient>`},
		"within": {`{"resourceType":"Bundle","type":"document","entry":[{"fullUrl":"u","resource":{"resourceType":"DiagnosticReport","id":"d","contained":[{"resourceType":"Observation","id":"m1"}]}}]}`,
			`<Bundle xmlns="http://hl7.org/fhir"><type value="document"></type><entry><fullUrl value="u"></fullUrl><resource><DiagnosticReport><id value="d"></id><contained><Observation><id value="m1"></id></Observation></contained></DiagnosticReport></resource></entry></Bundle>`},
		"narrative": {`{"resourceType":"Flag","text":{"status":"additional","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>&lt;</p></div>"}}`,
			`<Flag xmlns="http://hl7.org/fhir"><text><status value="additional"></status><div xmlns="http://www.w3.org/1999/xhtml"><p>&lt;</p></div></text></Flag>`},
		"truth": {`{"resourceType":"MedicationRequest","doNotPerform":true}`, `<MedicationRequest xmlns="http://hl7.org/fhir"><doNotPerform value="true"></doNotPerform></MedicationRequest>`},
	} {
		got, err := asXML(read(t, []byte(c.json)))
		if err != nil || string(got) != open+c.xml {
			t.Errorf("%s: %v\n%s", name, err, got)
		}
	}
}

// TestXMLKnowsEveryElement: what has no place in the tables is an error, not left out.
func TestXMLKnowsEveryElement(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`{"resourceType":"Account"}`, `{"resourceType":"Flag","colour":"red"}`, `{"resourceType":"Flag","_colour":{"id":"a"}}`,
		`{"resourceType":"Flag","code":{"coding":[{"word":"a"}]}}`, `{"resourceType":"Flag","code":"text"}`, `{"resourceType":"Flag","status":{"text":"a"}}`,
		`{"resourceType":"Flag","_status":{"text":"a"}}`, `{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Account"}}]}`, `{}`,
	} {
		if got, err := asXML(read(t, []byte(text))); !errors.Is(err, errElement) {
			t.Errorf("%s: %v %s", text, err, got)
		}
	}
	for name, kind := range xmlTypes() {
		for _, e := range kind.order {
			if _, ok := xmlTypes()[e.kind]; e.kind != "" && e.kind != "Resource" && !ok {
				t.Errorf("%s.%s has the type %s, which is in no table", name, e.name, e.kind)
			}
		}
	}
}

// TestXMLOfSamples: public resources in JSON give what their publisher has in XML.
func TestXMLOfSamples(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(samples); err != nil {
		t.Skip("skipped: ../shared/data is absent")
	}
	for _, name := range []string{"condition-example", "patient-example"} { // the others in both forms differ in content
		text, err := os.ReadFile(filepath.Join(samples, name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(filepath.Join(samples, name+".xml"))
		if err != nil {
			t.Fatal(err)
		}
		got, err := asXML(read(t, text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if g, w := flat(t, got), flat(t, want); g != w {
			t.Errorf("%s differs:\n%s\n%s", name, g, w)
		}
	}
	// What has other types than this server writes is refused, nothing else fails.
	files, err := filepath.Glob(samples + "*.json")
	if err != nil || len(files) < 50 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	written := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got, err := asXML(read(t, text))
		if errors.Is(err, errElement) {
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		written++
		flat(t, got)
	}
	t.Logf("%d of %d samples have only types that this server writes", written, len(files))
}

// read decodes a resource as it is; digits are kept.
func read(t *testing.T, text []byte) object {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var o object
	if err := decoder.Decode(&o); err != nil {
		t.Fatal(err)
	}
	return o
}

// flat is XML as one line for every tag, without narrative, which the samples word differently
// in each form.
func flat(t *testing.T, text []byte) string {
	t.Helper()
	decoder := xml.NewDecoder(bytes.NewReader(text))
	decoder.Entity = xml.HTMLEntity
	var b strings.Builder
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatalf("%v in %.400s", err, text)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local == "div" {
				if err := decoder.Skip(); err != nil {
					t.Fatal(err)
				}
				continue
			}
			fmt.Fprintf(&b, "<%s", token.Name.Local)
			for _, a := range token.Attr {
				if a.Name.Local != "schemaLocation" && a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
					fmt.Fprintf(&b, " %s=%q", a.Name.Local, a.Value)
				}
			}
			b.WriteString(">\n")
		case xml.EndElement:
			b.WriteString("</" + token.Name.Local + ">\n")
		}
	}
}
