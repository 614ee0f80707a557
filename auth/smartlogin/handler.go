package smartlogin

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/uptrace/bun"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/claims"
)

// Launcher is one EPR that may open the viewer: a stanza, opened.
type Launcher struct {
	// ID and Name are the stanza's.
	ID, Name string
	// Organisations are those whom the EPR may vouch for.
	Organisations []claims.Organisation
	// Frames are the origins whose pages may hold the viewer in a frame.
	Frames []string
	// Mapping says who somebody is; EPR is how it is spoken to. Neither is nil.
	Mapping *claims.Mapping
	EPR     *EPR

	latest latest
}

// Handler takes launches. All its fields must be set before it is used; its methods are safe
// for concurrent use.
type Handler struct {
	// Public is where browsers reach this server, https://care.example; Own is its FHIR base,
	// whose launches are the viewer's own.
	Public, Own string
	Launchers   []*Launcher
	Opener      Opener
	// Auth says where a request comes from, and whether there is TLS.
	Auth   *auth.Authenticator
	Ledger *audit.Ledger
	// Log never gets names or secrets.
	Log *slog.Logger
	Now func() time.Time

	attempts attempts
	byID     map[string]*Launcher
}

// Open makes the handler ready. The database keeps the launches under way.
func (h *Handler) Open(write, read *bun.DB) {
	h.attempts = attempts{write: write.DB, read: read.DB, now: h.Now}
	h.byID = make(map[string]*Launcher, len(h.Launchers))
	for _, l := range h.Launchers {
		h.byID[l.ID] = l
	}
}

// Close gives back what the launchers took.
func (h *Handler) Close() error {
	var errs []error
	for _, l := range h.Launchers {
		errs = append(errs, l.EPR.Close())
	}
	return errors.Join(errs...)
}

// Launch serves /launch: what this server launched itself, or nobody, goes to the viewer's own
// page; everything else begins at an EPR or is refused.
func (h *Handler) Launch(viewer http.Handler) http.Handler {
	foreign := h.Auth.Locate(http.HandlerFunc(h.launch))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query, err := url.ParseQuery(r.URL.RawQuery)
		named := query["iss"]
		if err == nil && (len(named) == 0 || len(named) == 1 && SameIss(named[0], h.Own)) {
			viewer.ServeHTTP(w, r)
			return
		}
		foreign.ServeHTTP(w, r)
	})
}

// Routes serves /auth/epr/: where EPRs send the browser back. Neither session nor Origin
// protects these; what does stands in each.
func (h *Handler) Routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /auth/epr/page.css", style)
	mux.HandleFunc("GET /auth/epr/{launcher}/return", h.back)
	mux.HandleFunc("POST /auth/epr/{launcher}/open", h.answered)
	mux.HandleFunc("GET /auth/epr/{launcher}/jwks", h.keys)
	return h.Auth.Locate(mux)
}

// keys are what the EPR checks our signatures by.
func (h *Handler) keys(w http.ResponseWriter, r *http.Request) {
	launcher := h.byID[r.PathValue("launcher")]
	if launcher == nil {
		http.NotFound(w, r)
		return
	}
	text := launcher.EPR.client.Published()
	if text == nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "max-age=300")
	_, _ = w.Write(text)
}

// Info is a launcher as administrators see it.
type Info struct {
	ID, Name      string
	Organisations []claims.Organisation
	// LastSuccess and LastRefusal are of this server, UTC; zero if there was none since it
	// started. Cause is of the last refusal.
	LastSuccess, LastRefusal time.Time
	Cause                    string
}

// Infos lists the launchers in their order.
func (h *Handler) Infos() []Info {
	list := make([]Info, len(h.Launchers))
	for i, l := range h.Launchers {
		list[i] = Info{ID: l.ID, Name: l.Name, Organisations: l.Organisations}
		list[i].LastSuccess, list[i].LastRefusal, list[i].Cause = l.latest.all()
	}
	return list
}

// Test tries a launcher's connection step by step; false if there is no such launcher.
func (h *Handler) Test(ctx context.Context, id string) ([]auth.Step, bool) {
	l := h.byID[id]
	if l == nil {
		return nil, false
	}
	return l.EPR.Test(ctx), true
}
