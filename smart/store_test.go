package smart_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ory/fosite"
	"github.com/ory/fosite/compose"

	"github.com/patchworkcare/patchwork/auth/scope"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/smart"
)

// server is a token endpoint on fosite with this room's parts, over HTTP.
type server struct {
	*house
	*httptest.Server
	provider fosite.OAuth2Provider
	client   *smart.Client
}

var verifier = strings.Repeat("v", 43)

func serve(t *testing.T, db *migrations.DB) *server {
	t.Helper()
	h := build(t, db)
	config := &fosite.Config{
		GlobalSecret: []byte(strings.Repeat("s", 32)), ScopeStrategy: scope.Permits, EnforcePKCE: true, OmitRedirectScopeParam: true,
		AuthorizeCodeLifespan: time.Minute, AccessTokenLifespan: 10 * time.Minute, RefreshTokenLifespan: time.Hour,
		RefreshTokenScopes: []string{scope.OfflineAccess, scope.OnlineAccess}, ClientSecretsHasher: smart.Hasher{},
	}
	s := &server{house: h, provider: compose.Compose(config, h.Store, &compose.CommonStrategy{CoreStrategy: compose.NewOAuth2HMACStrategy(config)},
		compose.OAuth2AuthorizeExplicitFactory, compose.OAuth2RefreshTokenGrantFactory, compose.OAuth2PKCEFactory,
		compose.OAuth2TokenIntrospectionFactory, compose.OAuth2TokenRevocationFactory)}
	s.client, _ = h.approved(app())
	s.Server = httptest.NewServer(http.HandlerFunc(s.token))
	t.Cleanup(s.Close)
	t.Cleanup(http.DefaultClient.CloseIdleConnections)
	return s
}

func (s *server) token(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	if r.URL.Path == "/revoke" {
		s.provider.WriteRevocationResponse(ctx, w, s.provider.NewRevocationRequest(ctx, r))
		return
	}
	request, err := s.provider.NewAccessRequest(ctx, r, &smart.Session{})
	if err == nil {
		var response fosite.AccessResponder
		if response, err = s.provider.NewAccessResponse(ctx, request); err == nil {
			s.provider.WriteAccessResponse(ctx, w, request, response)
			return
		}
	}
	s.provider.WriteAccessError(ctx, w, request, err)
}

// code is what the authorize endpoint would give the app.
func (s *server) code() string {
	s.t.Helper()
	challenge := sha256.Sum256([]byte(verifier))
	q := url.Values{
		"response_type": {"code"}, "client_id": {s.client.ID}, "redirect_uri": {callback}, "state": {"123456789012"}, "scope": {"patient/*.rs offline_access"},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(challenge[:])}, "code_challenge_method": {"S256"},
	}
	ctx := context.Background()
	request, err := s.provider.NewAuthorizeRequest(ctx, httptest.NewRequest(http.MethodGet, "/authorize?"+q.Encode(), nil))
	if err != nil {
		s.t.Fatal(fosite.ErrorToRFC6749Error(err).GetDescription())
	}
	for _, scope := range request.GetRequestedScopes() {
		request.GrantScope(scope)
	}
	session := &smart.Session{Issuer: "https://riverside.example", SignIn: "s-1", Context: map[string]any{"patient": "p-1"}}
	session.Subject = "dr"
	response, err := s.provider.NewAuthorizeResponse(ctx, request, session)
	if err != nil {
		s.t.Fatal(err)
	}
	return response.GetCode()
}

type answer struct {
	status  int
	Error   string `json:"error"`
	Access  string `json:"access_token"`
	Refresh string `json:"refresh_token"`
	Scope   string `json:"scope"`
}

func (s *server) post(path string, form url.Values) (a answer) {
	form.Set("client_id", s.client.ID)
	response, err := http.PostForm(s.URL+path, form)
	if err != nil {
		s.t.Error(err)
		return a
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || len(text) > 0 && json.Unmarshal(text, &a) != nil {
		s.t.Errorf("%v: %s", err, text)
	}
	a.status = response.StatusCode
	return a
}

func (s *server) redeem(code string) answer {
	return s.post("/token", url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {callback}, "code_verifier": {verifier}})
}

func (s *server) refresh(token string) answer {
	return s.post("/token", url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token}})
}

// session is what the token stands for; nil if it stands for nothing.
func (s *server) session(token string) *smart.Session {
	_, r, err := s.provider.IntrospectToken(context.Background(), token, fosite.AccessToken, &smart.Session{})
	if err != nil {
		return nil
	}
	return r.GetSession().(*smart.Session)
}

// atOnce does it 32 times at once and gives the answers that were a success.
func atOnce(do func() answer) (good []answer, all []answer) {
	const n = 32
	all = make([]answer, n)
	var wg sync.WaitGroup
	begin := make(chan struct{})
	for i := range n {
		wg.Go(func() { <-begin; all[i] = do() })
	}
	close(begin)
	wg.Wait()
	for _, a := range all {
		if a.status == http.StatusOK {
			good = append(good, a)
		}
	}
	return good, all
}

func TestOneOfManyRedemptionsSucceeds(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		s := serve(t, db)
		for range 5 {
			code := s.code()
			good, all := atOnce(func() answer { return s.redeem(code) })
			if len(good) != 1 || good[0].Access == "" || good[0].Refresh == "" || good[0].Scope != "patient/*.rs offline_access" {
				t.Fatalf("%d succeeded: %+v", len(good), all)
			}
		}
	})
}

func TestOneOfManyRefreshesSucceeds(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		s := serve(t, db)
		for range 5 {
			first := s.redeem(s.code())
			good, all := atOnce(func() answer { return s.refresh(first.Refresh) })
			if len(good) != 1 || good[0].Refresh == first.Refresh || s.session(first.Access) != nil {
				t.Fatalf("%d succeeded: %+v", len(good), all)
			}
		}
	})
}

func TestACodeThatIsUsedAgainEndsItsTokens(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		s := serve(t, db)
		code := s.code()
		got := s.redeem(code)
		session := s.session(got.Access)
		if session == nil || session.Subject != "dr" || session.Issuer != "https://riverside.example" || session.SignIn != "s-1" || session.Context["patient"] != "p-1" {
			t.Fatalf("%+v: %+v", got, session)
		}
		if again := s.redeem(code); again.status != http.StatusBadRequest || again.Error != "invalid_grant" {
			t.Errorf("%+v", again)
		}
		if s.session(got.Access) != nil || s.refresh(got.Refresh).status == http.StatusOK {
			t.Error("its tokens go on")
		}
	})
}

func TestARefreshTokenThatIsUsedAgainEndsItsFamily(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		s := serve(t, db)
		first := s.redeem(s.code())
		second := s.refresh(first.Refresh)
		third := s.refresh(second.Refresh)
		if third.status != http.StatusOK || s.session(third.Access) == nil || s.session(second.Access) != nil {
			t.Fatalf("%+v %+v", second, third)
		}
		if again := s.refresh(first.Refresh); again.Error != "invalid_grant" {
			t.Errorf("%+v", again)
		}
		if s.session(third.Access) != nil || s.refresh(third.Refresh).Error != "invalid_grant" {
			t.Error("the family goes on")
		}
		other := s.redeem(s.code())
		if s.session(other.Access) == nil {
			t.Error("another family ended too")
		}
	})
}

func TestTokensEnd(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		s := serve(t, db)
		got := s.redeem(s.code())
		if a := s.post("/revoke", url.Values{"token": {got.Access}}); a.status != http.StatusOK || s.session(got.Access) != nil || s.refresh(got.Refresh).status == http.StatusOK {
			t.Error("a token that was given back goes on:", a)
		}
		got = s.redeem(s.code())
		s.exec(`INSERT INTO auth_off (kind, what, at, maker, reason) VALUES ('client', ?, 1, 'Ada', 'It was stolen')`, s.client.ID)
		if s.session(got.Access) != nil || s.refresh(got.Refresh).status == http.StatusOK {
			t.Error("the tokens of a client that is switched off go on")
		}
	})
}

func TestAWrongVerifierEndsTheCode(t *testing.T) {
	t.Parallel()
	s := serve(t, dbtest.Open(t, dbtest.SQLite(t)))
	for name, wrong := range map[string]string{"none": "", "another": strings.Repeat("w", 43), "short": "v", "the challenge": "plain"} {
		code := s.code()
		form := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {callback}, "code_verifier": {wrong}}
		if a := s.post("/token", form); a.status != http.StatusBadRequest || a.Access != "" {
			t.Errorf("%s: %+v", name, a)
		}
		form.Del("code_verifier")
		if a := s.post("/token", form); a.status != http.StatusBadRequest || a.Access != "" {
			t.Errorf("%s, and then none: %+v", name, a)
		}
		if a := s.redeem(code); a.status != http.StatusBadRequest || a.Access != "" {
			t.Errorf("%s, and then the right one: %+v", name, a)
		}
	}
}

// TestNoTokenIsKept: the database alone can use none.
func TestNoTokenIsKept(t *testing.T) {
	t.Parallel()
	s := serve(t, dbtest.Open(t, dbtest.SQLite(t)))
	code := s.code()
	got := s.redeem(code)
	rows, err := s.db.Read.DB.Query(`SELECT kind, hex(key_hash), key_hash, request FROM smart_token`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var kind, hex, hash, request string
		if err := rows.Scan(&kind, &hex, &hash, &request); err != nil {
			t.Fatal(err)
		}
		n++
		for _, token := range []string{code, got.Access, got.Refresh, verifier} {
			_, signature, _ := strings.Cut(token, ".")
			if text := kind + hex + hash + request; strings.Contains(text, token) || signature != "" && strings.Contains(text, signature) {
				t.Error(kind, "keeps a token")
			}
		}
	}
	if rows.Err() != nil || n != 4 {
		t.Error(n, rows.Err())
	}
}

func TestAnAssertionIsTakenOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h, ctx := build(t, db), context.Background()
		good, all := atOnce(func() answer {
			switch err := h.SetClientAssertionJWT(ctx, "epr 1", h.clock.now().Add(5*time.Minute)); err {
			case nil:
				return answer{status: http.StatusOK}
			default:
				return answer{Error: err.Error()}
			}
		})
		if len(good) != 1 || all[0].Error != "" && all[0].Error != fosite.ErrJTIKnown.Error() {
			t.Errorf("%d succeeded: %+v", len(good), all)
		}
		if h.other.ClientAssertionJWTValid(ctx, "epr 1") == nil || h.ClientAssertionJWTValid(ctx, "epr 2") != nil {
			t.Error("what was taken is not known")
		}
		h.clock.ahead.Store(int64(5*time.Minute + 30*time.Second))
		if h.SetClientAssertionJWT(ctx, "epr 1", h.clock.now()) == nil {
			t.Error("it is forgotten before its minute")
		}
	})
}

func TestWhatCannotBeKept(t *testing.T) {
	t.Parallel()
	h, ctx := build(t, dbtest.Open(t, dbtest.SQLite(t))), context.Background()
	c, _ := h.approved(app())
	for name, session := range map[string]fosite.Session{"none": nil, "another": &fosite.DefaultSession{}, "one without an end": &smart.Session{}} {
		r := fosite.NewRequest()
		r.Client, r.Session = c, session
		if h.CreateAccessTokenSession(ctx, "x", r) == nil {
			t.Error(name, "is kept")
		}
	}
	if _, err := h.GetAccessTokenSession(ctx, "x", nil); err != fosite.ErrNotFound {
		t.Error(err)
	}
}

func TestACloneSharesNothing(t *testing.T) {
	t.Parallel()
	s := &smart.Session{Context: map[string]any{"patient": "a"}}
	s.SetExpiresAt(fosite.AccessToken, time.Unix(1, 0).UTC())
	s.IDTokenClaims().Add("fhirUser", "x")
	c := s.Clone().(*smart.Session)
	c.Context["patient"] = "b"
	c.SetExpiresAt(fosite.AccessToken, time.Unix(2, 0).UTC())
	c.IDTokenClaims().Extra["fhirUser"] = "y"
	if s.Context["patient"] != "a" || s.GetExpiresAt(fosite.AccessToken).Unix() != 1 || s.IDTokenClaims().Extra["fhirUser"] != "x" {
		t.Errorf("%+v", s)
	}
}
