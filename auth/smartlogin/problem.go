package smartlogin

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// ActionLaunch is an EPR's user opening the viewer, or trying to: Target is launcher:ID.
const ActionLaunch = "launch"

// problem shows the page that says what to do next. The cause goes to the operator's log and
// the ledger too, under the same request id: one line, one event. launcher is nil if none is
// known; proof is zero unless it was believed.
func (h *Handler) problem(w http.ResponseWriter, r *http.Request, launcher *Launcher, proof auth.Proof, err error) {
	ctx := r.Context()
	requestID := auth.CallerFrom(ctx).RequestID
	refusal, ok := refusalOf(err)
	if !ok {
		refusal = Refuse(CodeUnavailable, "this server's own state could not be read or written")
		h.Log.Error("a launch could not be completed", "cause", err.Error(), "requestId", requestID)
	}
	id, name, frames := "", "Your system", h.frames()
	if launcher != nil {
		id, name, frames = launcher.ID, launcher.Name, launcher.Frames
		launcher.latest.refused(h.Now(), refusal)
	}
	h.Log.Warn("a launch was refused", "launcher", id, "code", string(refusal.Code), "cause", refusal.Cause, "requestId", requestID)
	e := h.event(ctx, launcher, proof, audit.Deny)
	e.Reason = refusal.Cause
	if err := h.Ledger.Record(context.WithoutCancel(ctx), e); err != nil {
		h.Log.Error("a refused launch could not be audited", "requestId", requestID)
	}
	p := pages[refusal.Code]
	guard(w, frames, "no-referrer")
	write(w, p.status, problemPage, map[string]string{
		"Title": strings.ReplaceAll(p.title, "NAME", name), "Advice": strings.ReplaceAll(p.advice, "NAME", name),
		"Say": refusal.Say, "Cause": refusal.Cause, "Code": string(refusal.Code), "Request": requestID,
	})
}

func (h *Handler) event(ctx context.Context, launcher *Launcher, proof auth.Proof, decision string) audit.Event {
	e := auth.EventOf(ctx, ActionLaunch, decision)
	e.Target = "launcher:"
	if launcher != nil {
		e.Target += launcher.ID
		e.Launch = launcher.ID
	}
	e.Actor = audit.Actor{Issuer: proof.Issuer, Subject: proof.Subject}
	return e
}

// frames are all origins that may hold the viewer: which of them an unknown launch came from,
// nobody can say.
func (h *Handler) frames() (all []string) {
	for _, l := range h.Launchers {
		all = append(all, l.Frames...)
	}
	return all
}

// latest is what a launcher's last attempts came to, on this server.
type latest struct {
	mu               sync.Mutex
	success, failure time.Time
	cause            string
}

func (l *latest) succeeded(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.success = now.UTC()
}

func (l *latest) refused(now time.Time, r *Refusal) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.failure, l.cause = now.UTC(), r.Cause
}

func (l *latest) all() (success, failure time.Time, cause string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.success, l.failure, l.cause
}
