package smart

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/scope"
)

// Grant is an app's access in a user's name.
type Grant struct {
	// ID is the family of its tokens.
	ID string `json:"id"`
	// App and Name are the client.
	App  string `json:"app"`
	Name string `json:"name"`
	// Since is when the user granted it, Until when its last token ends, UTC.
	Since time.Time `json:"since"`
	Until time.Time `json:"until"`
	// Scopes are what it may do, in plain words.
	Scopes []string `json:"scopes"`
}

// grantsOf lists what a user has granted and what still has a token, newest first. The
// viewer's own is none of an app.
func (s *Store) grantsOf(ctx context.Context, subject string) ([]Grant, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT g.id, g.client, c.name, g.created, t.expires, t.request FROM smart_grant g
		JOIN smart_client c ON c.id = g.client
		JOIN smart_token t ON t.grant_id = g.id AND t.used = FALSE AND t.kind IN ('access', 'refresh') AND t.expires > ?
		WHERE g.subject = ? AND g.revoked = FALSE AND c.proposed_by <> ? ORDER BY g.created DESC, g.id, t.expires DESC LIMIT 500`,
		s.now().UnixMicro(), subject, builtBy)
	if err != nil {
		return nil, fmt.Errorf("listing an app's access: %w", err)
	}
	defer func() { _ = rows.Close() }()
	grants := []Grant{}
	for rows.Next() {
		var g Grant
		var created, expires int64
		var text string
		if err := rows.Scan(&g.ID, &g.App, &g.Name, &created, &expires, &text); err != nil {
			return nil, fmt.Errorf("listing an app's access: %w", err)
		}
		if n := len(grants); n > 0 && grants[n-1].ID == g.ID {
			continue // the token that lasts longest came first
		}
		var was stored
		if err := json.Unmarshal([]byte(text), &was); err != nil {
			return nil, fmt.Errorf("listing an app's access: %w", err)
		}
		g.Since, g.Until, g.Scopes = time.UnixMicro(created).UTC(), time.UnixMicro(expires).UTC(), []string{}
		for _, granted := range scope.ParseAll(was.Granted) {
			g.Scopes = append(g.Scopes, granted.Words())
		}
		grants = append(grants, g)
	}
	return grants, rows.Err()
}

// grants is the management endpoint's: what apps have access to in the user's name, and its
// end. SMART App Launch 2.2, management_endpoint.
func (s *Server) grants(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	session := auth.SessionFrom(ctx)
	switch {
	case session == nil:
		s.stop(w, r, "", refusalWith(http.StatusUnauthorized, "not-signed-in", "You are not signed in"))
		return
	case session.App != "": // what other apps may do is not an app's to know or to end
		s.stop(w, r, session.App, refusalWith(http.StatusForbidden, "not-for-apps", "Only the user sees and ends what apps may do"))
		return
	}
	subject := auth.PublicSubject(session.Issuer, session.Subject)
	list, err := s.Store.grantsOf(ctx, subject)
	if err != nil {
		s.trouble(w, r, err)
		return
	}
	switch r.Method {
	case http.MethodGet:
		answerJSON(w, http.StatusOK, map[string]any{"grants": list})
	case http.MethodPost:
		var body struct {
			ID string `json:"id"`
		}
		if json.NewDecoder(http.MaxBytesReader(w, r.Body, mostDecision)).Decode(&body) != nil || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
			s.stop(w, r, "", refusal("not-json", `Send {"id": …} as JSON`))
			return
		}
		s.endGrant(w, r, list, body.ID)
	default:
		w.Header().Set("Allow", "GET, POST")
		s.stop(w, r, "", refusalWith(http.StatusMethodNotAllowed, "method", "Only GET and POST"))
	}
}

func (s *Server) endGrant(w http.ResponseWriter, r *http.Request, mine []Grant, id string) {
	ctx := r.Context()
	for _, g := range mine {
		if g.ID != id {
			continue
		}
		e := auth.EventOf(ctx, audit.ActionGrant, audit.Permit)
		e.Target, e.Reason = "client:"+g.App, "the user has ended it"
		err := s.Ledger.Record(ctx, e)
		if err == nil {
			err = s.Store.revoke(ctx, id)
		}
		if err != nil {
			s.trouble(w, r, err)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	s.stop(w, r, "", refusalWith(http.StatusNotFound, "gone", "There is no such access of an app"))
}
