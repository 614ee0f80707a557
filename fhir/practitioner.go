package fhir

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
)

// professionalSystems are the identifier systems of professional numbers by kind
// (auth.Session.Identifiers): UK Core, and the NHS's own for the national user id.
var professionalSystems = map[string]string{
	"gmc":  "https://fhir.hl7.org.uk/Id/gmc-number",
	"gphc": "https://fhir.hl7.org.uk/Id/gphc-number",
	"hcpc": "https://fhir.hl7.org.uk/Id/hcpc-number",
	"nmc":  "https://fhir.hl7.org.uk/Id/nmc-number",
	"sds":  "https://fhir.nhs.uk/Id/sds-user-id",
}

// practitionerRequest answers for the caller as a Practitioner; nobody else is one here. id
// is "" for a search.
func (s *Server) practitionerRequest(w http.ResponseWriter, r *http.Request, id string, form url.Values) {
	session := auth.SessionFrom(r.Context())
	if !permitted(r.Context(), "Practitioner", "fhirUser") {
		s.refuse(w, r, http.StatusForbidden, "forbidden", "Who the user is is not among what this application may read")
		return
	}
	self := practitioner(session)
	if id != "" {
		s.oneOf(w, r, found{resources: []object{self}}, id)
		return
	}
	q := query{count: defaultCount, form: url.Values{}}
	var f found
	fits := true
	for name, values := range form {
		if handled, problem := q.paging(name, values); problem != "" {
			s.refuse(w, r, http.StatusBadRequest, "invalid", problem)
			return
		} else if handled {
			continue
		}
		wanted := strings.Split(strings.Join(values, ","), ",")
		switch name {
		case "_id":
			fits = fits && slices.Contains(wanted, self["id"].(string))
		case "identifier":
			fits = fits && slices.ContainsFunc(wanted, func(token string) bool { return identified(self, token) })
		default:
			q.ignore(name)
			continue
		}
		q.form[name] = values
	}
	if fits {
		f.resources = []object{self}
	}
	s.reply(w, r, http.StatusOK, s.page(r, "Practitioner", q, f))
}

// practitioner renders the caller: FHIR R4 Practitioner.
func practitioner(u *auth.Session) object {
	o := object{"resourceType": "Practitioner", "id": auth.PublicSubject(u.Issuer, u.Subject), "active": true}
	var identifiers []object
	for _, kind := range []string{"gmc", "nmc", "gphc", "hcpc", "sds"} {
		if number := u.Identifiers[kind]; number != "" {
			identifiers = append(identifiers, object{"system": professionalSystems[kind], "value": number})
		}
	}
	o.set("identifier", identifiers)
	if u.Name != "" {
		o["name"] = []object{{"text": u.Name}}
	}
	return o.set("meta", object{"profile": []string{ukCore + "Practitioner"}})
}

// identified reports whether an identifier is the token system|value, value, |value or system|.
func identified(o object, token string) bool {
	system, value, both := strings.Cut(token, "|")
	list, _ := o["identifier"].([]object)
	return slices.ContainsFunc(list, func(i object) bool {
		if !both {
			return i["value"] == token
		}
		return i["system"] == system && (value == "" || i["value"] == value)
	})
}
