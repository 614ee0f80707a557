package smart

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/ory/fosite"
	"github.com/ory/fosite/handler/oauth2"
	"github.com/ory/fosite/handler/openid"
	"github.com/ory/fosite/handler/pkce"
	"github.com/ory/fosite/storage"
	"github.com/uptrace/bun"
)

// Store keeps codes and tokens for fosite. The database has hashes of them only. Whatever
// may happen once is one conditional update that must meet one row, so that of requests in
// parallel, on however many servers, one succeeds. Safe for concurrent use.
type Store struct {
	*Clients
}

var (
	_ fosite.Storage                     = (*Store)(nil)
	_ oauth2.CoreStorage                 = (*Store)(nil)
	_ oauth2.TokenRevocationStorage      = (*Store)(nil)
	_ pkce.PKCERequestStorage            = (*Store)(nil)
	_ openid.OpenIDConnectRequestStorage = (*Store)(nil)
	_ storage.Transactional              = (*Store)(nil)
)

// NewStore keeps codes and tokens beside the registry.
func NewStore(clients *Clients) *Store { return &Store{clients} }

// kind is what a row of smart_token is.
type kind string

const (
	code         kind = "code"
	proofKey     kind = "pkce"
	idToken      kind = "openid"
	accessToken  kind = "access"
	refreshToken kind = "refresh"
)

// expiry is where a session has the life of a kind: what goes with a code ends with it.
func (k kind) expiry() fosite.TokenType {
	switch k {
	case accessToken:
		return fosite.AccessToken
	case refreshToken:
		return fosite.RefreshToken
	}
	return fosite.AuthorizeCode
}

// keyHash is a token as the table has it.
func keyHash(key string) []byte {
	h := sha256.Sum256([]byte(key))
	return h[:]
}

// stored is a request as the table has it.
type stored struct {
	At       time.Time  `json:"at"`
	Client   string     `json:"client"`
	Asked    []string   `json:"asked,omitempty"`
	Granted  []string   `json:"granted,omitempty"`
	For      []string   `json:"for,omitempty"`
	GivenFor []string   `json:"given_for,omitempty"`
	Form     url.Values `json:"form,omitempty"`
	Session  *Session   `json:"session"`
}

// keep writes a token of a grant, and the grant with its first one.
func (s *Store) keep(ctx context.Context, k kind, key string, r fosite.Requester) error {
	session, ok := r.GetSession().(*Session)
	if !ok || session == nil {
		return errors.New("smart: a token needs a session of this package")
	}
	expires := session.GetExpiresAt(k.expiry())
	if expires.IsZero() {
		return errors.New("smart: a token must expire")
	}
	granted := r.GetGrantedScopes()
	if k == refreshToken && session.Whole != nil {
		granted = session.Whole
	}
	text, err := json.Marshal(stored{
		At: r.GetRequestedAt(), Client: r.GetClient().GetID(), Asked: r.GetRequestedScopes(), Granted: granted,
		For: r.GetRequestedAudience(), GivenFor: r.GetGrantedAudience(), Form: r.GetRequestForm(), Session: session,
	})
	if err != nil {
		return fmt.Errorf("keeping a token: %w", err)
	}
	db := s.in(ctx)
	if _, err := db.ExecContext(ctx, `INSERT INTO smart_grant (id, client, subject, session, created) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
		r.GetID(), r.GetClient().GetID(), session.Subject, session.SignIn, s.now().UnixMicro()); err != nil {
		return fmt.Errorf("keeping a grant: %w", err)
	}
	if _, err := db.ExecContext(ctx, `INSERT INTO smart_token (kind, key_hash, grant_id, request, expires) VALUES (?, ?, ?, ?, ?)`,
		string(k), keyHash(key), r.GetID(), string(text), expires.UnixMicro()); err != nil {
		return fmt.Errorf("keeping a token: %w", err)
	}
	return nil
}

// find gives what a token stands for, and whether it may still be taken. fosite.ErrNotFound
// if there is no such token, or its client gets nothing any more.
func (s *Store) find(ctx context.Context, k kind, key string) (r fosite.Requester, live bool, err error) {
	var id, text string
	var used, revoked bool
	err = s.read.QueryRowContext(ctx, `SELECT t.grant_id, t.request, t.used, g.revoked FROM smart_token t JOIN smart_grant g ON g.id = t.grant_id
		WHERE t.kind = ? AND t.key_hash = ?`, string(k), keyHash(key)).Scan(&id, &text, &used, &revoked)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, false, fosite.ErrNotFound
	case err != nil:
		return nil, false, fmt.Errorf("finding a token: %w", err)
	}
	var was stored
	if err := json.Unmarshal([]byte(text), &was); err != nil {
		return nil, false, fmt.Errorf("finding a token: %w", err)
	}
	client, err := s.GetClient(ctx, was.Client)
	if err != nil {
		return nil, false, err
	}
	if was.Form == nil {
		was.Form = url.Values{}
	}
	return &fosite.Request{
		ID: id, RequestedAt: was.At, Client: client, RequestedScope: was.Asked, GrantedScope: was.Granted,
		RequestedAudience: was.For, GrantedAudience: was.GivenFor, Form: was.Form, Session: was.Session,
	}, !used && !revoked, nil
}

// use marks a token as taken; false if it was taken before, or its grant is revoked.
func (s *Store) use(ctx context.Context, k kind, key string) (bool, error) {
	done, err := s.in(ctx).ExecContext(ctx, `UPDATE smart_token SET used = TRUE WHERE kind = ? AND key_hash = ? AND used = FALSE
		AND EXISTS (SELECT 1 FROM smart_grant WHERE id = grant_id AND revoked = FALSE)`, string(k), keyHash(key))
	return one(done, err)
}

// revoke ends a grant. Its tokens end with it, also one that is being made just now.
func (s *Store) revoke(ctx context.Context, grant string) error {
	if _, err := s.in(ctx).ExecContext(ctx, `UPDATE smart_grant SET revoked = TRUE WHERE id = ?`, grant); err != nil {
		return fmt.Errorf("revoking a grant: %w", err)
	}
	return nil
}

// one reports whether a statement met exactly one row.
func one(done sql.Result, err error) (bool, error) {
	if err != nil {
		return false, fmt.Errorf("using a token: %w", err)
	}
	n, err := done.RowsAffected()
	return n == 1, err
}

type txKey struct{}

// in is the transaction of the context, or the database.
func (s *Store) in(ctx context.Context) bun.IDB {
	if tx, ok := ctx.Value(txKey{}).(bun.Tx); ok {
		return tx
	}
	return s.write
}

// BeginTX begins a transaction that the given context carries; fosite then ends it.
func (s *Store) BeginTX(ctx context.Context) (context.Context, error) {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return ctx, fmt.Errorf("keeping tokens: %w", err)
	}
	return context.WithValue(ctx, txKey{}, tx), nil
}

// Commit makes what was done in the context's transaction last.
func (s *Store) Commit(ctx context.Context) error {
	if tx, ok := ctx.Value(txKey{}).(bun.Tx); ok {
		return tx.Commit()
	}
	return nil
}

// Rollback undoes it; one that is over already is no error.
func (s *Store) Rollback(ctx context.Context) error {
	tx, ok := ctx.Value(txKey{}).(bun.Tx)
	if !ok {
		return nil
	}
	if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
		return err
	}
	return nil
}
