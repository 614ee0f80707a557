package smart

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ory/fosite"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/scope"
)

// decision is what the user said.
type decision struct {
	// scopes are those that they left; nil for all that were asked.
	scopes []string
	// patient is the one they chose; "" for none.
	patient string
}

// transaction tells the page what is asked, and takes the user's decision. The handle is in
// a header, which no other site's page can send.
func (s *Server) transaction(w http.ResponseWriter, r *http.Request) {
	handle := r.Header.Get("X-Patchwork-Transaction")
	ctx := r.Context()
	a, begun, err := s.request(ctx, handle)
	if err != nil {
		s.answerGone(w, r, err)
		return
	}
	session, err := s.userOf(r, a)
	if err != nil {
		s.trouble(w, r, err)
		return
	}
	if session != nil && stale(a.form, session, begun) {
		session = nil
	}
	switch r.Method {
	case http.MethodGet:
		s.tell(w, r, a, session)
	case http.MethodPost:
		s.decide(w, r, handle, a, session)
	default:
		w.Header().Set("Allow", "GET, POST")
		s.stop(w, r, a.client.ID, refusalWith(http.StatusMethodNotAllowed, "method", "Only GET and POST"))
	}
}

// request gives the one that waits, as its client is now.
func (s *Server) request(ctx context.Context, handle string) (*asked, time.Time, error) {
	if handle == "" || len(handle) > 256 {
		return nil, time.Time{}, errGone
	}
	id, form, launch, begun, err := s.waiting.find(ctx, handle)
	if err != nil {
		return nil, begun, err
	}
	found, err := s.Store.GetClient(ctx, id)
	if err != nil {
		if errors.Is(err, fosite.ErrNotFound) {
			err = errGone
		}
		return nil, begun, err
	}
	client, ok := found.(*Client)
	if !ok || !client.Redirects(form.Get("redirect_uri")) {
		return nil, begun, errGone
	}
	a := &asked{client: client, form: form, launch: launch}
	if err := s.stillOpens(ctx, launch); err != nil {
		var said *Refusal
		if errors.As(err, &said) {
			err = errGone
		}
		return nil, begun, err
	}
	a.scopes = scope.Narrow(scope.ParseAll(strings.Fields(form.Get("scope"))), client.Allowed())
	return a, begun, nil
}

// stale reports whether the app wants its user to have signed in anew, or lately (prompt=login,
// max_age), when its request began, and they have not. OpenID Connect Core §3.1.2.1.
func stale(form url.Values, session *auth.Session, begun time.Time) bool {
	if slices.Contains(strings.Fields(form.Get("prompt")), "login") && session.Confirmed.Before(begun) {
		return true
	}
	age, err := strconv.ParseInt(form.Get("max_age"), 10, 32)
	return err == nil && age >= 0 && session.Confirmed.Before(begun.Add(-time.Duration(age)*time.Second))
}

// mostDecision is how large a decision may be, in bytes.
const mostDecision = 64 << 10

func (s *Server) decide(w http.ResponseWriter, r *http.Request, handle string, a *asked, session *auth.Session) {
	if !s.Auth.OwnPage(r) {
		s.stop(w, r, a.client.ID, refusalWith(http.StatusForbidden, "cross-site", "This request did not come from Patchwork's own pages"))
		return
	}
	var said struct {
		Decision string   `json:"decision"`
		Scopes   []string `json:"scopes"`
		Patient  string   `json:"patient"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, mostDecision)).Decode(&said); err != nil {
		s.stop(w, r, a.client.ID, refusal("not-json", `Send {"decision": …} as JSON`))
		return
	}
	ctx := r.Context()
	if said.Decision == "refuse" {
		if err := s.waiting.end(ctx, handle); err != nil {
			s.answerGone(w, r, err)
			return
		}
		answerJSON(w, http.StatusOK, map[string]string{"location": s.backTo(ctx, a, refusal("access_denied", "The user has refused"))})
		return
	}
	if said.Decision != "approve" {
		s.stop(w, r, a.client.ID, refusal("decision", "The decision is approve or refuse"))
		return
	}
	stands, err := s.standing(ctx, a, session)
	switch {
	case err != nil:
		s.trouble(w, r, err)
	case stands == signIn:
		s.stop(w, r, a.client.ID, notSignedIn())
	case stands == otherUser:
		s.stop(w, r.WithContext(auth.WithSession(ctx, session)), a.client.ID, notTheirs())
	case stands == chooseRole:
		s.stop(w, r, a.client.ID, refusalWith(http.StatusConflict, "role", "Choose the role first in which you act at the organisation for which the app was opened"))
	case stands == choosePatient && said.Patient == "":
		s.stop(w, r, a.client.ID, refusalWith(http.StatusConflict, "patient", "Choose a patient first"))
	case stands == ready && said.Patient != "":
		s.stop(w, r, a.client.ID, refusalWith(http.StatusConflict, "patient", "The patient was chosen already"))
	default:
		s.grantTo(w, r, handle, a, session, decision{said.Scopes, said.Patient})
	}
}

func (s *Server) grantTo(w http.ResponseWriter, r *http.Request, handle string, a *asked, session *auth.Session, d decision) {
	ctx := r.Context()
	if d.patient != "" {
		switch open, err := s.People.MayOpen(auth.WithSession(ctx, session), d.patient); {
		case err != nil:
			s.trouble(w, r, err)
			return
		case !open:
			s.stop(w, r.WithContext(auth.WithSession(ctx, session)), a.client.ID, refusalWith(http.StatusConflict, "patient", "This person cannot be opened"))
			return
		}
	}
	if err := s.waiting.end(ctx, handle); err != nil {
		s.answerGone(w, r, err)
		return
	}
	location, err := s.grant(ctx, a, session, d)
	if err != nil {
		location = s.backTo(auth.WithSession(ctx, session), a, err)
	}
	answerJSON(w, http.StatusOK, map[string]string{"location": location})
}

// finish grants at once.
func (s *Server) finish(w http.ResponseWriter, r *http.Request, a *asked, session *auth.Session, d decision) {
	location, err := s.grant(r.Context(), a, session, d)
	if err != nil {
		s.back(w, r, a, err)
		return
	}
	redirect(w, r, location)
}

func (s *Server) answerGone(w http.ResponseWriter, r *http.Request, err error) {
	if !errors.Is(err, errGone) {
		s.trouble(w, r, err)
		return
	}
	s.stop(w, r, "", refusalWith(http.StatusNotFound, "gone", "This request is over: it was answered already, or is older than ten minutes. Open the app again"))
}

func (s *Server) trouble(w http.ResponseWriter, r *http.Request, err error) {
	var said *Refusal
	if errors.As(err, &said) {
		_ = s.refused(r.Context(), "", said)
		problem(w, http.StatusForbidden, said.Code, said.Description)
		return
	}
	s.Log.Error("a request of an app could not be answered", "cause", err.Error(), "requestId", auth.CallerFrom(r.Context()).RequestID)
	problem(w, http.StatusServiceUnavailable, "unavailable", "This cannot be done at the moment")
}

func notSignedIn() *Refusal {
	return refusalWith(http.StatusUnauthorized, "not-signed-in", "Sign in first")
}

func notTheirs() *Refusal {
	return refusalWith(http.StatusForbidden, "other-user", "The app was opened for another user than the one who has signed in")
}

// stop tells the viewer why it does not go on, and the ledger.
func (s *Server) stop(w http.ResponseWriter, r *http.Request, client string, said *Refusal) {
	_ = s.refused(r.Context(), client, said)
	status := said.Status
	if status == 0 {
		status = http.StatusBadRequest
	}
	problem(w, status, said.Code, said.Description)
}

// problem answers the viewer as auth does.
func problem(w http.ResponseWriter, status int, code, message string) {
	answerJSON(w, status, map[string]map[string]string{"error": {"code": code, "message": message}})
}

// granted is in the ledger before the code leaves.
func (s *Server) granted(ctx context.Context, a *asked, session *auth.Session, patient string, scopes []string) error {
	e := auth.EventOf(auth.WithSession(ctx, session), audit.ActionGrant, audit.Permit)
	e.Target, e.Patient, e.Reason = "client:"+a.client.ID, patient, strings.Join(scopes, " ")
	if a.launch != nil {
		e.Launch = a.launch.EPR
	}
	return s.Ledger.Record(ctx, e)
}
