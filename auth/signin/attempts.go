package signin

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// Limits of sign-ins under way.
const (
	// attemptLasts is how long somebody may take at their provider's page.
	attemptLasts = 10 * time.Minute
	// mostAttempts is how many may be under way from one address: a hospital stands behind
	// one, and each costs a row.
	mostAttempts = 500
	// useAttempt sets the seal of what an attempt keeps apart from others.
	useAttempt = "attempt"
)

// attempt is a sign-in under way.
type attempt struct {
	login string
	// kept is the connector's, unsealed.
	kept []byte
	// answer is the form that the browser brought back by POST, encoded; "" by GET.
	answer string
	// back is the viewer's path to go to.
	back string
	// session is the public id of the session whose user proves again who they are; "" for
	// a new one.
	session string
	begun   time.Time
}

type attempts struct {
	write, read *sql.DB
	now         func() time.Time
}

func hashOf(s string) []byte {
	h := sha256.Sum256([]byte(s))
	return h[:]
}

// begin keeps an attempt under the state, for the browser that has the cookie.
func (a *attempts) begin(ctx context.Context, state, browser, address string, t attempt) error {
	now := a.now()
	if _, err := a.write.ExecContext(ctx, `DELETE FROM auth_attempt WHERE begun <= $1`, now.Add(-attemptLasts).UnixMicro()); err != nil {
		return fmt.Errorf("keeping a sign-in: %w", err)
	}
	var n int
	if err := a.read.QueryRowContext(ctx, `SELECT count(*) FROM auth_attempt WHERE address = $1`, address).Scan(&n); err != nil {
		return fmt.Errorf("keeping a sign-in: %w", err)
	}
	if n >= mostAttempts {
		return auth.Refuse(auth.RefusedLocked, "too many sign-ins are under way from one address")
	}
	sealed, err := auth.Seal(browser, useAttempt, t.kept)
	if err != nil {
		return err
	}
	_, err = a.write.ExecContext(ctx,
		`INSERT INTO auth_attempt (state_hash, browser_hash, login, kept, back, session, address, begun) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		hashOf(state), hashOf(browser), t.login, sealed, t.back, t.session, address, now.UnixMicro())
	if err != nil {
		return fmt.Errorf("keeping a sign-in: %w", err)
	}
	return nil
}

// answer keeps what came by POST with the attempt of the state; false if there is no such
// attempt of the login, or it has an answer already.
func (a *attempts) answer(ctx context.Context, login, state, form string) (bool, error) {
	done, err := a.write.ExecContext(ctx, `UPDATE auth_attempt SET answer = $1 WHERE state_hash = $2 AND login = $3 AND answer = '' AND begun > $4`,
		form, hashOf(state), login, a.now().Add(-attemptLasts).UnixMicro())
	if err != nil {
		return false, fmt.Errorf("keeping a provider's answer: %w", err)
	}
	n, err := done.RowsAffected()
	return n == 1, err
}

// take uses the attempt of the state up, whatever comes of it. Its *auth.Refusal says why
// there is none for this browser.
func (a *attempts) take(ctx context.Context, login, state, browser string) (attempt, error) {
	var t attempt
	var browserHash, sealed []byte
	var begun int64
	err := a.write.QueryRowContext(ctx,
		`DELETE FROM auth_attempt WHERE state_hash = $1 RETURNING browser_hash, login, kept, answer, back, session, begun`, hashOf(state)).
		Scan(&browserHash, &t.login, &sealed, &t.answer, &t.back, &t.session, &begun)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return t, auth.Refuse(auth.RefusedExpired, "no sign-in is under way for the state that came back: it was used already, is too old, or did not begin here")
	case err != nil:
		return t, fmt.Errorf("finding a sign-in: %w", err)
	}
	t.begun = time.UnixMicro(begun).UTC()
	switch {
	case t.login != login:
		return t, auth.Refuse(auth.RefusedInvalid, "the answer came back to the address of another login")
	case a.now().Sub(t.begun) >= attemptLasts:
		return t, auth.Refuse(auth.RefusedExpired, "the sign-in took longer than ten minutes")
	case subtle.ConstantTimeCompare(browserHash, hashOf(browser)) != 1:
		return t, auth.Refuse(auth.RefusedBrowser, "the browser that came back is not the one that left, or keeps no cookies")
	}
	t.kept, err = auth.Unseal(browser, useAttempt, sealed)
	return t, err
}

// once takes a message that may be taken once only; false if it was taken before.
func (a *attempts) once(ctx context.Context, login, id string, expires time.Time) (bool, error) {
	now := a.now()
	if _, err := a.write.ExecContext(ctx, `DELETE FROM auth_taken WHERE expires <= $1`, now.UnixMicro()); err != nil {
		return false, fmt.Errorf("taking a message: %w", err)
	}
	if least := now.Add(time.Hour); expires.Before(least) {
		expires = least // the provider's clock may be behind
	}
	done, err := a.write.ExecContext(ctx, `INSERT INTO auth_taken (hash, expires) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING`,
		hashOf(login+"\n"+id), expires.UnixMicro())
	if err != nil {
		return false, fmt.Errorf("taking a message: %w", err)
	}
	n, err := done.RowsAffected()
	return n == 1, err
}

// giveBack lets a message be taken again, because nothing came of it.
func (a *attempts) giveBack(ctx context.Context, login, id string) {
	_, _ = a.write.ExecContext(context.WithoutCancel(ctx), `DELETE FROM auth_taken WHERE hash = $1`, hashOf(login+"\n"+id))
}
