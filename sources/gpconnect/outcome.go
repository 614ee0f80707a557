package gpconnect

import (
	"net/http"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirversion"
)

// The errors that the standard names (GP Connect, "Error handling guidance") and that
// say more than their status.
const (
	noConsent     = "NO_PATIENT_CONSENT"
	notFound      = "PATIENT_NOT_FOUND"
	noRelation    = "NO_RELATIONSHIP"
	badNumber     = "INVALID_NHS_NUMBER"
	badDemography = "INVALID_PATIENT_DEMOGRAPHICS"
)

// errNotThere: the practice does not have the person, which is not a fault.
var errNotThere = &sources.Error{Kind: sources.Refused, Code: "not-registered", Reason: "It does not know the person"}

// usable says whether the answer is a record; the error says why it is none. It is
// errNotThere where the practice does not have the person: only the practice's own word
// counts for that, because an address that is wrong answers 404 as well (hazard H-02).
func (r *response) usable() error {
	err := r.failure()
	if err == nil || !r.json || len(r.body) == 0 {
		return err
	}
	o, problem := fhirversion.Decode(r.body)
	if problem != nil || o.Text("resourceType") != "OperationOutcome" {
		return err
	}
	if said := meaning(o, r.status); said != nil {
		return said
	}
	return err
}

// meaning reads an error report; nil where its status says as much.
func meaning(o *fhirversion.Node, status int) error {
	for _, issue := range o.Objects("issue") {
		for _, c := range issue.Object("details").Objects("coding") {
			switch c.Text("code") {
			case noConsent:
				// The reader is told that the person objected: nobody may go past it here.
				return &sources.Error{Kind: sources.Refused, Code: "consent",
					Reason: "The person has objected to the sharing of their GP record; nobody can override this here"}
			case notFound:
				if status == http.StatusNotFound {
					return errNotThere
				}
			case noRelation:
				return &sources.Error{Kind: sources.Refused, Code: "no-relationship",
					Reason: "It has no agreement with us that allows us to read"}
			case badNumber, badDemography:
				return &sources.Error{Kind: sources.Refused, Code: "invalid-demographics",
					Reason: "It does not answer about this NHS number: the number is not valid, verified or in use there"}
			}
		}
	}
	return nil
}
