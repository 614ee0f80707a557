package sqlonfhir

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
)

// TestElementsThatChangeNothing: what an official definition says of itself passes.
func TestElementsThatChangeNothing(t *testing.T) {
	t.Parallel()
	v, err := Compile([]byte(`{"resourceType":"ViewDefinition","id":"v","meta":{"profile":["p"]},"text":{"status":"generated","div":"<div/>"},
		"extension":[{"url":"x","valueCode":"y"}],"url":"http://v","identifier":[{"value":"1"}],"version":"1","name":"v","_name":{"id":"n"},"title":"V",
		"status":"draft","experimental":true,"date":"2026","publisher":"p","contact":[{"name":"c"}],"description":"d","useContext":[{"where":1}],
		"jurisdiction":[],"purpose":"p","copyright":"c","fhirVersion":["4.0.1"],"profile":["p"],"resource":"Patient",
		"constant":[{"id":"c","name":"a","valueString":"x"}],"where":[{"path":"active","description":"who is here"}],
		"select":[{"id":"s","column":[{"id":"c","name":"b","path":"id","type":"id","description":"d","tag":[{"name":"ansi/type","value":"TEXT"}],"extension":[]}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := v.Columns(); v.Resource() != "Patient" || !slices.Equal(got, []Column{{Name: "b", Type: "id"}}) {
		t.Errorf("got %q %v", v.Resource(), got)
	}
}

// TestAnyTree: an answer of the graph is a resource too, if it says which.
func TestAnyTree(t *testing.T) {
	t.Parallel()
	const view = `{"resource":"Person","where":[{"path":"birthDate > @1900"}],"select":[
		{"column":[{"name":"nhs_number","path":"nhsNumber","type":"string"},{"name":"family","path":"Person.name.familyName"}]},
		{"forEach":"medicationStatements.entries","column":[{"name":"dose","path":"dosage.doseAmount","type":"decimal"},{"name":"codes","path":"allCodes.code","collection":true},
			{"name":"from","path":"provenance.sourceName"},{"name":"repeats","path":"repeatsLeft","type":"integer"}]}]}`
	const tree = `{"resourceType":"Person","__typename":"Person","nhsNumber":"9000000009","birthDate":"1970-01-01","name":{"familyName":"Test","given":null},
		"medicationStatements":{"outcomes":[{"status":"ANSWERED"}],"entries":[
			{"dosage":{"doseAmount":1.50},"allCodes":[[{"code":"a"}],[{"code":"b"},{"code":"c"}]],"provenance":{"sourceName":"GP"},"repeatsLeft":3},
			{"dosage":null,"allCodes":[],"provenance":{"sourceName":"Hospital"}}]}}`
	columns, rows, err := runText(t, json.RawMessage(view), []json.RawMessage{json.RawMessage(tree)})
	text, _ := json.Marshal(rows)
	const want = `[["9000000009","Test",1.50,["a","b","c"],"GP",3],["9000000009","Test",null,[],"Hospital",null]]`
	if err != nil || string(text) != want {
		t.Errorf("got %v %s %v, want %s", columns, text, err, want)
	}
	v, err := Compile([]byte(view))
	if err != nil {
		t.Fatal(err)
	}
	if got := v.Columns(); got[2] != (Column{Name: "dose", Type: "decimal"}) || got[3] != (Column{Name: "codes", Collection: true}) {
		t.Errorf("got %v", got)
	}
	// Numbers of Go are numbers, and a tree that does not say what it is must not read as none.
	made := map[string]any{"resourceType": "Person", "birthDate": "1970", "medicationStatements": map[string]any{"entries": []any{
		map[string]any{"repeatsLeft": 3, "dosage": map[string]any{"doseAmount": 1.5}}, map[string]any{"repeatsLeft": int64(4)}}}}
	var left []any
	for row, err := range v.Rows(made) {
		if err != nil {
			t.Fatal(err)
		}
		left = append(left, row[5], row[2])
	}
	if !slices.Equal(left, []any{int64(3), json.Number("1.5"), int64(4), nil}) {
		t.Errorf("got %v", left)
	}
	delete(made, "resourceType")
	for _, err := range v.Rows(made) {
		var wrong *RowError
		if !errors.As(err, &wrong) || wrong.Path != "resource" {
			t.Errorf("got %v", err)
		}
	}
}
