package smartlogin

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

const (
	thePatient = "the EPR's Patient"
	fhirJSON   = "application/fhir+json"
)

// readPatient reads whom the EPR has at hand from its own record.
func (e *EPR) readPatient(ctx context.Context, access, id string, l *Launched) error {
	p, err := e.readOne(ctx, access, "Patient", id)
	if err != nil {
		return err
	}
	if replaced(p) {
		return Refuse(CodePatient, thePatient+" was merged into another: open the other in the EPR")
	}
	if l.NHSNumber, err = e.nhsNumber(p, e.env.Now()); err != nil {
		return err
	}
	if l.BirthDate, err = birthDate(p); err != nil {
		return err
	}
	l.Family = familyName(p)
	return nil
}

// readOne reads a resource of the EPR, and nothing but the one that was asked for.
func (e *EPR) readOne(ctx context.Context, access, kind, id string) (map[string]any, error) {
	what := "the EPR's " + kind
	p, status, err := e.client.Read(ctx, e.fhir(kind, id), access, fhirJSON, what)
	switch {
	case err != nil:
		return nil, err
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return nil, Refuse(CodePatient, fmt.Sprintf("%s may not be read (status %d): the EPR must grant the scope that reads it", what, status))
	case status >= 500 || status == http.StatusTooManyRequests:
		return nil, Refuse(CodeDown, fmt.Sprintf("%s: the EPR answered with status %d", what, status))
	case p == nil:
		return nil, Refuse(CodePatient, fmt.Sprintf("%s cannot be read: the EPR answered with status %d", what, status))
	case p["resourceType"] != any(kind):
		return nil, Refuse(CodePatient, what+" is something else: its resourceType is another")
	case p["id"] != any(id):
		return nil, Refuse(CodePatient, what+" is somebody else: its id is not the one that was asked for")
	}
	return p, nil
}

// replaced reports whether the EPR itself says that another record stands for this one (R4
// §8.1.11.3).
func replaced(p map[string]any) bool {
	return slices.ContainsFunc(objects(p["link"]), func(l map[string]any) bool { return l["type"] == any("replaced-by") })
}

// nhsNumber takes the one NHS number in use. Two that differ are refused, as is one that the
// EPR itself has not verified: either could be another person's.
func (e *EPR) nhsNumber(p map[string]any, now time.Time) (record.NHSNumber, error) {
	var found record.NHSNumber
	unverified := false
	for _, i := range objects(p["identifier"]) {
		if i["system"] != any(e.NHSNumberSystem) || !current(i, now) {
			continue
		}
		value, _ := i["value"].(string)
		n, err := record.ParseNHSNumber(value)
		switch {
		case err != nil:
			return "", Refuse(CodeNoNumber, thePatient+" has an NHS number that is none: "+err.Error())
		case found != "" && found != n:
			return "", Refuse(CodeNoNumber, thePatient+" has two NHS numbers that differ")
		}
		found = n
		unverified = unverified || !verified(i)
	}
	switch {
	case found == "":
		return "", Refuse(CodeNoNumber, thePatient+" has no NHS number in use (nhs_number_system)")
	case unverified:
		return "", Refuse(CodeUnverified, thePatient+"'s NHS number is not verified, as the EPR itself says")
	}
	return found, nil
}

// current reports whether an identifier is in use: official or usual, and not ended.
func current(i map[string]any, now time.Time) bool {
	if use, _ := i["use"].(string); use != "" && use != "official" && use != "usual" {
		return false
	}
	period, _ := i["period"].(map[string]any)
	end, _ := period["end"].(string)
	d, err := record.ParseDate(end)
	t, known := d.Time()
	return err == nil && (!known || t.AddDate(0, 0, 1).After(now))
}

// verified reports whether an identifier's verification status, if it has one, is that it was
// verified (UK Core NHSNumberVerificationStatus).
func verified(i map[string]any) bool {
	for _, x := range objects(i["extension"]) {
		if url, _ := x["url"].(string); !strings.HasSuffix(url, "NHSNumberVerificationStatus") {
			continue
		}
		concept, _ := x["valueCodeableConcept"].(map[string]any)
		if !slices.ContainsFunc(objects(concept["coding"]), func(c map[string]any) bool {
			return c["code"] == any("01") || c["code"] == any("number-present-and-verified")
		}) {
			return false
		}
	}
	return true
}

// birthDate needs a whole day: with less, two people are not told apart.
func birthDate(p map[string]any) (record.Date, error) {
	text, _ := p["birthDate"].(string)
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return "", Refuse(CodeNoBirthDate, thePatient+" has no birth date, or not to the day")
	}
	return record.Date(text), nil
}

// familyName is that of the name in use; "" if there is none.
func familyName(p map[string]any) string {
	rank := map[string]int{"usual": 4, "official": 3, "": 2}
	best, family := 0, ""
	for _, n := range objects(p["name"]) {
		use, _ := n["use"].(string)
		if text, _ := n["family"].(string); text != "" && rank[use] > best {
			best, family = rank[use], text
		}
	}
	return family
}

// objects are the objects of a list; what is something else is left out.
func objects(list any) (all []map[string]any) {
	items, _ := list.([]any)
	for _, item := range items {
		if object, ok := item.(map[string]any); ok {
			all = append(all, object)
		}
	}
	return all
}
