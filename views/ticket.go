package views

import (
	"context"
	"encoding/json"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// ticketFor is how long rows can be fetched after they were asked for.
const ticketFor = 5 * time.Minute

// ticket lets one user fetch the rows of one run in one form.
type ticket struct {
	Run, Form, Issuer, Subject string
	Until                      int64
}

// Ticket allows the context's caller to fetch the rows of a run of theirs, in a form; it is in
// the ledger before.
func (s *Store) Ticket(ctx context.Context, r *Run, form string) (string, error) {
	if err := r.readable(); err != nil {
		return "", err
	}
	if r.State != Done {
		return "", wrong("The run goes on: its rows can be taken away when it is done.")
	}
	e := auth.EventOf(ctx, audit.ActionExport, audit.Permit)
	e.Target, e.Purpose, e.Reason = target(r.View, r.Version), string(r.Purpose), "rows of run "+r.ID+" as "+form
	if err := s.ledger.Record(ctx, e); err != nil {
		return "", err
	}
	u := userOf(auth.SessionFrom(ctx))
	text, err := json.Marshal(ticket{r.ID, form, u.issuer, u.subject, s.now().Add(ticketFor).Unix()})
	if err != nil {
		return "", err
	}
	return s.seal("ticket", text)
}

// Admit gives the run and form of a ticket of the context's caller; ErrNotFound for any other.
func (s *Store) Admit(ctx context.Context, sealed string) (*Run, string, error) {
	if len(sealed) > 2000 {
		return nil, "", ErrNotFound
	}
	text, err := s.unseal("ticket", sealed)
	if err != nil {
		return nil, "", ErrNotFound
	}
	var t ticket
	if err := json.Unmarshal(text, &t); err != nil {
		return nil, "", ErrNotFound
	}
	if (user{t.Issuer, t.Subject}) != userOf(auth.SessionFrom(ctx)) || s.now().Unix() > t.Until {
		return nil, "", ErrNotFound
	}
	r, err := s.Run(ctx, t.Run)
	return r, t.Form, err
}
