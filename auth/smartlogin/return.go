package smartlogin

import (
	"context"
	"crypto/subtle"
	"net/http"
	"net/url"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

const (
	// judging bounds what the EPR is asked to judge an answer.
	judging = 20 * time.Second
	// mostForm is how large the answer to our question may be, in bytes.
	mostForm = 4 << 10
)

// back takes the browser that comes back from the EPR.
func (h *Handler) back(w http.ResponseWriter, r *http.Request) {
	launcher := h.byID[r.PathValue("launcher")]
	if launcher == nil {
		http.NotFound(w, r)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), judging)
	defer cancel()
	r = r.WithContext(ctx)
	l, known, err := h.returned(r, launcher)
	switch {
	case err != nil:
	case known:
		err = h.open(w, r, launcher, &l)
	default:
		err = h.question(w, r, launcher, &l)
	}
	if err != nil {
		h.problem(w, r, launcher, l.Proof, err)
	}
}

// returned judges the EPR's answer. known says that the browser is the one that left.
func (h *Handler) returned(r *http.Request, launcher *Launcher) (l Launched, known bool, err error) {
	form, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil || len(form["state"]) > 1 {
		return l, false, Refuse(CodeAnswer, "the EPR's answer cannot be read, or has a state twice")
	}
	var a asked
	hash, err := h.attempts.take(r.Context(), stageAway, form.Get("state"), launcher.ID, &a)
	if err != nil {
		return l, false, err
	}
	known = subtle.ConstantTimeCompare(hash, hashOf(h.browserOf(r))) == 1
	if !known && len(r.Cookies()) > 0 {
		return l, false, Refuse(CodeBrowser, "the browser that came back keeps cookies, and is not the one that left")
	}
	l, err = launcher.EPR.finish(r.Context(), a, form)
	if err == nil {
		err = launcher.identify(&l)
	}
	return l, known, err
}

// identify says who the EPR's user is here.
func (l *Launcher) identify(launched *Launched) error {
	who, err := l.Mapping.Map(&launched.Proof)
	if err != nil {
		return err
	}
	launched.Launcher, launched.Identity = l.ID, who
	launched.Organisation = who.Positions[0].Organisation
	return nil
}

// open has the record opened, and sends the browser there once that is in the ledger.
func (h *Handler) open(w http.ResponseWriter, r *http.Request, launcher *Launcher, l *Launched) error {
	location, err := h.Opener.Open(r.Context(), *l)
	if err != nil {
		return err
	}
	e := h.event(r.Context(), launcher, l.Proof, audit.Permit)
	e.Actor.Name, e.Actor.Organisation, e.Actor.OrganisationName = l.Identity.Name, l.Organisation.ODS, l.Organisation.Name
	if err := h.Ledger.Record(r.Context(), e); err != nil {
		return err
	}
	launcher.latest.succeeded(h.Now())
	leave(w, r, location)
	return nil
}

// question asks a browser that shows no cookie whether its user is the one at the EPR.
func (h *Handler) question(w http.ResponseWriter, r *http.Request, launcher *Launcher, l *Launched) error {
	key := auth.NewSecret()
	if err := h.attempts.keep(r.Context(), stageQuestion, key, "", launcher.ID, l); err != nil {
		return err
	}
	// same-origin: else the form's Origin would be null (Fetch, "append a request Origin
	// header").
	guard(w, launcher.Frames, "same-origin")
	write(w, http.StatusOK, questionPage, map[string]string{
		"Name": l.Identity.Name, "Launcher": launcher.Name, "ID": launcher.ID, "Key": key,
	})
	return nil
}

// answered takes "yes, this is me" from our own page, and from no other: another site could
// send what it got for its own user.
func (h *Handler) answered(w http.ResponseWriter, r *http.Request) {
	launcher := h.byID[r.PathValue("launcher")]
	if launcher == nil {
		http.NotFound(w, r)
		return
	}
	var l Launched
	err := h.confirmed(r, launcher, &l)
	if err == nil {
		err = h.open(w, r, launcher, &l)
	}
	if err != nil {
		h.problem(w, r, launcher, l.Proof, err)
	}
}

func (h *Handler) confirmed(r *http.Request, launcher *Launcher, l *Launched) error {
	site := r.Header.Get("Sec-Fetch-Site")
	if r.Header.Get("Origin") != h.Public || site != "" && site != "same-origin" {
		return Refuse(CodeBrowser, "the answer to who is at work did not come from Patchwork's own page")
	}
	r.Body = http.MaxBytesReader(nil, r.Body, mostForm)
	if err := r.ParseForm(); err != nil {
		return Refuse(CodeExpired, "the answer to who is at work cannot be read")
	}
	_, err := h.attempts.take(r.Context(), stageQuestion, r.PostForm.Get("key"), launcher.ID, l)
	return err
}
