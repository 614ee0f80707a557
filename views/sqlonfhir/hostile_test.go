package sqlonfhir

import (
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
)

func column(path string) string {
	text, _ := json.Marshal(path)
	return `{"resource":"Patient","select":[{"column":[{"name":"v","path":` + string(text) + `}]}]}`
}

// TestDefinitionErrors: what is wrong is said, and where.
func TestDefinitionErrors(t *testing.T) {
	t.Parallel()
	const id = `{"name":"id","path":"id"}`
	for name, c := range map[string]struct{ view, path, reason string }{
		"no JSON":           {`{`, "", "not JSON"},
		"wrong kind":        {`{"resource":"Patient","select":[{"forEach":1}]}`, "select.forEach", "number"},
		"no resource":       {`{"select":[{"column":[` + id + `]}]}`, "resource", "not said"},
		"no select":         {`{"resource":"Patient"}`, "select", "none"},
		"no column":         {`{"resource":"Patient","select":[{}]}`, "select", "no column"},
		"unknown function":  {column("name.trace('x')"), "select[0].column[0].path", "no function trace()"},
		"arguments":         {column("name.where()"), "select[0].column[0].path", "0 arguments"},
		"unknown constant":  {column("%nobody"), "select[0].column[0].path", "no constant"},
		"unfinished":        {column("name.where(use = 'official'"), "select[0].column[0].path", "too early"},
		"empty path":        {column(""), "select[0].column[0].path", "too early"},
		"depth bomb":        {column(strings.Repeat("(", 5000) + "id"), "select[0].column[0].path", "deeper"},
		"minus bomb":        {column(strings.Repeat("-", 10000) + "1"), "select[0].column[0].path", "deeper"},
		"index bomb":        {column(strings.Repeat("a[", 5000)), "select[0].column[0].path", "deeper"},
		"chain bomb":        {column("a" + strings.Repeat(".a", 5000)), "select[0].column[0].path", "in a row"},
		"plus bomb":         {column("1" + strings.Repeat("+1", 5000)), "select[0].column[0].path", "in a row"},
		"a megabyte":        {column(strings.Repeat("a", 1<<20)), "select[0].column[0].path", "longer"},
		"duplicate columns": {`{"resource":"Patient","select":[{"column":[` + id + `]},{"column":[` + id + `]}]}`, "select", `"id"`},
		"unions differ": {`{"resource":"Patient","select":[{"unionAll":[{"column":[` + id + `]},{"column":[{"name":"b","path":"id"}]}]}]}`,
			"select[0].unionAll[1]", "first branch"},
		"constant without value":   {`{"resource":"Patient","constant":[{"name":"a"}],"select":[{"column":[` + id + `]}]}`, "constant[0]", "no value"},
		"constant of two values":   {`{"resource":"Patient","constant":[{"name":"a","valueCode":"b","valueString":"b"}],"select":[{"column":[` + id + `]}]}`, "constant[0]", "more than one"},
		"constant of wrong type":   {`{"resource":"Patient","constant":[{"name":"a","valueInteger":"b"}],"select":[{"column":[` + id + `]}]}`, "constant[0].valueInteger", "not a integer"},
		"column of no primitive":   {`{"resource":"Patient","select":[{"column":[{"name":"id","path":"id","type":"HumanName"}]}]}`, "select[0].column[0].type", "primitive"},
		"name that is SQL":         {`{"resource":"Patient","select":[{"column":[{"name":"a; drop","path":"id"}]}]}`, "select[0].column[0].name", "letters"},
		"two ways":                 {`{"resource":"Patient","select":[{"forEach":"name","repeat":["name"],"column":[` + id + `]}]}`, "select[0]", "exclude"},
		"31 February":              {column("birthDate < @2019-02-31"), "select[0].column[0].path", "not a date"},
		"29 February":              {column("birthDate < @2019-02-29T10:00:00Z"), "select[0].column[0].path", "not a date"},
		"constant of no day":       {`{"resource":"Patient","constant":[{"name":"a","valueDate":"2020-02-31"}],"select":[{"column":[` + id + `]}]}`, "constant[0].valueDate", "not a date"},
		"constant of no time":      {`{"resource":"Patient","constant":[{"name":"a","valueTime":"2020-02-01"}],"select":[{"column":[` + id + `]}]}`, "constant[0].valueTime", "not a time"},
		"misspelt where":           {`{"resource":"Patient","were":[{"path":"active"}],"select":[{"column":[` + id + `]}]}`, "were", `"where"`},
		"capital":                  {`{"resource":"Patient","Where":[{"path":"active"}],"select":[{"column":[` + id + `]}]}`, "Where", `"where"`},
		"inner":                    {`{"resource":"Patient","select":[{"column":[` + id + `],"select":[{"forEachOrNul":"name","column":[` + id + `]}]}]}`, "select[0].select[0].forEachOrNul", `"forEachOrNull"`},
		"of a column":              {`{"resource":"Patient","select":[{"column":[` + id + `,{"name":"b","path":"id","colection":true}]}]}`, "select[0].column[1].colection", `"collection"`},
		"of a union":               {`{"resource":"Patient","select":[{"unionAll":[{"columns":[` + id + `]}]}]}`, "select[0].unionAll[0].columns", `"column"`},
		"of a where":               {`{"resource":"Patient","where":[{"pth":"active"}],"select":[{"column":[` + id + `]}]}`, "where[0].pth", `"path"`},
		"of a constant":            {`{"resource":"Patient","constant":[{"nam":"a"}],"select":[{"column":[` + id + `]}]}`, "constant[0].nam", `"name"`},
		"near to nothing":          {`{"resource":"Patient","filter":[],"select":[{"column":[` + id + `]}]}`, "filter", "no such element here"},
		"where in the wrong place": {`{"resource":"Patient","select":[{"column":[` + id + `],"where":[{"path":"active"}]}]}`, "select[0].where", "no such element"},
		"where twice":              {`{"resource":"Patient","where":[{"path":"active"}],"where":[],"select":[{"column":[` + id + `]}]}`, "where", "twice"},
		"modifier":                 {`{"resource":"Patient","modifierExtension":[{"url":"x"}],"select":[{"column":[` + id + `]}]}`, "modifierExtension", "changes the meaning"},
		"another resource":         {`{"resourceType":"Patient","resource":"Patient","select":[{"column":[` + id + `]}]}`, "resourceType", "no ViewDefinition"},
		"an endless name":          {`{"resource":"Patient","` + strings.Repeat("x", 1<<20) + `":1,"select":[{"column":[` + id + `]}]}`, "xxx", "no such element"},
		"select bomb":              {`{"resource":"Patient","select":[` + strings.Repeat(`{"select":[`, 500) + strings.Repeat(`]}`, 500) + `]}`, "select[0].select[0]", "deeper"},
	} {
		_, err := Compile([]byte(c.view))
		var wrong *DefinitionError
		if !errors.As(err, &wrong) {
			t.Errorf("%s: got %v", name, err)
			continue
		}
		if !strings.HasPrefix(wrong.Path, c.path) || !strings.Contains(wrong.Reason, c.reason) {
			t.Errorf("%s: got %.200q: %.200q", name, wrong.Path, wrong.Reason)
		}
	}
}

const person = `{"resourceType":"Patient","id":"p","birthDate":"1970-06-01","multipleBirthInteger":2,
"name":[{"family":"Secret","given":["A","B"]},{"family":"Other"}],
"deceasedDateTime":"2020-02-31","link":[{"other":{"reference":"Patient/q/_history/3"}},{"other":{"reference":"urn:uuid:0b1a"}},
{"other":{"reference":"#q","type":"Patient"}},{"other":{"reference":"Patient?identifier=1"}},{"other":{"reference":"Patient/1#x"}}],
"managingOrganization":{"reference":"http://there/Organization/o/_history/2"},
"extension":[{"url":"weight","valueDecimal":1.50},{"url":"huge","valueDecimal":1e999999999}],
"_gender":{"extension":[{"url":"absent","valueCode":"unknown"}]}}`

// TestValues: what an expression is of one resource; an error quotes nothing of it.
func TestValues(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"extension('weight').value":                         `1.50`,
		"extension('weight').value + 1":                     `2.50`,
		"1 / 3":                                             `0.33333333`,
		"1 / 0":                                             `null`,
		"7 div 2 + 7 mod 2":                                 `4`,
		"-extension('weight').value":                        `-1.50`,
		"extension('huge').value + 1":                       `error`,
		"birthDate < @1970-07":                              `true`,
		"birthDate = @1970":                                 `null`,
		"multipleBirth.ofType(integer)":                     `2`,
		"multipleBirth.ofType(boolean)":                     `null`,
		"gender.extension('absent').value":                  `"unknown"`,
		"gender":                                            `null`,
		"managingOrganization.getReferenceKey()":            `null`,
		"managingOrganization.getReferenceKey(Patient)":     `null`,
		"managingOrganization.reference":                    `"http://there/Organization/o/_history/2"`,
		"link[0].other.getReferenceKey()":                   `"Patient/q"`,
		"link[0].other.getReferenceKey(Patient)":            `"Patient/q"`,
		"link[0].other.getReferenceKey(Group)":              `null`,
		"link[1].other.getReferenceKey()":                   `null`,
		"link[2].other.getReferenceKey()":                   `null`,
		"link[3].other.getReferenceKey()":                   `null`,
		"link[4].other.getReferenceKey()":                   `null`,
		"@2020-01-01T10:00Z < @2020-01-01T10:01:00Z":        `true`,
		"@2020-01-01T10:00Z < @2020-01-01T10:00:30Z":        `null`,
		"@2020-01-01T10:00Z = @2020-01-01T10:00:00Z":        `null`,
		"@2020-01-01T10:00Z > @2020-01-01T09:59:59.999Z":    `true`,
		"@2020-01-01T10:00Z = @2020-01-01T11:00+01:00":      `true`,
		"@2020-01-01T10:00Z = @2020-01-02T10:00:00Z":        `false`,
		"@2020-01-01T10Z < @2020-01-01T11:00Z":              `true`,
		"@2020-01-01T10Z < @2020-01-01T12:00+01:00":         `true`,
		"@2020-01-01T10Z < @2020-01-01T10:59Z":              `null`,
		"@2020-01-01T10:00:00Z < @2020-01-01T10:00:00.001Z": `true`,
		"@2020-01-01T10:00:00Z = @2020-01-01T10:00:00.000Z": `true`,
		"@2020-01-01 < @2020-01-01T10:00:00Z":               `null`,
		"@2020-01-01 < @2020-01-02T10:00:00Z":               `true`,
		"deceased < @2020-03-01":                            `null`,
		"deceased = @2020-03-01":                            `null`,
		"deceased.exists() and deceased >= @2020-01-01":     `null`,
		"deceased":                                           `"2020-02-31"`,
		"deceased.lowBoundary()":                             `error`,
		"@2020-02-29 < @2020-03-01":                          `true`,
		"getResourceKey()":                                   `"Patient/p"`,
		"name.family":                                        `error`,
		"name":                                               `error`,
		"name.first()":                                       `error`,
		"name.where(family)":                                 `error`,
		"name.where(family = 'Other').family":                `"Other"`,
		"name.exists(family = 'Other') and {}":               `null`,
		"false and {}":                                       `false`,
		"Patient.name[1].family & 'x'":                       `"Otherx"`,
		"'a' in name.given":                                  `false`,
		"(name.given | name.given).count()":                  `2`,
		"iif(birthDate.exists(), 'born', 'not')":             `"born"`,
		"name.select(given).first() = 'A'":                   `true`,
		"@2020-01-01T10:00:00Z = @2020-01-01T11:00:00+01:00": `true`,
	} {
		_, rows, err := runText(t, json.RawMessage(column(path)), []json.RawMessage{json.RawMessage(person)})
		got := "error"
		if err == nil && len(rows) == 1 {
			text, _ := json.Marshal(rows[0][0])
			got = string(text)
		}
		if got != want {
			t.Errorf("%s: got %s (%v), want %s", path, got, err, want)
		}
		if err != nil && (strings.Contains(err.Error(), "Secret") || strings.Contains(err.Error(), "1970")) {
			t.Errorf("%s: the error quotes the resource: %v", path, err)
		}
	}
}

// TestWorkIsBounded: a short definition may not multiply a resource by itself for ever.
func TestWorkIsBounded(t *testing.T) {
	t.Parallel()
	resource := `{"resourceType":"Patient","a":[` + strings.TrimSuffix(strings.Repeat("1,", 100), ",") + `]}`
	view := `{"resource":"Patient","select":[{"column":[{"name":"v","path":"a` + strings.Repeat(".select(%resource.a)", 20) + `.count()"}]}]}`
	_, _, err := runText(t, json.RawMessage(view), []json.RawMessage{json.RawMessage(resource)})
	var row *RowError
	if !errors.As(err, &row) || row.Path != "select[0].column[0].path" {
		t.Fatalf("got %v", err)
	}
}

// TestManyRunOneView: a compiled view is shared.
func TestManyRunOneView(t *testing.T) {
	t.Parallel()
	v, err := Compile([]byte(`{"resource":"Patient","select":[{"forEach":"name","column":[{"name":"v","path":"family"}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 100 {
				value, _ := readValue([]byte(person))
				resource, _ := value.(map[string]any)
				rows := 0
				for row, err := range v.Rows(resource) {
					if err != nil || len(row) != 1 {
						t.Errorf("got %v %v", row, err)
					}
					rows++
				}
				if rows != 2 {
					t.Errorf("got %d rows", rows)
				}
			}
		})
	}
	wait.Wait()
}

// FuzzView: no definition and no resource may end the server.
func FuzzView(f *testing.F) {
	for _, path := range []string{"name.where(family = 'a').exists()", "birthDate.lowBoundary()", "1 / 3", "%resource.id", "name[0].given.join(',')", "@T10:00.highBoundary()"} {
		f.Add(column(path), person)
		f.Add(path, person)
	}
	f.Add(`{"resource":"Patient","select":[{"repeat":["name","given"],"unionAll":[{"column":[{"name":"v","path":"%rowIndex"}]}]}]}`, person)
	f.Fuzz(func(_ *testing.T, view, text string) {
		value, _ := readValue([]byte(text))
		resource, _ := value.(map[string]any)
		for _, definition := range []string{view, column(view)} {
			v, err := Compile([]byte(definition))
			if err != nil {
				continue
			}
			for _, err := range v.Rows(resource) {
				if err != nil {
					break
				}
			}
		}
	})
}
