package smart_test

import (
	"context"
	"crypto"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v3"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/smart"
)

const (
	day    = 24 * time.Hour
	secret = "0123456789abcdef0123456789abcdef"
)

// ring is a server's signing keys.
type ring struct {
	*smart.Keys
	t *testing.T
}

// stopped is a clock that a test alone moves.
type stopped struct{ ahead atomic.Int64 }

func (c *stopped) now() time.Time {
	return time.Unix(1_800_000_000, 0).Add(time.Duration(c.ahead.Load())).UTC()
}

func openKeys(t *testing.T, db *migrations.DB, c *stopped) ring {
	t.Helper()
	k, err := smart.OpenKeys(t.Context(), db.Write, db.Read, []byte(secret), c.now)
	if err != nil {
		t.Fatal(err)
	}
	return ring{k, t}
}

// signs gives the kid that signs, after it has looked whether it is published.
func (r ring) signs() string {
	r.t.Helper()
	kid, alg, key, err := r.Signing(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	public, ok, err := r.Find(r.t.Context(), kid)
	if err != nil || !ok || alg != "RS256" || !key.Public().(*rsa.PublicKey).Equal(public.Key) {
		r.t.Errorf("%s signs with %s and is not published: %v", kid, alg, err)
	}
	return kid
}

// published gives the kids, sorted.
func (r ring) published() []string {
	r.t.Helper()
	set, err := r.Public(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	var kids []string
	for _, key := range set.Keys {
		if !key.Valid() || !key.IsPublic() || key.Use != "sig" || key.Algorithm != "RS256" || key.Key.(*rsa.PublicKey).N.BitLen() != 2048 {
			r.t.Errorf("%+v is published", key)
		}
		kids = append(kids, key.KeyID)
	}
	slices.Sort(kids)
	return kids
}

func (r ring) publishes(what string, kids ...string) {
	r.t.Helper()
	slices.Sort(kids)
	if got := r.published(); !slices.Equal(got, kids) {
		r.t.Errorf("%s: %v are published, not %v", what, got, kids)
	}
}

// TestKeysRotateByThemselves over 90 days, as two servers see it.
func TestKeysRotateByThemselves(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		c := &stopped{}
		a := openKeys(t, db, c)
		b := openKeys(t, db, c)
		first := a.signs()
		if b.signs() != first {
			t.Fatal("two servers sign with two keys")
		}
		at := func(d time.Duration) { c.ahead.Store(int64(d)) }
		at(89*day - time.Minute)
		a.publishes("before the last day", first)
		at(89*day + time.Minute)
		second := func() string {
			all := a.published()
			return all[1-slices.Index(all, first)]
		}()
		b.publishes("on the last day", first, second)
		if a.signs() != first || b.signs() != first {
			t.Error("the next one signs before it was published for a day")
		}
		at(90*day - time.Minute)
		if a.signs() != first || b.signs() != first {
			t.Error("the next one signs before its time")
		}
		at(90*day + time.Minute)
		if a.signs() != second || b.signs() != second {
			t.Error("the next one does not sign")
		}
		at(90*day + 119*time.Minute)
		b.publishes("while what the first has signed may be looked at", first, second)
		at(90*day + 2*time.Hour + time.Minute)
		b.publishes("after it", second)
		if _, ok, err := a.Find(t.Context(), first); ok || err != nil {
			t.Error("the first is found:", err)
		}
		again := openKeys(t, db, c)
		if again.signs() != second {
			t.Error("a start makes a key")
		}
	})
}

// TestAServerThatWasOff: at the time to make the next key, and long after.
func TestAServerThatWasOff(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		c := &stopped{}
		first := openKeys(t, db, c).signs()
		c.ahead.Store(int64(90*day - time.Hour))
		late := openKeys(t, db, c)
		if late.signs() != first || len(late.published()) != 2 {
			t.Error("the first has an hour left, and the next one is not published")
		}
		c.ahead.Store(int64(91*day - 2*time.Hour))
		if late.signs() != first {
			t.Error("the next one signs before it was published for a day")
		}
		c.ahead.Store(int64(91*day - time.Minute))
		second := late.signs()
		if second == first {
			t.Error("the next one does not sign")
		}
		c.ahead.Store(int64(400 * day))
		third := late.signs()
		late.publishes("after a year", third)
		if third == first || third == second {
			t.Error("a key signs for ever")
		}
	})
}

func TestRotatingByHand(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		c, ctx := &stopped{}, t.Context()
		a, b := openKeys(t, db, c), openKeys(t, db, c)
		first := a.signs()
		for range 2 { // the second finds one waiting
			if err := a.Rotate(ctx, false); err != nil {
				t.Fatal(err)
			}
		}
		both := a.published()
		if len(both) != 2 || a.signs() != first {
			t.Error(both)
		}
		waiting := both[1-slices.Index(both, first)]
		// The other server reads it when it is asked for it.
		if _, ok, err := b.Find(ctx, waiting); ok || err != nil {
			t.Error("within a second it need not:", err)
		}
		c.ahead.Store(int64(2 * time.Second))
		if _, ok, err := b.Find(ctx, waiting); !ok || err != nil {
			t.Error("an unknown kid is not looked for:", err)
		}
		// At once: neither the first nor the one that waits signs any more.
		if err := a.Rotate(ctx, true); err != nil {
			t.Fatal(err)
		}
		now := a.signs()
		if now == first || now == waiting {
			t.Error("the old one still signs")
		}
		a.publishes("at once", first, waiting, now)
		c.ahead.Store(int64(63 * time.Second))
		if b.signs() != now {
			t.Error("after a minute the other server signs with the old one")
		}
		c.ahead.Store(int64(2*time.Hour + time.Minute))
		a.publishes("two hours later", now)
		c.ahead.Store(int64(25 * time.Hour))
		if a.signs() != now {
			t.Error("one that was waiting signs")
		}
		if err := b.Rotate(ctx, false); err != nil {
			t.Fatal(err)
		}
		c.ahead.Store(int64(50 * time.Hour))
		last := a.signs()
		if last == now || b.signs() != last {
			t.Error("a day later the next one does not sign")
		}
		c.ahead.Store(int64(52 * time.Hour))
		b.publishes("the next day", last)
	})
}

// TestOneThatWaitsNoMore: after a rotation at once, what was to sign next does not stand in
// the way of a new next one.
func TestOneThatWaitsNoMore(t *testing.T) {
	t.Parallel()
	k := openKeys(t, dbtest.Open(t, dbtest.SQLite(t)), &stopped{})
	for i, now := range []bool{false, true, false, false} {
		if err := k.Rotate(t.Context(), now); err != nil {
			t.Fatal(err)
		}
		if got, want := len(k.published()), []int{2, 3, 4, 4}[i]; got != want {
			t.Errorf("after %d: %d keys, not %d", i+1, got, want)
		}
	}
}

// TestManyServersBeginAtOnce: and make one key, and one next key.
func TestManyServersBeginAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		c := &stopped{}
		kids := make([]string, 8)
		rings := make([]*smart.Keys, len(kids))
		var wg sync.WaitGroup
		all := func(do func(i int) error) {
			t.Helper()
			for i := range kids {
				wg.Go(func() {
					if err := do(i); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			slices.Sort(kids)
			if len(slices.Compact(slices.Clone(kids))) != 1 {
				t.Error(kids)
			}
		}
		all(func(i int) (err error) {
			if rings[i], err = smart.OpenKeys(context.Background(), db.Write, db.Read, []byte(secret), c.now); err != nil {
				return err
			}
			kids[i], _, _, err = rings[i].Signing(context.Background())
			return err
		})
		if t.Failed() {
			return
		}
		c.ahead.Store(int64(89*day + time.Hour))
		all(func(i int) error {
			set, err := rings[i].Public(context.Background())
			if err == nil && len(set.Keys) != 2 {
				err = errors.New("not two keys")
			}
			kids[i], _, _, _ = rings[i].Signing(context.Background())
			return err
		})
		var rows int
		if err := db.Read.DB.QueryRow(`SELECT COUNT(*) FROM smart_key`).Scan(&rows); err != nil || rows != 2 {
			t.Errorf("%d keys, %v", rows, err)
		}
		c.ahead.Store(int64(90*day + time.Hour))
		all(func(i int) error {
			var err error
			kids[i], _, _, err = rings[i].Signing(context.Background())
			return errors.Join(err, rings[i].Rotate(context.Background(), false))
		})
	})
}

// TestAnotherSecret: a server that has it does not start, and says why; nor does it with a
// key that was moved to another's row.
func TestAnotherSecret(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		c := &stopped{}
		a := openKeys(t, db, c)
		if _, err := smart.OpenKeys(t.Context(), db.Write, db.Read, []byte(strings.Repeat("x", 32)), c.now); err == nil || !strings.Contains(err.Error(), "secret") {
			t.Error(err)
		}
		if _, err := smart.OpenKeys(t.Context(), db.Write, db.Read, []byte("short"), c.now); err == nil || !strings.Contains(err.Error(), "32 bytes") {
			t.Error(err)
		}
		for _, change := range []struct {
			statement string
			to        any
		}{{`UPDATE smart_key SET kid = $1`, "x"}, {`UPDATE smart_key SET sealed = $1`, []byte("x")}} {
			if _, err := db.Write.DB.Exec(change.statement, change.to); err != nil {
				t.Fatal(err)
			}
			if _, err := smart.OpenKeys(t.Context(), db.Write, db.Read, []byte(secret), c.now); err == nil || !strings.Contains(err.Error(), "smart_key") {
				t.Errorf("%s: %v", change.statement, err)
			}
		}
		// Who runs already does not go on with what others cannot read.
		c.ahead.Store(int64(2 * time.Minute))
		if _, _, _, err := a.Signing(t.Context()); err == nil {
			t.Error("goes on")
		}
	})
}

// TestTheDatabaseHasNoKey: not in any form that is not sealed.
func TestTheDatabaseHasNoKey(t *testing.T) {
	t.Parallel()
	db := dbtest.Open(t, dbtest.SQLite(t))
	k := openKeys(t, db, &stopped{})
	_, _, key, err := k.Signing(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var sealed []byte
	if err := db.Read.DB.QueryRow(`SELECT sealed FROM smart_key`).Scan(&sealed); err != nil {
		t.Fatal(err)
	}
	private := key.(*rsa.PrivateKey)
	for _, part := range [][]byte{private.D.Bytes(), private.Primes[0].Bytes(), private.N.Bytes(), []byte("PRIVATE")} {
		if strings.Contains(string(sealed), string(part)) {
			t.Error("the key lies open")
		}
	}
	text, err := json.Marshal(func() any { set, _ := k.Public(t.Context()); return set }())
	if err != nil || strings.Contains(string(text), `"d"`) || strings.Contains(string(text), `"p"`) {
		t.Errorf("%s, %v", text, err)
	}
}

// TestWhileTheDatabaseDoesNotAnswer what was read serves on.
func TestWhileTheDatabaseDoesNotAnswer(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		c := &stopped{}
		k := openKeys(t, db, c)
		first := k.signs()
		if _, err := db.Write.DB.Exec(`ALTER TABLE smart_key RENAME TO away`); err != nil {
			t.Fatal(err)
		}
		if _, err := smart.OpenKeys(t.Context(), db.Write, db.Read, []byte(secret), c.now); err == nil {
			t.Error("starts")
		}
		c.ahead.Store(int64(time.Hour))
		if k.signs() != first {
			t.Error("does not serve on")
		}
		k.publishes("meanwhile", first)
		c.ahead.Store(int64(91 * day))
		if _, _, _, err := k.Signing(t.Context()); err == nil {
			t.Error("signs past its end")
		}
		if err := k.Rotate(t.Context(), true); err == nil {
			t.Error("rotates nothing")
		}
		if _, err := db.Write.DB.Exec(`ALTER TABLE away RENAME TO smart_key`); err != nil {
			t.Fatal(err)
		}
		if k.signs() == first {
			t.Error("does not begin again")
		}
	})
}

func TestWhatFollowsFromTheSecret(t *testing.T) {
	t.Parallel()
	db := dbtest.Open(t, dbtest.SQLite(t))
	a, b := openKeys(t, db, &stopped{}), openKeys(t, db, &stopped{})
	if got := a.HMACSecret(); len(got) != 32 || string(got) != string(b.HMACSecret()) || strings.Contains(secret, string(got)) {
		t.Errorf("%x", got)
	}
}

// TestSignaturesAreVerifiable by what is published, without the library that made them.
func TestSignaturesAreVerifiable(t *testing.T) {
	t.Parallel()
	k := openKeys(t, dbtest.Open(t, dbtest.SQLite(t)), &stopped{})
	kid, alg, key, err := k.Signing(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.SignatureAlgorithm(alg), Key: jose.JSONWebKey{Key: key, KeyID: kid}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := signer.Sign([]byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	public, ok, err := k.Find(t.Context(), kid)
	if !ok || err != nil {
		t.Fatal(err)
	}
	h := crypto.SHA256.New()
	parts := strings.Split(func() string { s, _ := signed.CompactSerialize(); return s }(), ".")
	h.Write([]byte(parts[0] + "." + parts[1]))
	if err := rsa.VerifyPKCS1v15(public.Key.(*rsa.PublicKey), crypto.SHA256, h.Sum(nil), signed.Signatures[0].Signature); err != nil {
		t.Error(err)
	}
}
