package smart

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/ory/fosite"
	"github.com/ory/fosite/compose"
	"github.com/ory/fosite/handler/openid"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/scope"
)

// How long things live.
const (
	codeLasts    = time.Minute
	accessLasts  = 10 * time.Minute
	serviceLasts = 5 * time.Minute
	onlineLasts  = 10 * time.Hour // and never longer than the sign-in
	offlineLasts = 30 * 24 * time.Hour
	idTokenLasts = 10 * time.Minute
)

// ErrUnknown: no system knows the person, or the caller may not know that one does.
var ErrUnknown = errors.New("there is no such person here")

// ErrMismatch: the number is somebody's whose birth date is another.
var ErrMismatch = errors.New("the birth date is not the one that is known for this number")

// ErrIncomplete: not every system answered, so that nobody can be excluded.
var ErrIncomplete = errors.New("not every system answered")

// People finds patients for launches.
type People interface {
	// ByNumber gives the id of the person who has an NHS number and was born on a day
	// (YYYY-MM-DD). Its errors are ErrUnknown, ErrMismatch, ErrIncomplete.
	ByNumber(ctx context.Context, number, birthDate string) (id string, err error)
	// MayOpen asks policy, as every reading does, whether the session in ctx may open the
	// person; it is audited.
	MayOpen(ctx context.Context, id string) (bool, error)
}

// Users knows who has signed in before.
type Users interface {
	// Known gives the session that a user of a login would have, in their position at an
	// organisation: by subject, or by e-mail address if that is one user's. auth.ErrNoSession
	// if there is no such user, or they are switched off.
	Known(ctx context.Context, login, subject, email, organisation string) (auth.Session, error)
	// Again gives the session of a user as they are now, to go on without them (offline
	// access); auth.ErrNoSession if they are no longer welcome.
	Again(ctx context.Context, was auth.Session) (auth.Session, error)
}

// Config is what a Server is made of. All fields must be set, but for Topics.
type Config struct {
	// Public is where browsers and apps reach the server: https://HOST, no slash at the end.
	Public string
	Store  *Store
	Keys   *Keys
	// Clients says which client asks.
	Clients  *Authentication
	Sessions *auth.Sessions
	Auth     *auth.Authenticator
	People   People
	Users    Users
	// Topics are those of FHIRcast; nil if there is no hub.
	Topics Topics
	Ledger *audit.Ledger
	Log    *slog.Logger
	Now    func() time.Time
}

// Server is the authorization server. Safe for concurrent use.
type Server struct {
	Config
	provider fosite.OAuth2Provider
	launches *launches
	waiting  *transactions
	origins  origins
}

// New makes it.
func New(c Config) *Server {
	s := &Server{Config: c}
	s.launches = &launches{write: c.Store.write.DB, read: c.Store.read.DB, now: c.Now}
	s.waiting = &transactions{write: c.Store.write.DB, read: c.Store.read.DB, now: c.Now}
	config := &fosite.Config{
		GlobalSecret: c.Keys.HMACSecret(), RotatedGlobalSecrets: c.Keys.olderHMACSecrets(), ScopeStrategy: scope.Permits, EnforcePKCE: true, EnforcePKCEForPublicClients: true,
		OmitRedirectScopeParam: true, AuthorizeCodeLifespan: codeLasts, AccessTokenLifespan: accessLasts, RefreshTokenLifespan: offlineLasts,
		IDTokenLifespan: idTokenLasts, IDTokenIssuer: s.Issuer(), RefreshTokenScopes: []string{scope.OfflineAccess, scope.OnlineAccess},
		ClientSecretsHasher: Hasher{}, ClientAuthenticationStrategy: c.Clients.Authenticate, MinParameterEntropy: 8,
		AudienceMatchingStrategy: func(_, _ []string) error { return nil }, // `aud` is compared by authorize
	}
	signs := newSigner(c.Keys.signingKey)
	strategy := &compose.CommonStrategy{
		CoreStrategy: compose.NewOAuth2HMACStrategy(config), OpenIDConnectTokenStrategy: &openid.DefaultStrategy{Signer: signs, Config: config}, Signer: signs,
	}
	s.provider = compose.Compose(config, c.Store, strategy,
		compose.OAuth2AuthorizeExplicitFactory, compose.OAuth2RefreshTokenGrantFactory, compose.OAuth2ClientCredentialsGrantFactory,
		compose.OpenIDConnectExplicitFactory, compose.OpenIDConnectRefreshFactory, compose.OAuth2PKCEFactory,
		compose.OAuth2TokenIntrospectionFactory, compose.OAuth2TokenRevocationFactory)
	return s
}

// Issuer is the server's name in tokens and discovery: its address.
func (s *Server) Issuer() string { return s.Public }

// Base is the FHIR base, which is the `aud` of every request.
func (s *Server) Base() string { return s.Public + "/fhir" }

// TokenURL is the audience of assertions.
func (s *Server) TokenURL() string { return s.Public + "/smart/token" }

// Routes serves /smart/ and the discovery documents.
func (s *Server) Routes(mux *http.ServeMux) {
	plain := func(pattern string, h http.HandlerFunc) { mux.Handle(pattern, s.Auth.Locate(h)) }
	open := func(pattern string, h http.HandlerFunc) { mux.Handle(pattern, AnyOrigin(h)) }
	open("/fhir/.well-known/smart-configuration", s.smartConfiguration)
	open("/.well-known/openid-configuration", s.openidConfiguration)
	open("/smart/jwks", s.jwks)
	open(stylePath(), s.style)
	plain("/smart/authorize", s.authorize)
	mux.Handle("/smart/token", s.CORS(s.Auth.Locate(http.HandlerFunc(s.token))))
	mux.Handle("/smart/introspect", s.CORS(s.Auth.Locate(http.HandlerFunc(s.introspect))))
	mux.Handle("/smart/revoke", s.CORS(s.Auth.Locate(http.HandlerFunc(s.revoke))))
	plain("/smart/transaction", s.transaction)
	plain("/smart/prefill", s.prefilled)
	plain("/smart/open", s.open)
	mux.Handle("/smart/again", s.CORS(s.Auth.Locate(http.HandlerFunc(s.again))))
	mux.Handle("/smart/grants", s.Auth.Middleware(http.HandlerFunc(s.grants)))
	mint := s.Auth.Middleware(http.HandlerFunc(s.mint))
	mux.Handle("/smart/launch", mint)
	mux.Handle("/fhir/smart/launch", mint)
}

// Sweep clears away what has expired. Run it now and then.
func (s *Server) Sweep(ctx context.Context) error {
	return errors.Join(s.Store.Sweep(ctx), s.launches.sweep(ctx), s.waiting.sweep(ctx))
}

// at writes an address with parameters added to those it has.
func at(address string, add url.Values) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	q := u.Query()
	for name, values := range add {
		q[name] = values
	}
	u.RawQuery = q.Encode()
	return u.String()
}
