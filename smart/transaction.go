package smart

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// transactionLasts is how long a user may take to sign in, choose and approve.
const transactionLasts = 10 * time.Minute

// errGone: no request waits under this handle.
var errGone = errors.New("smart: no request waits under this handle")

// transactions are authorize requests that wait for their user. The handle stands in the
// address of the page that asks; the table has its hash.
type transactions struct {
	write, read *sql.DB
	now         func() time.Time
}

// waiting is a request as the table has it.
type waitingRequest struct {
	Form url.Values `json:"form"`
}

func (t *transactions) keep(ctx context.Context, a *asked) (handle string, err error) {
	handle = auth.NewSecret()
	request, err := json.Marshal(waitingRequest{a.form})
	if err != nil {
		return "", err
	}
	launch, err := textOf(a.launch)
	if err != nil {
		return "", err
	}
	_, err = t.write.ExecContext(ctx, `INSERT INTO smart_transaction (hash, client, request, launch, expires) VALUES ($1, $2, $3, $4, $5)`,
		keyHash(handle), a.client.ID, string(request), launch, t.now().Add(transactionLasts).UnixMicro())
	if err != nil {
		return "", fmt.Errorf("keeping a request: %w", err)
	}
	return handle, nil
}

// find gives a request that waits, without its client: the registry may have changed.
func (t *transactions) find(ctx context.Context, handle string) (client string, form url.Values, launch *LaunchContext, begun time.Time, err error) {
	var request, context string
	var expires int64
	err = t.read.QueryRowContext(ctx, `SELECT client, request, launch, expires FROM smart_transaction WHERE hash = $1 AND done = FALSE AND expires > $2`,
		keyHash(handle), t.now().UnixMicro()).Scan(&client, &request, &context, &expires)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", nil, nil, begun, errGone
	case err != nil:
		return "", nil, nil, begun, fmt.Errorf("finding a request: %w", err)
	}
	var was waitingRequest
	if err := json.Unmarshal([]byte(request), &was); err != nil {
		return "", nil, nil, begun, fmt.Errorf("finding a request: %w", err)
	}
	launch, err = fromText[LaunchContext](context)
	return client, was.Form, launch, time.UnixMicro(expires).Add(-transactionLasts).UTC(), err
}

// end lets a request wait no longer: of many at once, one succeeds.
func (t *transactions) end(ctx context.Context, handle string) error {
	ended, err := one(t.write.ExecContext(ctx, `UPDATE smart_transaction SET done = TRUE WHERE hash = $1 AND done = FALSE`, keyHash(handle)))
	if err == nil && !ended {
		return errGone
	}
	return err
}

func (t *transactions) sweep(ctx context.Context) error {
	if _, err := t.write.ExecContext(ctx, `DELETE FROM smart_transaction WHERE expires <= $1`, t.now().UnixMicro()); err != nil {
		return fmt.Errorf("clearing away old requests: %w", err)
	}
	return nil
}
