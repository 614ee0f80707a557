package smart

import (
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/patchworkcare/patchwork/auth"
)

// usePrefill sets the seal apart from others.
const usePrefill = "prefill"

// keepSealed keeps a text for ten minutes that only the handle opens: a copy of the
// database tells nothing.
func (t *transactions) keepSealed(ctx context.Context, client string, text []byte) (handle string, err error) {
	handle = auth.NewSecret()
	sealed, err := auth.Seal(handle, usePrefill, text)
	if err != nil {
		return "", err
	}
	_, err = t.write.ExecContext(ctx, `INSERT INTO smart_transaction (hash, client, request, launch, expires) VALUES ($1, $2, $3, '', $4)`,
		keyHash(usePrefill+"\n"+handle), client, base64.StdEncoding.EncodeToString(sealed), t.now().Add(transactionLasts).UnixMicro())
	if err != nil {
		return "", fmt.Errorf("keeping a search: %w", err)
	}
	return handle, nil
}

// unseal gives the text once; errGone if there is none.
func (t *transactions) unseal(ctx context.Context, handle string) ([]byte, error) {
	if handle == "" || len(handle) > 256 {
		return nil, errGone
	}
	var text string
	err := t.write.QueryRowContext(ctx, `DELETE FROM smart_transaction WHERE hash = $1 AND expires > $2 RETURNING request`,
		keyHash(usePrefill+"\n"+handle), t.now().UnixMicro()).Scan(&text)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, errGone
	case err != nil:
		return nil, fmt.Errorf("finding a search: %w", err)
	}
	sealed, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, errGone
	}
	return auth.Unseal(handle, usePrefill, sealed)
}
