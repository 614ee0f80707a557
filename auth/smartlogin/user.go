package smartlogin

import (
	"context"
	"slices"
	"strings"
)

// mostReference is how long a fhirUser may be, in bytes.
const mostReference = 1 << 10

// user is who the EPR says is at work, as a reference.
type user struct{ kind, id string }

// user reads fhirUser (SMART App Launch §3.0.4): an address at the EPR, or relative to it. The
// stanza asks for it unless its scopes leave it out. A patient is nobody who works there.
func (e *EPR) user(claims map[string]any) (user, error) {
	raw, given := claims["fhirUser"]
	wanted := slices.Contains(e.Scopes, "fhirUser")
	switch {
	case !given && !wanted:
		return user{}, nil
	case !given:
		return user{}, Refuse(CodeAnswer, "the ID token has no fhirUser: let the EPR grant that scope, or leave it out of scopes")
	}
	text, _ := raw.(string)
	text = strings.TrimPrefix(text, strings.TrimSuffix(e.Iss, "/")+"/")
	kind, id, ok := strings.Cut(text, "/")
	if len(text) > mostReference || !ok || !goodID(id) {
		return user{}, Refuse(CodeAnswer, "the ID token's fhirUser is no reference to a person at this EPR")
	}
	switch kind {
	case "Practitioner", "PractitionerRole", "Person":
		return user{kind, id}, nil
	case "Patient", "RelatedPerson":
		return user{}, Refuse(CodeDeclined, "the EPR's user is a patient or somebody's relative (fhirUser), who has no work here")
	}
	return user{}, Refuse(CodeAnswer, "the ID token's fhirUser is no reference to a person at this EPR")
}

// readPractitioner reads the user's own record, for the mapping.
func (e *EPR) readPractitioner(ctx context.Context, access string, u user) (map[string]any, error) {
	if u.kind != "Practitioner" {
		return nil, Refuse(CodeAnswer, "the ID token's fhirUser is no Practitioner, which `practitioner: true` reads")
	}
	p, err := e.readOne(ctx, access, u.kind, u.id)
	for _, bulky := range []string{"text", "photo", "contained"} {
		delete(p, bulky)
	}
	return p, err
}
