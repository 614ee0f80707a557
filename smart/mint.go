package smart

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/ory/fosite"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/scope"
	"github.com/patchworkcare/patchwork/record"
)

// NHSNumberSystem is the only system of identifiers by which an EPR names a patient.
const NHSNumberSystem = "https://fhir.nhs.uk/Id/nhs-number"

// LaunchRequest is what an EPR's back end posts, or signs: the patient on its screen, and
// its user.
type LaunchRequest struct {
	// ClientID is the app to open.
	ClientID string `json:"client_id"`
	Patient  struct {
		System    string `json:"system"`
		Value     string `json:"value"`
		BirthDate string `json:"birthDate"`
	} `json:"patient"`
	User struct {
		// IDP is the id of a login; Subject the user's id there, or Email.
		IDP     string `json:"idp"`
		Subject string `json:"subject"`
		Email   string `json:"email"`
	} `json:"user"`
	// Organization is the ODS code of the user's organisation.
	Organization      string            `json:"organization"`
	Encounter         string            `json:"encounter"`
	Intent            string            `json:"intent"`
	NeedPatientBanner *bool             `json:"need_patient_banner"`
	FHIRContext       []json.RawMessage `json:"fhirContext"`
}

// mostLaunch is how large a launch may be, in bytes.
const mostLaunch = 32 << 10

// mint makes a launch for an EPR's back end that has shown a token of its own.
func (s *Server) mint(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", "POST")
		answerError(w, s.refused(r.Context(), "", refusalWith(http.StatusMethodNotAllowed, "invalid_request", "Only POST")))
		return
	}
	ctx := r.Context()
	session := auth.SessionFrom(ctx)
	if session == nil || session.App == "" || session.Subject != session.App || !slices.Contains(session.Scopes, scope.OpenLaunch) {
		said := s.refused(ctx, "", refusalWith(http.StatusUnauthorized, "invalid_token", "Send an access token that a backend service got with the scope "+scope.OpenLaunch))
		w.Header().Set("WWW-Authenticate", `Bearer scope="`+scope.OpenLaunch+`"`)
		answerError(w, said)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostLaunch))
	if err != nil || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		answerError(w, s.refused(ctx, session.App, refusal("invalid_request", "Send JSON of at most 32 KB as application/json")))
		return
	}
	id, c, err := s.launchFor(ctx, session.App, body, s.Topics)
	if err != nil {
		answerError(w, s.refused(ctx, session.App, err))
		return
	}
	answer := map[string]any{
		"launch": id, "launch_url": s.launchURL(c.app, id), "expires_in": int(launchLasts.Seconds()), "iss": s.Base(),
	}
	if c.Topic != "" {
		answer["hub.url"], answer["hub.topic"] = s.HubURL(), c.Topic
	}
	answerJSON(w, http.StatusCreated, answer)
}

// launchURL is where the app opens: SMART App Launch 2.2, "Launch App: EHR Launch".
func (s *Server) launchURL(app *Client, id string) string {
	return at(app.LaunchURL, url.Values{"iss": {s.Base()}, "launch": {id}})
}

// opened is a launch that was made, and its app.
type opened struct {
	LaunchContext
	app *Client
}

// launchFor checks everything that an EPR says and keeps the launch, with a topic of its own
// unless topics is nil.
func (s *Server) launchFor(ctx context.Context, epr string, body []byte, topics Topics) (id string, c *opened, err error) {
	var said LaunchRequest
	if err := json.Unmarshal(body, &said); err != nil {
		return "", nil, refusal("invalid_request", "The launch is no JSON of the documented form")
	}
	client, err := s.launcher(ctx, epr)
	if err != nil {
		return "", nil, err
	}
	app, err := s.launchable(ctx, client, &said)
	if err != nil {
		return "", nil, err
	}
	if err := s.launches.room(ctx, client.ID); err != nil {
		return "", nil, err
	}
	c = &opened{app: app, LaunchContext: LaunchContext{
		EPR: client.ID, EPRName: client.Name, App: app.ID, Organisation: said.Organization, Encounter: said.Encounter, Intent: said.Intent,
		NeedBanner: said.NeedPatientBanner, FHIRContext: said.FHIRContext, Login: said.User.IDP, Subject: said.User.Subject, Email: said.User.Email,
	}}
	if c.Patient, err = s.patientOf(ctx, &said); err != nil {
		return "", nil, err
	}
	if err := s.userFor(ctx, client, &c.LaunchContext); err != nil {
		return "", nil, err
	}
	if topics != nil {
		if c.Topic, c.Event, err = topics.Begin(ctx, client.ID, said.Patient.Value, said.Patient.BirthDate); err != nil {
			return "", nil, err
		}
	}
	id, err = s.keepLaunch(ctx, &c.LaunchContext)
	return id, c, err
}

// keepLaunch is in the ledger before the launch exists.
func (s *Server) keepLaunch(ctx context.Context, c *LaunchContext) (string, error) {
	e := auth.EventOf(ctx, audit.ActionLaunch, audit.Permit)
	e.Patient, e.Launch, e.Target = c.Patient, c.EPR, "client:"+c.App
	if c.Trusted != nil {
		e.Reason = "the system answers for its user"
	}
	if err := s.Ledger.Record(ctx, e); err != nil {
		return "", err
	}
	return s.launches.keep(ctx, c)
}

// launcher is the EPR as the registry has it now.
func (s *Server) launcher(ctx context.Context, id string) (*Client, error) {
	found, err := s.Store.GetClient(ctx, id)
	if err != nil && !errors.Is(err, fosite.ErrNotFound) {
		return nil, err
	}
	client, ok := found.(*Client)
	if err != nil || !ok || client.Launching == nil || len(client.Launching.Apps) == 0 {
		return nil, refusalWith(http.StatusForbidden, "access_denied", "This client is not registered as a system that opens apps")
	}
	return client, nil
}

// launchable holds what the EPR asks for against what it may open, and gives the app.
func (s *Server) launchable(ctx context.Context, epr *Client, said *LaunchRequest) (*Client, error) {
	rights := epr.Launching
	switch {
	case said.ClientID == "":
		return nil, refusal("invalid_request", "client_id, the app to open, is missing")
	case !slices.Contains(rights.Apps, said.ClientID):
		return nil, refusalWith(http.StatusForbidden, "access_denied", "This system is not registered to open that app")
	case !slices.Contains(rights.Organisations, said.Organization):
		return nil, refusalWith(http.StatusForbidden, "access_denied", "This system is not registered to speak for that organization")
	case said.User.IDP == "" || (said.User.Subject == "") == (said.User.Email == ""):
		return nil, refusal("invalid_request", "user needs idp, and either subject or email")
	case !slices.Contains(rights.Logins, said.User.IDP):
		return nil, refusalWith(http.StatusForbidden, "access_denied", "This system is not registered to name users of that idp")
	case len(said.Encounter) > maxName || len(said.Intent) > maxName || !printable(said.Encounter) || !printable(said.Intent) || len(said.FHIRContext) > 20:
		return nil, refusal("invalid_request", "encounter and intent have at most 200 characters, fhirContext at most 20 entries")
	}
	if err := checkContext(said.FHIRContext); err != nil {
		return nil, err
	}
	found, err := s.Store.GetClient(ctx, said.ClientID)
	if err != nil && !errors.Is(err, fosite.ErrNotFound) {
		return nil, err
	}
	app, ok := found.(*Client)
	if err != nil || !ok || app.LaunchURL == "" {
		return nil, refusalWith(http.StatusForbidden, "access_denied", "That app is not approved here, or has no launch URL")
	}
	return app, nil
}

// checkContext: each entry refers to something, and to the patient or the encounter only in
// another role than that of the launch. SMART App Launch 2.2, "fhirContext".
func checkContext(entries []json.RawMessage) error {
	for _, text := range entries {
		var entry struct {
			Reference  string          `json:"reference"`
			Canonical  string          `json:"canonical"`
			Identifier json.RawMessage `json:"identifier"`
			Role       *string         `json:"role"`
		}
		err := json.Unmarshal(text, &entry)
		kind, _, _ := strings.Cut(entry.Reference, "/")
		switch {
		case err != nil, entry.Reference == "" && entry.Canonical == "" && len(entry.Identifier) == 0, entry.Role != nil && *entry.Role == "":
			return refusal("invalid_request", "Each entry of fhirContext is an object with a reference, a canonical or an identifier; a role is not empty")
		case (kind == "Patient" || kind == "Encounter") && (entry.Role == nil || *entry.Role == "launch"):
			return refusal("invalid_request", "fhirContext names the patient and the encounter only in another role than launch")
		}
	}
	return nil
}

var dateForm = regexp.MustCompile(`\A\d{4}-\d{2}-\d{2}\z`)

// patientOf finds the patient, and holds the birth date against what is known: a wrong
// number typed into an EPR must not open another person's record (hazard H-01).
func (s *Server) patientOf(ctx context.Context, said *LaunchRequest) (string, error) {
	if said.Patient.System != NHSNumberSystem {
		return "", refusal("invalid_request", "patient.system is "+NHSNumberSystem)
	}
	number, err := record.ParseNHSNumber(said.Patient.Value)
	if err != nil || !dateForm.MatchString(said.Patient.BirthDate) {
		return "", refusal("invalid_request", "patient needs an NHS number with a right check digit, and birthDate as YYYY-MM-DD")
	}
	id, err := s.People.ByNumber(ctx, string(number), said.Patient.BirthDate)
	switch {
	case errors.Is(err, ErrMismatch):
		return "", refusalWith(http.StatusConflict, "patient_mismatch", "The birth date is not the one that is known for this NHS number. Check the number in the EPR")
	case errors.Is(err, ErrUnknown):
		return "", refusalWith(http.StatusNotFound, "patient_unknown", "No system of the region knows a person of this NHS number")
	case errors.Is(err, ErrIncomplete):
		return "", refusalWith(http.StatusServiceUnavailable, "temporarily_unavailable", "Not every system answered whether it knows the person. Try again")
	}
	return id, err
}

// userFor: of a known user policy is asked at once. If the EPR answers for its users, a known
// one need not sign in; somebody who has never signed in here must.
func (s *Server) userFor(ctx context.Context, epr *Client, c *LaunchContext) error {
	known, err := s.Users.Known(ctx, c.Login, c.Subject, c.Email, c.Organisation)
	switch {
	case errors.Is(err, auth.ErrNoSession):
		return nil // they must sign in
	case err != nil:
		return err
	}
	as := known
	as.ID, as.Launch = "launch", c.pin()
	open, err := s.People.MayOpen(auth.WithSession(ctx, &as), c.Patient)
	switch {
	case err != nil:
		return err
	case !open:
		return refusalWith(http.StatusForbidden, "access_denied", "The user may not open this person's record")
	}
	if epr.Launching.Trust {
		c.Trusted = &known
	}
	return nil
}
