package smart

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"github.com/ory/fosite"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/record"
)

// open is where an EPR without a back end sends its user's browser: with a launch that it
// has signed, by form POST, so that no number stands in an address; or, where that is
// allowed, with a number and a birth date that nobody signed.
func (s *Server) open(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	switch r.Method {
	case http.MethodPost:
		r.Body = http.MaxBytesReader(w, r.Body, mostLaunch)
		if err := r.ParseForm(); err != nil || !isForm(r) {
			s.errorPage(w, r, refusal("invalid_request", "The launch is no form, or larger than 32 KB"))
			return
		}
	case http.MethodGet:
		if err := r.ParseForm(); err != nil || r.Form.Has("launch_jwt") {
			s.errorPage(w, r, refusal("invalid_request", "A signed launch is sent by form POST: what stands in an address is kept in histories and logs"))
			return
		}
	default:
		w.Header().Set("Allow", "GET, POST")
		s.errorPage(w, r, refusalWith(http.StatusMethodNotAllowed, "invalid_request", "Only GET and POST"))
		return
	}
	if r.Method == http.MethodPost && r.PostForm.Has("launch_jwt") {
		location, err := s.signedLaunch(ctx, r.PostForm)
		if err != nil {
			s.errorPage(w, r, err)
			return
		}
		redirect(w, r, location)
		return
	}
	location, err := s.prefill(ctx, r.Form)
	if err != nil {
		s.errorPage(w, r, err)
		return
	}
	redirect(w, r, location)
}

// signedLaunch: the token is judged as a client assertion is, and carries the launch.
func (s *Server) signedLaunch(ctx context.Context, form url.Values) (location string, err error) {
	if len(form["launch_jwt"]) != 1 {
		return "", refusal("invalid_request", "launch_jwt stands there more than once")
	}
	client, claims, err := s.Clients.Verify(ctx, form.Get("launch_jwt"), s.Public+"/smart/open")
	if err != nil {
		said := s.tokenRefusal(err)
		s.Log.Warn("a signed launch was refused", "cause", fosite.ErrorToRFC6749Error(err).DebugField)
		return "", refusalWith(http.StatusUnauthorized, said.Code, "The signature of the launch cannot be accepted: "+said.Description)
	}
	var signed struct {
		Launch json.RawMessage `json:"launch"`
	}
	if err := json.Unmarshal(claims, &signed); err != nil || len(signed.Launch) == 0 {
		return "", refusal("invalid_request", "The signed launch has no claim launch")
	}
	id, c, err := s.launchFor(ctx, client.ID, signed.Launch, nil)
	if err != nil {
		return "", err
	}
	return s.launchURL(c.app, id), nil
}

// unproven is what an EPR wrote into an address: it fills the search in, and no right
// follows from it.
type unproven struct {
	NHSNumber string `json:"nhsNumber"`
	BirthDate string `json:"birthDate"`
	EPR       string `json:"epr"`
}

// prefill keeps a search, sealed with the handle that only the browser has.
func (s *Server) prefill(ctx context.Context, form url.Values) (location string, err error) {
	if len(form["epr"]) != 1 || len(form["nhs_number"]) != 1 || len(form["birth_date"]) != 1 {
		return "", refusal("invalid_request", "Send launch_jwt; or epr, nhs_number and birth_date, each once, where an unsigned launch is allowed")
	}
	found, err := s.Store.GetClient(ctx, form.Get("epr"))
	if err != nil && !errors.Is(err, fosite.ErrNotFound) {
		return "", err
	}
	client, ok := found.(*Client)
	if err != nil || !ok || client.Launching == nil || !client.Launching.Prefill {
		return "", refusalWith(http.StatusForbidden, "access_denied", "Unsigned launches are not allowed for this system: an administrator can allow them for it")
	}
	number, err := record.ParseNHSNumber(form.Get("nhs_number"))
	if err != nil || !dateForm.MatchString(form.Get("birth_date")) {
		return "", refusal("invalid_request", "nhs_number needs a right check digit, and birth_date is YYYY-MM-DD")
	}
	e := auth.EventOf(ctx, audit.ActionLaunch, audit.Permit)
	e.Launch, e.Reason = client.ID, "unsigned: it fills the search in, and gives no right"
	if err := s.Ledger.Record(ctx, e); err != nil {
		return "", err
	}
	text, err := json.Marshal(unproven{NHSNumber: string(number), BirthDate: form.Get("birth_date"), EPR: client.Name})
	if err != nil {
		return "", err
	}
	handle, err := s.waiting.keepSealed(ctx, client.ID, text)
	if err != nil {
		return "", err
	}
	return s.Public + "/launch?" + url.Values{"prefill": {handle}}.Encode(), nil
}

// prefilled gives it to the browser that has the handle, once, after somebody has signed in.
func (s *Server) prefilled(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		w.Header().Set("Allow", "GET")
		s.stop(w, r, "", refusalWith(http.StatusMethodNotAllowed, "method", "Only GET"))
		return
	}
	session, _, err := s.Auth.Current(r)
	switch {
	case err != nil:
		s.trouble(w, r, err)
		return
	case session == nil || session.Locked:
		s.stop(w, r, "", notSignedIn())
		return
	}
	text, err := s.waiting.unseal(r.Context(), r.Header.Get("X-Patchwork-Transaction"))
	if err != nil {
		s.answerGone(w, r, err)
		return
	}
	answerJSON(w, http.StatusOK, json.RawMessage(text))
}
