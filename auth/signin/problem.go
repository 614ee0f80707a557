package signin

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// problem sends the browser to the page that says what to do next. The cause goes to the
// operator's log and the ledger, under the same request id.
func (d *Door) problem(w http.ResponseWriter, r *http.Request, login *Login, proof *auth.Proof, err error) {
	refusal := d.refused(r.Context(), login, proof, err)
	query := url.Values{"problem": {string(refusal.Code)}}
	if login != nil {
		query.Set("login", login.ID)
	}
	if id := auth.CallerFrom(r.Context()).RequestID; id != "" {
		query.Set("request", id)
	}
	away(w, r, "/sign-in?"+query.Encode())
}

// refused notes that somebody was not signed in: one event, one line of the log.
func (d *Door) refused(ctx context.Context, login *Login, proof *auth.Proof, err error) *auth.Refusal {
	var refusal *auth.Refusal
	if !errors.As(err, &refusal) {
		refusal = auth.Refuse(auth.RefusedUnavailable, "this server's own state could not be read or written")
		d.Log.Error("a sign-in could not be completed", "cause", err.Error(), "requestId", auth.CallerFrom(ctx).RequestID)
	}
	caller := auth.CallerFrom(ctx)
	id := ""
	if login != nil {
		id = login.ID
		login.latest.refused(d.Now(), refusal)
	}
	d.Log.Warn("a sign-in was refused", "login", id, "code", string(refusal.Code), "cause", refusal.Cause, "requestId", caller.RequestID)
	e := auth.EventOf(ctx, audit.ActionLoginFailed, audit.Deny)
	e.Reason, e.Target = refusal.Cause, "login:"+id
	if proof != nil {
		e.Actor = audit.Actor{Issuer: proof.Issuer, Subject: proof.Subject}
	}
	if err := d.Ledger.Record(context.WithoutCancel(ctx), e); err != nil {
		d.Log.Error("a refused sign-in could not be audited", "requestId", caller.RequestID)
	}
	return refusal
}

// latest is what a login's last attempts came to, on this server.
type latest struct {
	mu      sync.Mutex
	success time.Time
	failure time.Time
	cause   string
}

func (l *latest) succeeded(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.success = now.UTC()
}

func (l *latest) refused(now time.Time, r *auth.Refusal) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.failure, l.cause = now.UTC(), r.Cause
}
