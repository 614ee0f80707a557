package disclosure

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/patchworkcare/patchwork/auth"
)

// leaves are the fields of the graph that hold a value, with the name of its type.
func leaves(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../../graph/*.graphqls")
	if err != nil || len(files) < 30 {
		t.Fatalf("%d files of the schema: %v", len(files), err)
	}
	var sources []*ast.Source
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &ast.Source{Name: file, Input: string(text)})
	}
	schema, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for name, kind := range schema.Types {
		if kind.BuiltIn || kind.Kind != ast.Object && kind.Kind != ast.Interface {
			continue
		}
		for _, field := range kind.Fields {
			if of := schema.Types[field.Type.Name()]; of.IsLeafType() && !strings.HasPrefix(field.Name, "__") {
				found[name+"."+field.Name] = of.Name
			}
		}
	}
	return found
}

// TestEveryFieldIsClassified: a field that is added to the graph is put somewhere in
// fields.txt, and one that goes is taken out.
func TestEveryFieldIsClassified(t *testing.T) {
	t.Parallel()
	known, err := readFields(fieldsText)
	if err != nil {
		t.Fatal(err)
	}
	fields := leaves(t)
	types := map[string]bool{}
	for field := range fields {
		kind, _, _ := strings.Cut(field, ".")
		types[kind] = true
		if ClassOf(field) == "" {
			t.Errorf("%s is not classified in fields.txt", field)
		}
	}
	for field := range known {
		kind, name, _ := strings.Cut(field, ".")
		if _, ok := fields[field]; !ok && (name != "*" || !types[kind]) {
			t.Errorf("%s is classified in fields.txt, and is no field of the graph that holds a value", field)
		}
	}
	if len(fields) < 500 {
		t.Errorf("only %d fields were found", len(fields))
	}
	t.Logf("%d fields are classified", len(fields))
}

// TestFieldsAreClassifiedAlike: what a field's name and type say of it, its class says too.
func TestFieldsAreClassifiedAlike(t *testing.T) {
	t.Parallel()
	withheld := []Class{Direct, FreeText, Administrative}
	for field, kind := range leaves(t) {
		_, name, _ := strings.Cut(field, ".")
		class := ClassOf(field)
		coarse := class == YearOnly || class == MonthOnly || class == Administrative
		switch {
		case kind == "NHSNumber" && class != Direct && class != Administrative,
			kind == "ID" && class.shown() && field != "Origin.id" && field != "Source.id",
			slices.Contains([]string{"localId", "family", "given", "nhsNumber", "link", "lines", "cursor", "id"}, name) && class.shown() && field != "Origin.id" && field != "Source.id",
			slices.Contains([]string{"note", "text", "description", "detail", "conclusion", "dosage", "location", "evidence"}, name) && !slices.Contains(withheld, class),
			kind == "Date" && !coarse,
			strings.HasPrefix(strings.ToLower(name), "birth") && class != YearOnly && class != Administrative,
			name == "postcode" && class != DistrictOnly:
			t.Errorf("%s, a %s, is classified as %s", field, kind, class)
		}
	}
}

// TestPurposes: every purpose that a session may have is known here; what is not known gets
// nothing.
func TestPurposes(t *testing.T) {
	t.Parallel()
	for purpose, secondary := range map[auth.Purpose]bool{
		auth.PurposeTreatment: false, auth.PurposeEmergency: false, auth.PurposeBreakGlass: false,
		auth.PurposeCareManagement: false, auth.PurposePatient: false,
		auth.PurposeResearch: true, auth.PurposeOperations: true,
		"": true, "treat": true, "TREAT ": true, "HSYSADMIN": true, "HMARKT": true,
	} {
		if got := Secondary(string(purpose)); got != secondary {
			t.Errorf("%q: secondary is %v", purpose, got)
		}
	}
	for _, role := range auth.Roles() {
		if _, known := purposes[string(role.Purpose())]; !known {
			t.Errorf("the purpose of a %s is not known", role)
		}
	}
	for _, test := range []struct {
		purpose, field string
		want           bool
	}{
		{"TREAT", "Person.nhsNumber", true},
		{"TREAT", "Person.unheardOf", true}, // policy decides
		{"HRESCH", "Person.nhsNumber", false},
		{"HRESCH", "Person.birthDate", true},
		{"HRESCH", "Coding.code", true},
		{"HRESCH", "Concept.text", false},
		{"HOPERAT", "Actor.name", false},
		{"HOPERAT", "Look.name", false},
		{"HOPERAT", "Look.unheardOf", false},
		{"HOPERAT", "Person.unheardOf", false},
		{"HOPERAT", "Person", false},
		{"HOPERAT", "", false},
		{"HOPERAT", "person.gender", false},
		{"HMARKT", "Coding.code", false},
		{"", "Coding.code", false},
	} {
		if got := Permits(test.purpose, test.field); got != test.want {
			t.Errorf("%q may have %s: %v", test.purpose, test.field, got)
		}
	}
	if len(Forbidden("TREAT")) != 0 {
		t.Error("care is forbidden something")
	}
	research := Forbidden("HRESCH")
	if !slices.IsSorted(research) || !slices.Contains(research, "HumanName.family") || !slices.Contains(research, "Look.*") || slices.Contains(research, "Person.birthDate") {
		t.Errorf("research is forbidden %v", research)
	}
	if unknown := Forbidden("HMARKT"); len(unknown) != len(table()) {
		t.Errorf("an unknown purpose is forbidden only %d fields", len(unknown))
	}
}

// TestGeneralise: what is left of a value.
func TestGeneralise(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		field, value, want string
		ok                 bool
	}{
		{"Person.birthDate", "1956-03-12", "1956", true},
		{"Person.birthDate", "1956-03", "1956", true},
		{"Person.birthDate", "1956", "1956", true},
		{"Person.birthDate", "1956-03-12T04:05:06+01:00", "1956", true},
		{"Person.birthDate", "12/03/1956", "", false},
		{"Person.birthDate", "19560312", "", false},
		{"Person.birthDate", "1956-13-12", "", false},
		{"Person.birthDate", "1956-03-12 of twins", "", false},
		{"Person.birthDate", "1956-03-12\nT", "", false},
		{"Person.birthDate", "", "", false},
		{"Problem.date", "2026-02-28", "2026-02", true},
		{"Problem.date", "2026-02-28T23:59:59Z", "2026-02", true},
		{"Problem.date", "2026", "2026", true},
		{"Period.start", "yesterday", "", false},
		{"Address.postcode", "LS1 4AP", "LS1", true},
		{"Address.postcode", " ls14ap ", "LS1", true},
		{"Address.postcode", "EC1A1BB", "EC1A", true},
		{"Address.postcode", "W1A  0AX", "W1A", true},
		{"Address.postcode", "LS14 4AP", "LS14", true},
		{"Address.postcode", "LS144AP", "LS14", true},
		{"Address.postcode", "LS14", "LS14", true},
		{"Address.postcode", "LS1 4AP, second floor", "", false},
		{"Address.postcode", "12 Acacia Road", "", false},
		{"Address.postcode", "", "", false},
		{"Person.gender", "female", "female", true},
		{"Coding.code", "38341003", "38341003", true},
		{"Quantity.value", "7.10", "7.10", true},
		{"Person.nhsNumber", "9434765919", "", false},
		{"HumanName.family", "Smith", "", false},
		{"Actor.name", "Dr Smith", "", false},
		{"Concept.label", "as told by her brother", "", false},
		{"Person.unheardOf", "x", "", false},
		{"Look.name", "x", "", false},
		{"", "x", "", false},
	} {
		if got, ok := Generalise(test.field, test.value); got != test.want || ok != test.ok {
			t.Errorf("%s %q: got %q, %v", test.field, test.value, got, ok)
		}
	}
}

// TestReadFields: a table with a mistake classifies nothing.
func TestReadFields(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"a class that there is not": "A\n  public  name\n",
		"a field twice":             "A\n  direct  name\n  quasi  name\n",
		"all of a shown type":       "A\n  quasi  *\n",
	} {
		if known, err := readFields(text); err == nil {
			t.Errorf("%s is read: %v", name, known)
		}
	}
}
