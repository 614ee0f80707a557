package local_test

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/local"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// factor is the authenticator application of somebody.
type factor struct {
	*house
	secret string
}

// twoFactors gives a.example a second factor.
func twoFactors(t testing.TB, db *migrations.DB) *factor {
	t.Helper()
	h := build(t, db)
	uri, err := h.SetTOTP(context.Background(), "A.Example")
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "otpauth" || u.Host != "totp" || u.Path != "/Patchwork:a.example" || u.Query().Get("digits") != "6" {
		t.Fatalf("%s %v", u, err)
	}
	return &factor{h, u.Query().Get("secret")}
}

// code is what it shows in some seconds from now.
func (f *factor) code(in time.Duration) string {
	f.t.Helper()
	code, err := totp.GenerateCode(f.secret, f.clock.now().Add(in))
	if err != nil {
		f.t.Fatal(err)
	}
	return code
}

func (f *factor) with(password, code string) error {
	_, err := f.VerifyWithCode(from("192.0.2.1"), "a.example", password, code)
	return err
}

func TestSecondFactor(t *testing.T) {
	t.Parallel()
	const step = 30 * time.Second
	for name, c := range map[string]struct {
		password string
		code     func(f *factor) string
		want     error
	}{
		"right":                      {password, func(f *factor) string { return f.code(0) }, nil},
		"as applications show it":    {password, func(f *factor) string { return " " + f.code(0)[:3] + " " + f.code(0)[3:] }, nil},
		"of the step before":         {password, func(f *factor) string { return f.code(-step) }, nil},
		"of the step after":          {password, func(f *factor) string { return f.code(step) }, nil},
		"two steps old":              {password, func(f *factor) string { return f.code(-2 * step) }, auth.ErrRefused},
		"two steps early":            {password, func(f *factor) string { return f.code(2 * step) }, auth.ErrRefused},
		"missing":                    {password, func(*factor) string { return "" }, auth.ErrSecondFactor},
		"too short":                  {password, func(f *factor) string { return f.code(0)[:5] }, auth.ErrRefused},
		"too long":                   {password, func(f *factor) string { return f.code(0) + "0" }, auth.ErrRefused},
		"no digits":                  {password, func(*factor) string { return "abcdef" }, auth.ErrRefused},
		"other digits":               {password, func(*factor) string { return "١٢٣٤٥٦" }, auth.ErrRefused},
		"huge":                       {password, func(*factor) string { return strings.Repeat("1", 1<<20) }, auth.ErrRefused},
		"wrong password, right code": {"wrong", func(f *factor) string { return f.code(0) }, auth.ErrRefused},
		"wrong password, no code":    {"wrong", func(*factor) string { return "" }, auth.ErrRefused},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := twoFactors(t, dbtest.Open(t, dbtest.SQLite(t)))
			if err := f.with(c.password, c.code(f)); !errors.Is(err, c.want) {
				t.Error(err)
			}
		})
	}
}

// TestACodeIsTakenOnce: RFC 6238 §5.2; nor is one taken that is older than the last.
func TestACodeIsTakenOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		f := twoFactors(t, db)
		if err := f.with("wrong", f.code(0)); !errors.Is(err, auth.ErrRefused) {
			t.Fatal(err)
		}
		var in, refused int32
		var group sync.WaitGroup
		for range 6 { // a wrong password has not used it up
			group.Go(func() {
				switch err := f.with(password, f.code(0)); {
				case err == nil:
					atomic.AddInt32(&in, 1)
				case errors.Is(err, auth.ErrRefused):
					atomic.AddInt32(&refused, 1)
				default:
					t.Error(err)
				}
			})
		}
		group.Wait()
		if in != 1 || refused != 5 {
			t.Errorf("%d in, %d refused", in, refused)
		}
		if err := f.with(password, f.code(-30*time.Second)); !errors.Is(err, auth.ErrRefused) {
			t.Errorf("an older one: %v", err)
		}
		if err := f.with(password, f.code(30*time.Second)); err != nil {
			t.Errorf("the next one: %v", err)
		}
	})
}

func TestWrongCodesLock(t *testing.T) {
	t.Parallel()
	f := twoFactors(t, dbtest.Open(t, dbtest.SQLite(t)))
	for range 10 {
		if err := f.with(password, f.code(time.Hour)); !errors.Is(err, auth.ErrRefused) {
			t.Fatal(err)
		}
		// That the password is right forgets nothing, as long as the code is missing.
		if err := f.with(password, ""); !errors.Is(err, auth.ErrSecondFactor) && !isLocked(err) {
			t.Fatal(err)
		}
	}
	if err := f.with(password, f.code(0)); !isLocked(err) {
		t.Error(err)
	}
}

func TestConfirmingWithACode(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		f, ctx := twoFactors(t, db), from("192.0.2.1")
		session, err := f.Login(ctx, auth.Credentials{Username: "a.example", Password: password, Code: f.code(0)})
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Confirm(ctx, &session, auth.Credentials{Password: password}); !errors.Is(err, auth.ErrSecondFactor) {
			t.Errorf("without: %v", err)
		}
		if err := f.Confirm(ctx, &session, auth.Credentials{Password: password, Code: f.code(0)}); !errors.Is(err, auth.ErrRefused) {
			t.Errorf("the code of signing in: %v", err)
		}
		if err := f.Confirm(ctx, &session, auth.Credentials{Password: password, Code: f.code(30 * time.Second)}); err != nil {
			t.Errorf("the next: %v", err)
		}
		events, err := f.ledger.Events(context.Background(), audit.Filter{Actor: "a.example"})
		if err != nil || len(events) != 4 || !strings.Contains(events[1].Reason, "second factor") || events[3].Decision != audit.Permit {
			t.Errorf("%+v %v", events, err)
		}
	})
}

func TestSettingAndClearingASecondFactor(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		f, ctx := twoFactors(t, db), context.Background()
		if err := f.with(password, f.code(0)); err != nil {
			t.Fatal(err)
		}
		old := f.code(30 * time.Second)
		if _, err := f.SetTOTP(ctx, "a.example"); err != nil {
			t.Fatal(err)
		}
		if err := f.with(password, old); !errors.Is(err, auth.ErrRefused) {
			t.Errorf("the old secret: %v", err)
		}
		if err := f.ClearTOTP(ctx, "A.EXAMPLE"); err != nil {
			t.Fatal(err)
		}
		if err := f.with(password, ""); err != nil {
			t.Errorf("cleared: %v", err)
		}
		if _, err := f.SetTOTP(ctx, "nobody"); !errors.Is(err, local.ErrUnknown) {
			t.Errorf("nobody: %v", err)
		}
		if err := f.ClearTOTP(ctx, "nobody"); !errors.Is(err, local.ErrUnknown) {
			t.Errorf("nobody: %v", err)
		}
		if _, err := db.Write.DB.Exec(`UPDATE auth_local_user SET totp = '!'`); err != nil {
			t.Fatal(err)
		}
		if err := f.with(password, old); err == nil || errors.Is(err, auth.ErrRefused) {
			t.Errorf("a secret that cannot be read: %v", err)
		}
	})
}
