package smart_test

import (
	"context"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

func TestOldTokensAreClearedAway(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		s := serve(t, db)
		s.redeem(s.code()) // a code and its challenge for a minute, access for ten, refresh for an hour
		for _, step := range []struct {
			ahead          time.Duration
			tokens, grants int
		}{{0, 4, 1}, {24 * time.Hour, 4, 1}, {24*time.Hour + 5*time.Minute, 2, 1}, {24*time.Hour + 30*time.Minute, 1, 1}, {26 * time.Hour, 0, 0}} {
			s.clock.ahead.Store(int64(step.ahead))
			if err := s.Sweep(context.Background()); err != nil {
				t.Fatal(err)
			}
			var tokens, grants int
			if err := s.db.Read.DB.QueryRow(`SELECT (SELECT COUNT(*) FROM smart_token), (SELECT COUNT(*) FROM smart_grant)`).Scan(&tokens, &grants); err != nil {
				t.Fatal(err)
			}
			if tokens != step.tokens || grants != step.grants {
				t.Errorf("after %v: %d tokens of %d grants", step.ahead, tokens, grants)
			}
		}
	})
}
