package fhir

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"
)

// What the systems of the demo do not say, and what policy can hold back: each rendering
// is as FHIR R4 demands and says no more than the graph did.
func TestRenderingOfStatements(t *testing.T) {
	t.Parallel()
	const absent = `{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]}`
	for name, c := range map[string]struct {
		kind  *kind
		entry string
		// want are parts of the JSON, not what must not be in it; "" in nothing: rendered as nothing.
		want, not []string
		nothing   bool
	}{
		"nothing given, request":   {kind: medicationRequest(), entry: `{"kind":"REPEAT"}`, want: []string{`"status":"unknown"`, `"intent":"order"`, `"medicationCodeableConcept":` + absent}, not: []string{"note", "authoredOn", "dosageInstruction", "dispenseRequest", `""`, "null"}},
		"nothing given, statement": {kind: medicationStatement(), entry: `{}`, want: []string{`"status":"unknown"`, `"medicationCodeableConcept":` + absent}, not: []string{"note", "effective", "dosage", "intent"}},
		"nothing given, condition": {kind: condition(), entry: `{}`, want: []string{`"subject"`}, not: []string{"Status", "note", "code"}},
		"nothing given, procedure": {kind: procedure(), entry: `{}`, want: []string{`"status":"unknown"`}, not: []string{"performed", "note"}},
		"nothing given, vaccine":   {kind: immunization(), entry: `{}`, want: []string{`"_status":` + absent, `"vaccineCode":` + absent, `"_occurrenceDateTime":` + absent}, not: []string{"protocolApplied"}},
		"nothing given, flag":      {kind: flag(), entry: `{}`, want: []string{`"_status":` + absent, `"code":` + absent}, not: []string{"period", "text"}},
		"nothing given, consent":   {kind: consent(), entry: `{}`, want: []string{`"_status":` + absent, `"scope":` + absent, `"category":[` + absent + `]`, `"policyRule":` + absent}, not: []string{"provision", "dateTime"}},

		"a request is no statement":             {kind: medicationStatement(), entry: `{"kind":"ACUTE"}`, nothing: true},
		"a statement is no request":             {kind: medicationRequest(), entry: `{"kind":"STATEMENT"}`, nothing: true},
		"a kind held back is lost nowhere":      {kind: medicationRequest(), entry: `{}`, nothing: true},
		"handed over is not taken":              {kind: medicationStatement(), entry: `{"kind":"DISPENSE","status":"completed"}`, nothing: true},
		"handed over is not ordered":            {kind: medicationRequest(), entry: `{"kind":"DISPENSE"}`, nothing: true},
		"a device is no medicine":               {kind: medicationStatement(), entry: `{"kind":"DEVICE"}`, nothing: true},
		"a prohibition":                         {kind: medicationRequest(), entry: `{"kind":"PRESCRIPTION","status":"do-not-perform"}`, want: []string{`"doNotPerform":true`, `"status":"unknown"`}},
		"a prohibition whose kind is held back": {kind: medicationRequest(), entry: `{"status":"do-not-perform"}`, want: []string{`"doNotPerform":true`}},
		"and no statement":                      {kind: medicationStatement(), entry: `{"status":"do-not-perform"}`, nothing: true},
		"repeat":                                {kind: medicationRequest(), entry: `{"kind":"REPEAT","lastIssued":"2026-01-02","form":{"text":"tablet"}}`, want: []string{`"code":"continuous"`, "Last issued: 2026-01-02", "Form: tablet"}},
		"acute, and for how long": {kind: medicationRequest(), entry: `{"kind":"ACUTE","period":{"start":"2026-01-02","end":"2026-01-07"},"quantity":{"value":"10.0","unit":"tablet"}}`,
			want: []string{`"code":"acute"`, `"boundsPeriod":{"end":"2026-01-07","start":"2026-01-02"}`, `"value":10.0`}, not: []string{"validityPeriod"}},
		"an order not dated is found by its start": {kind: medicationRequest(), entry: `{"kind":"PRESCRIPTION","date":"2024-06-13"}`, want: []string{`"authoredOn":"2024-06-13"`}},
		"a status of another type":                 {kind: medicationRequest(), entry: `{"kind":"REPEAT","status":"not-taken"}`, want: []string{`"status":"unknown"`, "Status at the source: not-taken"}},
		"not taken":                                {kind: medicationStatement(), entry: `{"kind":"STATEMENT","status":"not-taken"}`, want: []string{`"status":"not-taken"`}, not: []string{"note"}},
		"asserted is not taken from":               {kind: medicationStatement(), entry: `{"kind":"STATEMENT","date":"2026-01-02","recorded":"2026-01-02"}`, want: []string{`"dateAsserted":"2026-01-02"`}, not: []string{"effective"}},
		"last issue date": {kind: medicationStatement(), entry: `{"lastIssued":"2026-01-02"}`,
			want: []string{`"url":"https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-MedicationStatementLastIssueDate","valueDateTime":"2026-01-02"`}},

		"resolved":                   {kind: condition(), entry: `{"clinicalStatus":"resolved","ended":"2026-01-02"}`, want: []string{`"abatementDateTime":"2026-01-02"`}, not: []string{"note"}},
		"ended, but active (con-4)":  {kind: condition(), entry: `{"clinicalStatus":"active","ended":"2026-01-02"}`, want: []string{"Ended: 2026-01-02"}, not: []string{"abatement"}},
		"ended, its status withheld": {kind: condition(), entry: `{"ended":"2026-01-02"}`, want: []string{"Ended: 2026-01-02"}, not: []string{"abatement", "clinicalStatus"}},
		"entered in error (con-5)":   {kind: condition(), entry: `{"clinicalStatus":"active","verification":"entered-in-error"}`, want: []string{`"code":"entered-in-error"`}, not: []string{"clinicalStatus"}},
		"suspected":                  {kind: condition(), entry: `{"verification":"suspected"}`, want: []string{"Verification at the source: suspected"}, not: []string{"verificationStatus"}},
		"major, with a note":         {kind: condition(), entry: `{"significance":"major","note":"Since birth"}`, want: []string{`"note":[{"text":"Since birth"},{"text":"Significance: major"}]`}},
		"recorded is no onset":       {kind: condition(), entry: `{"date":"2026-01-02","recorded":"2026-01-02"}`, want: []string{`"recordedDate"`}, not: []string{"onset"}},

		"done once":           {kind: procedure(), entry: `{"status":"completed","performed":{"start":"2026-01-02"}}`, want: []string{`"performedDateTime":"2026-01-02"`}},
		"going on":            {kind: procedure(), entry: `{"status":"in-progress","performed":{"start":"2026-01-02"}}`, want: []string{`"performedPeriod":{"start":"2026-01-02"}`}},
		"only its end":        {kind: procedure(), entry: `{"status":"completed","performed":{"end":"2026-01-02"}}`, want: []string{`"performedPeriod":{"end":"2026-01-02"}`}},
		"not done":            {kind: procedure(), entry: `{"status":"not-done"}`, want: []string{`"status":"not-done"`}},
		"a status of its own": {kind: procedure(), entry: `{"status":"Awaiting list"}`, want: []string{`"status":"unknown"`, "Status at the source: Awaiting list"}},

		"not given":            {kind: immunization(), entry: `{"status":"not-done","reason":{"text":"Declined"}}`, want: []string{`"statusReason":{"text":"Declined"}`}, not: []string{"reasonCode"}},
		"given":                {kind: immunization(), entry: `{"status":"completed","reason":{"text":"Travel"}}`, want: []string{`"reasonCode":[{"text":"Travel"}]`}, not: []string{"statusReason"}},
		"given or not unknown": {kind: immunization(), entry: `{"reason":{"text":"Travel"}}`, want: []string{"Reason: Travel"}, not: []string{"statusReason", "reasonCode"}},
		"second dose":          {kind: immunization(), entry: `{"dose":"2"}`, want: []string{`"doseNumberPositiveInt":2`}},
		"dose in words":        {kind: immunization(), entry: `{"dose":"1st booster"}`, want: []string{`"doseNumberString":"1st booster"`}},
		"no positive dose":     {kind: immunization(), entry: `{"dose":"0"}`, want: []string{`"doseNumberString":"0"`}},
		"dose not as JSON":     {kind: immunization(), entry: `{"dose":"+1"}`, want: []string{`"doseNumberString":"+1"`}},
		"disease without dose": {kind: immunization(), entry: `{"disease":{"text":"Influenza"}}`, want: []string{`"_doseNumberString":` + absent}},

		"an alert's words":    {kind: flag(), entry: `{"code":{"codings":[{"code":"A"}]},"note":"<script>1 & 2</script>\u0000"}`, want: []string{"<p>A</p><p>&lt;script&gt;1 &amp; 2&lt;/script&gt;\uFFFD</p>", `"status":"additional"`}},
		"an alert's status":   {kind: flag(), entry: `{"status":"On hold"}`, want: []string{"<p>Status at the source: On hold</p>", `"_status"`}},
		"deny, for some time": {kind: consent(), entry: `{"decision":"deny","period":{"start":"2026-01-02"}}`, want: []string{`"provision":{"period":{"start":"2026-01-02"},"type":"deny"}`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var e node
			if err := json.Unmarshal([]byte(c.entry), &e); err != nil {
				t.Fatal(err)
			}
			o := c.kind.parts[0].render(&about{patient: "p"}, e)
			if c.nothing != (o == nil) {
				t.Fatalf("rendered as %v", o)
			}
			if c.nothing {
				return
			}
			text := written(t, o)
			for _, s := range c.want {
				if !strings.Contains(text, s) {
					t.Errorf("%s is not in %s", s, text)
				}
			}
			for _, s := range c.not {
				if strings.Contains(strings.ReplaceAll(text, "data-absent-reason", ""), s) {
					t.Errorf("%s is in %s", s, text)
				}
			}
			o["resourceType"] = c.kind.name
			if _, err := asXML(o); err != nil {
				t.Error(err)
			}
			if n, ok := o["text"].(object); ok {
				var div struct{}
				if err := xml.Unmarshal([]byte(n["div"].(string)), &div); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// written is a resource as it leaves.
func written(t *testing.T, o object) string {
	t.Helper()
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
