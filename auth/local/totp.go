package local

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"github.com/patchworkcare/patchwork/auth"
)

// The second factor: six digits of HMAC-SHA-1, because that is what every authenticator
// application does. RFC 6238 §5.2: a code of one step before or after is accepted too.
const (
	totpIssuer = "Patchwork"
	totpPeriod = 30 // seconds, RFC 6238 §4
	totpSkew   = 1  // steps
)

// SetTOTP gives an account a new second factor instead of any that it had, and the
// otpauth URI to read into an authenticator application. The URI holds the secret: show
// it once. ErrUnknown if there is no such account.
func (u *Users) SetTOTP(ctx context.Context, username string) (otpauthURI string, err error) {
	a, err := u.find(ctx, fold(username))
	switch {
	case err != nil:
		return "", fmt.Errorf("finding an account: %w", err)
	case a.Username == "":
		return "", ErrUnknown
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: totpIssuer, AccountName: a.Username, Period: totpPeriod})
	if err != nil {
		return "", fmt.Errorf("making a second factor: %w", err)
	}
	return key.URL(), u.setTOTP(ctx, a.key, key.Secret())
}

// ClearTOTP takes an account's second factor away. ErrUnknown if there is no such account.
func (u *Users) ClearTOTP(ctx context.Context, username string) error {
	return u.setTOTP(ctx, fold(username), "")
}

func (u *Users) setTOTP(ctx context.Context, key, secret string) error {
	done, err := u.write.ExecContext(ctx, `UPDATE auth_local_user SET totp = $1, totp_step = 0 WHERE name_key = $2`, secret, key)
	if err != nil {
		return fmt.Errorf("changing an account: %w", err)
	}
	if n, err := done.RowsAffected(); err == nil && n == 0 {
		return ErrUnknown
	}
	return nil
}

// take checks the code and uses it up: RFC 6238 §5.2, a code is accepted once only. So is
// every older one. The condition on the last step used is asked where it is set, so that
// of two at once, on whatever servers, one is refused.
func (u *Users) take(ctx context.Context, a account, code string) error {
	steps, err := stepsOf(a.totp, code, u.now())
	if err != nil {
		return fmt.Errorf("checking a code: %w", err)
	}
	for _, step := range steps {
		done, err := u.write.ExecContext(ctx,
			`UPDATE auth_local_user SET totp_step = $1 WHERE name_key = $2 AND totp = $3 AND totp_step < $1`, step, a.key, a.totp)
		if err != nil {
			return fmt.Errorf("using up a code: %w", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 1 {
			return err
		}
	}
	return auth.ErrRefused
}

// stepsOf gives the time steps around now whose code it is: none if it is wrong. Spaces,
// as applications show them, do not count.
func stepsOf(secret, code string, now time.Time) (steps []int64, err error) {
	code = strings.ReplaceAll(code, " ", "")
	current := now.Unix() / totpPeriod
	for step := current - totpSkew; step <= current+totpSkew; step++ {
		right, err := hotp.ValidateCustom(code, uint64(step), secret, hotp.ValidateOpts{Digits: otp.DigitsSix}) //nolint:gosec // after 1970
		switch {
		case errors.Is(err, otp.ErrValidateInputInvalidLength):
			return nil, nil // as wrong as any other
		case err != nil:
			return nil, err
		case right:
			steps = append(steps, step)
		}
	}
	return steps, nil
}
