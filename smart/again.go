package smart

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
)

// Follow makes a launch for the app of somebody whose EPR has moved to another patient: of
// the same EPR, app and user, and of nothing else that the last launch said. The number and
// the birth date are held against what is known as at every launch. launch is "" if it is
// the patient whom the app shows already. Its errors are a *Refusal.
func (s *Server) Follow(ctx context.Context, h *Holder, number, birthDate, event string) (launch string, err error) {
	c, err := s.launchOf(ctx, h)
	if err != nil {
		return "", err
	}
	if err := s.launches.room(ctx, c.EPR); err != nil {
		return "", err
	}
	var said LaunchRequest
	said.Patient.System, said.Patient.Value, said.Patient.BirthDate = NHSNumberSystem, number, birthDate
	if c.Patient, err = s.patientOf(ctx, &said); err != nil {
		return "", err
	}
	if c.Patient == h.Session.Launch.Patient {
		return "", nil
	}
	c.Topic, c.Event = h.Session.Launch.Topic, event
	return s.relaunch(ctx, h, c)
}

// launchOf is a launch of the EPR, the app and the user of a token, without a patient. The
// EPR must still be one that opens this app for the user's organisation.
func (s *Server) launchOf(ctx context.Context, h *Holder) (*LaunchContext, error) {
	session := h.Session
	if !session.Launch.Opened() || h.Service() {
		return nil, refusalWith(http.StatusForbidden, "access_denied", "Only an app that an EPR has opened is opened again")
	}
	c := &LaunchContext{
		EPR: session.Launch.Client, App: session.App, Organisation: session.Organisation.ODS,
		Login: h.signedIn.Login, Subject: session.Subject,
	}
	c.EPRName, _ = h.told["epr_name"].(string)
	if banner, ok := h.told["need_patient_banner"].(bool); ok {
		c.NeedBanner = &banner
	}
	trusts := true
	if !strings.HasPrefix(c.EPR, launcherPrefix) {
		epr, err := s.launcher(ctx, c.EPR)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(epr.Launching.Apps, c.App) || !slices.Contains(epr.Launching.Organisations, c.Organisation) {
			return nil, refusalWith(http.StatusForbidden, "access_denied", "This system is no longer registered to open that app here")
		}
		trusts = epr.Launching.Trust
	}
	if h.signedIn.Launch.Opened() {
		if !trusts {
			return nil, refusalWith(http.StatusForbidden, "access_denied", "The word of this system no longer makes a sign-in")
		}
		as := *h.signedIn
		as.ID, as.Launch = "", nil
		c.Trusted = &as
	}
	return c, nil
}

// relaunch asks policy about the patient as at every launch, and keeps it.
func (s *Server) relaunch(ctx context.Context, h *Holder, c *LaunchContext) (string, error) {
	as := *h.signedIn
	as.ID, as.Launch = "launch", c.pin()
	ctx = auth.WithSession(ctx, &as)
	open, err := s.People.MayOpen(ctx, c.Patient)
	switch {
	case err != nil:
		return "", err
	case !open:
		return "", refusalWith(http.StatusForbidden, "access_denied", "The user may not open this person's record")
	}
	return s.keepLaunch(ctx, c)
}

// again makes another launch of what an app's token is for, so that the same view opens in a
// window of its own, which has a token of its own. It lasts no longer than what it comes from.
func (s *Server) again(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", "POST")
		answerError(w, s.refused(ctx, "", refusalWith(http.StatusMethodNotAllowed, "invalid_request", "Only POST")))
		return
	}
	h, err := s.HolderOf(r)
	if errors.Is(err, ErrForeignPage) {
		Unread(w)
	}
	if errors.Is(err, auth.ErrNoSession) {
		err = refusalWith(http.StatusUnauthorized, "invalid_token", "Send the access token of an app that an EPR has opened")
	}
	var body struct {
		// Event is the one of FHIRcast that the view belongs to; "" for none.
		Event string `json:"event"`
	}
	if err == nil && json.NewDecoder(http.MaxBytesReader(w, r.Body, mostDecision)).Decode(&body) != nil {
		err = refusal("invalid_request", `Send {"event": …} as JSON`)
	}
	if err == nil && (len(body.Event) > maxName || !printable(body.Event)) {
		err = refusal("invalid_request", "event has at most 200 characters")
	}
	var id string
	if err == nil {
		id, err = s.sameAgain(auth.WithSession(ctx, h.Session), h, body.Event)
	}
	if err != nil {
		answerError(w, s.refused(ctx, "", err))
		return
	}
	answerJSON(w, http.StatusCreated, map[string]any{"launch": id, "expires_in": int(launchLasts.Seconds()), "iss": s.Base()})
}

func (s *Server) sameAgain(ctx context.Context, h *Holder, event string) (string, error) {
	c, err := s.launchOf(ctx, h)
	if err != nil {
		return "", err
	}
	if err := s.launches.room(ctx, c.EPR); err != nil {
		return "", err
	}
	was := h.Session.Launch
	c.Patient, c.Encounter, c.Intent, c.Topic, c.Event, c.Until = was.Patient, was.Encounter, was.Intent, was.Topic, event, h.signedIn.Expires
	return s.relaunch(ctx, h, c)
}
