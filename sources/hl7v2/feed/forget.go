package feed

import (
	"context"
	"time"
)

// Forget lets go of messages that came before a moment, a thousand at a time: not of the
// newest of each person that states who they are, nor of merges, without which what is
// kept would stand under the wrong number. Dead letters that nobody looked after go too.
// more says that there are others.
func (s *Store) Forget(ctx context.Context, before time.Time) (more bool, err error) {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer func() { _ = tx.Rollback() }()
	r, err := tx.ExecContext(ctx, `DELETE FROM message WHERE seq IN (SELECT seq FROM message AS m WHERE received < ?
		AND seq NOT IN (SELECT seq FROM merge)
		AND NOT (identity = 1 AND seq = (SELECT max(seq) FROM message AS n WHERE n.person = m.person AND n.identity = 1)) LIMIT 1000)`, before.UnixMicro())
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	if err != nil {
		return false, err
	}
	for _, do := range []string{"DELETE FROM dead_about WHERE dead IN (SELECT id FROM dead WHERE last < ?)", "DELETE FROM dead WHERE last < ?"} {
		if _, err := tx.ExecContext(ctx, do, before.UnixMicro()); err != nil {
			return false, err
		}
	}
	return n == 1000, tx.Commit()
}
