package signin

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/uptrace/bun"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/auth/claims"
	"github.com/patchworkcare/patchwork/auth/lockout"
)

// Local is the id of the login of Patchwork's own accounts.
const Local = "local"

// Ways of signing in, as the sign-in page knows them.
const (
	WayRedirect = "redirect"
	WayPassword = "password"
)

// Login is one organisation's sign-in: a stanza, opened.
type Login struct {
	// ID, Type and Name are the stanza's.
	ID, Type, Name string
	// Organisations are those whom the provider may vouch for, Domains those of e-mail
	// addresses that lead to it.
	Organisations []claims.Organisation
	Domains       []string
	// Requires are the stanza's own words for what a sign-in there must be: "Sign in with
	// your smart card".
	Requires []string
	// Recheck is how often the provider is asked about a user; 0 never.
	Recheck time.Duration
	// Mapping says who somebody is; Provider is how they prove it. Neither is nil.
	Mapping  *claims.Mapping
	Provider auth.Provider

	latest latest
	// resting: until then (Unix microseconds) the provider is not asked again, because it
	// did not answer the last time.
	resting atomic.Int64
}

// way is how the login's users prove who they are.
func (l *Login) way() string {
	if _, ok := l.Provider.(auth.PasswordChecker); ok {
		return WayPassword
	}
	return WayRedirect
}

// Accounts of Patchwork's own.
type localAccounts interface {
	auth.Login
	auth.Confirmer
}

// Door is the way in. All its fields must be set before it is used, and its own methods
// are safe for concurrent use.
type Door struct {
	// Auth begins sessions; its Login, Used, Exit and Describe are the Door's own (Open).
	Auth *auth.Authenticator
	// Logins are the stanzas, in their order.
	Logins []*Login
	// LocalAccounts are Patchwork's own, offered last.
	LocalAccounts localAccounts
	Accounts      *accounts.Accounts
	Lockout       *lockout.Counter
	Ledger        *audit.Ledger
	// Log never gets names or secrets.
	Log *slog.Logger
	Now func() time.Time

	attempts attempts
	byID     map[string]*Login
	asking   sync.WaitGroup // re-checks under way
	closing  context.Context
	close    context.CancelFunc
}

// Open joins the door with the authenticator. The database keeps the attempts.
func (d *Door) Open(write, read *bun.DB) {
	d.attempts = attempts{write: write.DB, read: read.DB, now: d.Now}
	d.byID = make(map[string]*Login, len(d.Logins))
	for _, l := range d.Logins {
		d.byID[l.ID] = l
	}
	d.closing, d.close = context.WithCancel(context.Background())
	d.Auth.Login, d.Auth.Used, d.Auth.Exit, d.Auth.Describe = d, d.used, d.exit, d.describe
}

// Close ends the re-checks and gives back what the providers took.
func (d *Door) Close() error {
	d.close()
	d.asking.Wait()
	var errs []error
	for _, l := range d.Logins {
		errs = append(errs, l.Provider.Close())
	}
	return errors.Join(errs...)
}

// Routes serves /auth/: those of the sign-in itself, inside and outside of the
// session's own protection, and those of auth.Authenticator.
func (d *Door) Routes() http.Handler {
	inside := http.NewServeMux()
	inside.HandleFunc("GET /auth/logins", d.list)
	inside.HandleFunc("GET /auth/start/{login}", d.start)
	inside.Handle("/", d.Auth.Routes())
	mux := http.NewServeMux()
	mux.Handle("/auth/", d.Auth.Middleware(inside))
	// The provider's page and the provider itself send these: no Origin and no header of
	// ours. What protects them stands in each.
	mux.Handle("GET /auth/at/{login}/return", d.Auth.Locate(http.HandlerFunc(d.back)))
	mux.Handle("POST /auth/at/{login}/return", d.Auth.Locate(http.HandlerFunc(d.posted)))
	mux.Handle("/auth/at/{login}/left", d.Auth.Locate(http.HandlerFunc(d.left)))
	mux.Handle("GET /auth/at/{login}/logout", d.Auth.Locate(http.HandlerFunc(d.ended)))
	mux.Handle("POST /auth/at/{login}/logout", d.Auth.Locate(http.HandlerFunc(d.ended)))
	mux.Handle("GET /auth/at/{login}/metadata", d.Auth.Locate(http.HandlerFunc(d.metadata)))
	return mux
}

// describe gives a login's name and way; "" for one that is no more.
func (d *Door) describe(id string) (name, way string) {
	if id == Local {
		return localName, WayPassword
	}
	if l := d.byID[id]; l != nil {
		return l.Name, l.way()
	}
	return "", ""
}

const localName = "Patchwork account"
