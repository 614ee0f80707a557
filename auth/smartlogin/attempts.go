package smartlogin

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// Limits of launches under way.
const (
	// attemptLasts is how long somebody may take at the EPR, whose own sign-in may be among
	// it, and again over the question who they are.
	attemptLasts = 10 * time.Minute
	// mostAttempts is how many may be under way from one address: a hospital stands behind
	// one, and each costs a row.
	mostAttempts = 500
)

// Stages of a launch under way: at the EPR, or asking the user who they are.
const (
	stageAway     = "away"
	stageQuestion = "question"
)

type attempts struct {
	write, read *sql.DB
	now         func() time.Time
}

func hashOf(s string) []byte {
	h := sha256.Sum256([]byte(s))
	return h[:]
}

// keep holds a launch under a key that is not kept itself, sealed with it. browser is the
// secret of the browser's cookie, "" for none.
func (a *attempts) keep(ctx context.Context, stage, key, browser, launcher string, kept any) error {
	now := a.now()
	address := auth.CallerFrom(ctx).Address
	if _, err := a.write.ExecContext(ctx, `DELETE FROM smartlogin_attempt WHERE begun <= $1`, now.Add(-attemptLasts).UnixMicro()); err != nil {
		return fmt.Errorf("keeping a launch: %w", err)
	}
	var n int
	if err := a.read.QueryRowContext(ctx, `SELECT count(*) FROM smartlogin_attempt WHERE address = $1`, address).Scan(&n); err != nil {
		return fmt.Errorf("keeping a launch: %w", err)
	}
	if n >= mostAttempts {
		return Refuse(CodeBusy, "too many launches are under way from one address")
	}
	text, err := json.Marshal(kept)
	if err != nil {
		return fmt.Errorf("keeping a launch: %w", err)
	}
	sealed, err := auth.Seal(key, "smartlogin "+stage, text)
	if err != nil {
		return fmt.Errorf("keeping a launch: %w", err)
	}
	_, err = a.write.ExecContext(ctx,
		`INSERT INTO smartlogin_attempt (key_hash, stage, launcher, browser_hash, kept, address, begun) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		hashOf(key), stage, launcher, hashOf(browser), sealed, address, now.UnixMicro())
	if err != nil {
		return fmt.Errorf("keeping a launch: %w", err)
	}
	return nil
}

// take uses the launch of a key up, whatever comes of it, and gives the hash of the browser's
// secret. Its *Refusal says why there is none.
func (a *attempts) take(ctx context.Context, stage, key, launcher string, kept any) ([]byte, error) {
	var at string
	var browser, sealed []byte
	var begun int64
	err := a.write.QueryRowContext(ctx,
		`DELETE FROM smartlogin_attempt WHERE key_hash = $1 AND stage = $2 RETURNING launcher, browser_hash, kept, begun`, hashOf(key), stage).
		Scan(&at, &browser, &sealed, &begun)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, Refuse(CodeExpired, "no launch is under way for what came back: it was used already, is too old, or did not begin here")
	case err != nil:
		return nil, fmt.Errorf("finding a launch: %w", err)
	case at != launcher:
		return nil, Refuse(CodeAnswer, "the answer came back to the address of another launcher")
	case a.now().Sub(time.UnixMicro(begun)) >= attemptLasts:
		return nil, Refuse(CodeExpired, "the launch took longer than ten minutes")
	}
	text, err := auth.Unseal(key, "smartlogin "+stage, sealed)
	if err == nil {
		err = json.Unmarshal(text, kept)
	}
	if err != nil {
		return nil, fmt.Errorf("finding a launch: %w", err)
	}
	return browser, nil
}
