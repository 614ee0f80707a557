package gpconnect

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Base is the path under which the structured record is offered.
const Base = "/Z99081/STU3/1/gpconnect/structured/fhir"

// The interactions that it serves.
const (
	structured = "urn:nhs:names:services:gpconnect:fhir:operation:gpc.getstructuredrecord-1"
	metadata   = "urn:nhs:names:services:gpconnect:structured:fhir:rest:read:metadata-1"
)

// Options say who is served.
type Options struct {
	// ASID is the system's own, which Ssp-To must be; "" takes any.
	ASID string
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// Server is the system.
type Server struct {
	Options
	records []*Record
	by      map[string]*Record
}

// New makes a system that holds records.
func New(records []Record, o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Server{Options: o, by: map[string]*Record{}}
	for i := range records {
		s.records = append(s.records, &records[i])
		s.by[records[i].Number] = &records[i]
	}
	return s
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.Serve(w, r, "") }

// Serve answers with a fault of the format, one of "wrong-patient", "mixed-patients",
// "duplicates" and "outcome-in-200"; "" is none.
func (s *Server) Serve(w http.ResponseWriter, r *http.Request, fault string) {
	path, ours := strings.CutPrefix(r.URL.Path, Base)
	want := map[string]string{"/metadata": metadata, "/Patient/$gpc.getstructuredrecord": structured}[path]
	switch {
	case !ours || want == "":
		http.NotFound(w, r)
	case path == "/metadata" && r.Method != http.MethodGet, path != "/metadata" && r.Method != http.MethodPost:
		fail(w, http.StatusMethodNotAllowed, "not-supported", "NOT_IMPLEMENTED", "Not implemented")
	default:
		if why := s.spine(r, want); why != "" {
			fail(w, http.StatusBadRequest, "invalid", "BAD_REQUEST", why)
			return
		}
		if path == "/metadata" {
			write(w, http.StatusOK, object{"resourceType": "CapabilityStatement", "status": "active", "fhirVersion": "3.0.1", "kind": "instance"})
			return
		}
		s.record(w, r, fault)
	}
}

// spine says what is wrong with the headers and the token, "" if nothing is.
func (s *Server) spine(r *http.Request, interaction string) string {
	for _, name := range []string{"Ssp-TraceID", "Ssp-From", "Ssp-To", "Ssp-InteractionID"} {
		if r.Header.Get(name) == "" {
			return "Missing header " + name
		}
	}
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	parts := strings.Split(token, ".")
	var head struct{ Alg, Typ string }
	var claims struct {
		Iss, Sub, Aud string
		Iat, Exp      int64
		Reason        string                        `json:"reason_for_request"`
		Scope         string                        `json:"requested_scope"`
		Device        struct{ ResourceType string } `json:"requesting_device"`
		Organisation  struct{ ResourceType string } `json:"requesting_organization"`
		Practitioner  struct {
			ResourceType, ID string
		} `json:"requesting_practitioner"`
	}
	now := s.Now().Unix()
	switch {
	case r.Header.Get("Ssp-InteractionID") != interaction:
		return "The interaction does not fit the request"
	case s.ASID != "" && r.Header.Get("Ssp-To") != s.ASID:
		return "Another system is meant"
	case !ok || len(parts) != 3 || parts[2] != "" || !segment(parts[0], &head) || !segment(parts[1], &claims):
		return "The JWT must be there, and unsigned"
	case head.Alg != "none" || head.Typ != "JWT":
		return "The JWT's head is not that of an unsigned one"
	case claims.Exp-claims.Iat != 300 || claims.Iat > now+60 || claims.Exp < now:
		return "The JWT must have been made now, for five minutes"
	case claims.Reason != "directcare" || claims.Scope != "patient/*.read":
		return "The JWT's reason or scope is not served"
	case claims.Iss == "" || claims.Sub == "" || !strings.HasSuffix(claims.Aud, Base):
		return "The JWT must say who asks whom"
	case claims.Device.ResourceType != "Device" || claims.Organisation.ResourceType != "Organization" || claims.Practitioner.ResourceType != "Practitioner",
		claims.Practitioner.ID != claims.Sub:
		return "The JWT must carry device, organisation and practitioner"
	}
	return ""
}

func segment(text string, into any) bool {
	plain, err := base64.RawURLEncoding.DecodeString(text)
	return err == nil && json.Unmarshal(plain, into) == nil
}

// record answers the operation.
func (s *Server) record(w http.ResponseWriter, r *http.Request, fault string) {
	q, why := parse(r)
	switch p := s.by[q.number]; {
	case fault == "outcome-in-200":
		write(w, http.StatusOK, outcome("error", "exception", "INTERNAL_SERVER_ERROR", "Unexpected internal server error"))
	case why != "":
		fail(w, http.StatusUnprocessableEntity, "invalid", "INVALID_PARAMETER", why)
	case !valid(q.number):
		fail(w, http.StatusBadRequest, "value", "INVALID_NHS_NUMBER", "Invalid NHS number")
	case p == nil:
		fail(w, http.StatusNotFound, "not-found", "PATIENT_NOT_FOUND", "Patient record not found")
	case p.Dissent:
		fail(w, http.StatusForbidden, "forbidden", "NO_PATIENT_CONSENT", "Patient has not provided consent to share data")
	default:
		write(w, http.StatusOK, s.confused(p, q, fault))
	}
}

// confused is the answer about p, or what a confused system gives for it.
func (s *Server) confused(p *Record, q asked, fault string) object {
	now := s.Now().Format(time.RFC3339)
	switch fault {
	case "wrong-patient":
		return s.other(p).bundle(q, now)
	case "mixed-patients":
		mine, theirs := p.bundle(q, now), s.other(p).bundle(q, now)
		for _, e := range theirs["entry"].(list) {
			if kind := e.(object)["resource"].(object)["resourceType"]; kind != "Patient" {
				mine["entry"] = append(mine["entry"].(list), e)
			}
		}
		return mine
	case "duplicates":
		mine := p.bundle(q, now)
		mine["entry"] = append(mine["entry"].(list), mine["entry"].(list)...)
		return mine
	}
	return p.bundle(q, now)
}

// other is another person than p, or p misfiled under another number.
func (s *Server) other(p *Record) *Record {
	for i, one := range s.records {
		if one == p {
			if next := s.records[(i+1)%len(s.records)]; next != p {
				return next
			}
		}
	}
	misfiled := *p
	misfiled.Number, misfiled.ID = "9000000009", "misfiled"
	return &misfiled
}

// parse reads the Parameters.
func parse(r *http.Request) (q asked, why string) {
	type parameter struct {
		Name            string
		ValueIdentifier struct{ System, Value string }
		Part            []struct {
			Name         string
			ValueBoolean bool
		}
	}
	var in struct {
		ResourceType string
		Parameter    []parameter
	}
	q.areas = map[string]map[string]bool{}
	if json.NewDecoder(r.Body).Decode(&in) != nil || in.ResourceType != "Parameters" {
		return q, "The body is not a Parameters resource"
	}
	known := []string{"includeAllergies", "includeMedication", "includeProblems", "includeConsultations", "includeImmunisations", "includeInvestigations", "includeUncategorisedData", "includeReferrals"}
	for _, p := range in.Parameter {
		switch {
		case p.Name == "patientNHSNumber" && (q.number != "" || p.ValueIdentifier.System != nhsID):
			return q, "There must be one NHS number"
		case p.Name == "patientNHSNumber":
			q.number = p.ValueIdentifier.Value
		case !slices.Contains(known, p.Name):
			q.odd = true
		case q.areas[p.Name] != nil:
			return q, "A parameter is there twice"
		default:
			q.areas[p.Name] = map[string]bool{}
			for _, part := range p.Part {
				q.areas[p.Name][part.Name] = part.ValueBoolean
			}
			if _, said := q.areas[p.Name]["includeResolvedAllergies"]; p.Name == "includeAllergies" && !said {
				return q, "Miss parameter : includeResolvedAllergies"
			}
		}
	}
	if q.number == "" {
		return q, "Missing parameter : patientNHSNumber"
	}
	return q, ""
}

// valid reports whether the check digit fits.
func valid(number string) bool {
	if len(number) != 10 {
		return false
	}
	sum := 0
	for i := range 9 {
		if number[i] < '0' || number[i] > '9' {
			return false
		}
		sum += int(number[i]-'0') * (10 - i)
	}
	check := (11 - sum%11) % 11
	return check != 10 && int(number[9]-'0') == check
}

// Unwell answers with an error status as this system words it.
func (s *Server) Unwell(w http.ResponseWriter, status int) {
	switch status {
	case http.StatusUnauthorized:
		fail(w, status, "forbidden", "ACCESS_DENIED", "Access has been denied")
	case http.StatusTooManyRequests:
		fail(w, status, "throttled", "TOO_MANY_REQUESTS", "Too many requests")
	default:
		fail(w, status, "exception", "INTERNAL_SERVER_ERROR", "Unexpected internal server error")
	}
}

func fail(w http.ResponseWriter, status int, kind, code, display string) {
	write(w, status, outcome("error", kind, code, display))
}

func write(w http.ResponseWriter, status int, body object) {
	w.Header().Set("Content-Type", "application/fhir+json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
