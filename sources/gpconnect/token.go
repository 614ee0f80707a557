package gpconnect

import (
	"encoding/base64"
	"encoding/json"
	"time"
)

// tokenLife is what the standard demands between iat and exp.
const tokenLife = 5 * time.Minute

// token is the bearer token of one request: a JWT that nobody signed (GP Connect,
// "Cross-organisation audit and provenance"). It says who asks, and proves nothing; the
// practice trusts the certificate of the connection. It is never accepted from anybody.
func (s *source) token() string {
	now := s.env.Now()
	q := s.Requester
	claims := object{
		"iss": q.System, "sub": q.UserID, "aud": s.URL,
		"iat": now.Unix(), "exp": now.Add(tokenLife).Unix(),
		"reason_for_request": "directcare", "requested_scope": "patient/*.read",
		"requesting_device": object{"resourceType": "Device", "model": "Patchwork", "version": "1",
			"identifier": list{object{"system": q.System + "/Id/device", "value": q.Device}}},
		"requesting_organization": object{"resourceType": "Organization", "name": q.OrganisationName,
			"identifier": list{object{"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": q.Organisation}}},
		"requesting_practitioner": object{"resourceType": "Practitioner", "id": q.UserID,
			"identifier": list{
				object{"system": "https://fhir.nhs.uk/Id/sds-user-id", "value": q.UserID},
				object{"system": "https://fhir.nhs.uk/Id/sds-role-profile-id", "value": q.RoleID},
				object{"system": q.System + "/Id/user", "value": q.UserID}},
			"name": list{object{"family": q.Family, "given": list{q.Given}}}},
	}
	return "Bearer " + segment(object{"alg": "none", "typ": "JWT"}) + "." + segment(claims) + "."
}

func segment(o object) string {
	text, _ := json.Marshal(o) // of strings and numbers only
	return base64.RawURLEncoding.EncodeToString(text)
}
