package lists

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/record"
)

// Share lets a person, a team or a role in an organisation read or edit a list, until a
// moment or, with the zero one, for ever. Of a role without an organisation it is the
// caller's own. Sharing again with the same replaces it. It brings the list back to a
// person who had left it.
func (s *Store) Share(ctx context.Context, c Caller, id string, with Grantee, permission Permission, until time.Time) (List, error) {
	if !c.isSomebody() {
		return List{}, ErrNobody
	}
	with, err := granteeOf(c, with)
	if err != nil {
		return List{}, err
	}
	if permission != Read && permission != Edit {
		return List{}, &InputError{"may", "A list can be shared to read or to edit"}
	}
	end := micro(until)
	if !until.IsZero() && end <= s.moment().UnixMicro() {
		return List{}, &InputError{"until", "The day until which it is shared is over"}
	}
	return s.change(ctx, c, id, wanted{may: Own, plan: func(ctx context.Context, q querier, a asking, l List) (*deed, error) {
		if err := shareable(ctx, q, a, l, with); err != nil {
			return nil, err
		}
		kept, err := keptShare(ctx, q, l.ID, with)
		if err != nil || kept.may == permission && kept.until == end {
			return nil, err
		}
		words := "shared with a " + string(with.Kind) + " to " + permission.String()
		e := event(ctx, c, ActionChange, "list:"+l.ID)
		e.Reason = "shared with " + with.String() + " to " + permission.String()
		if end != 0 {
			words += " for a time"
			e.Reason += " until " + at(end).Format(time.RFC3339)
		}
		return &deed{
			what: capital(words), events: []entry{{"share", e}}, about: with,
			apply: func(ctx context.Context, tx *sql.Tx, _ int64) error {
				return putShare(ctx, tx, a, l.ID, with, permission, end)
			},
		}, nil
	}})
}

// String is the grantee in the ledger: without a name.
func (g Grantee) String() string {
	if g.Kind == KindRole {
		return "role " + g.ID + " in " + g.Organisation.ODS
	}
	return string(g.Kind) + " " + g.ID
}

// granteeOf checks what a caller gives, and leaves what makes two the same.
func granteeOf(c Caller, g Grantee) (Grantee, error) {
	switch g.Kind {
	case KindPerson, KindTeam:
		if !storable(g.ID) {
			return Grantee{}, &InputError{"with", "There is no person or team of this id"}
		}
		return Grantee{Kind: g.Kind, ID: g.ID}, nil
	case KindRole:
		if !sharesWith(auth.Role(g.ID)) {
			return Grantee{}, &InputError{"with", "There is no role of this name that lists are shared with"}
		}
		ods := g.Organisation.ODS
		if ods == "" {
			ods = c.ods()
		}
		if !storable(ods) {
			return Grantee{}, &InputError{"organisation", "Say in which organisation"}
		}
		return Grantee{Kind: g.Kind, ID: g.ID, Organisation: record.Organisation{ODS: ods}}, nil
	}
	return Grantee{}, &InputError{"with", "A list can be shared with a person, a team or a role"}
}

// sharesWith reports whether lists can be shared with people of a role: patients have none.
func sharesWith(r auth.Role) bool { return r.Valid() && r != auth.RolePatient }

// shareable refuses whom there is not, the owner, and one share more than there may be.
func shareable(ctx context.Context, q querier, a asking, l List, with Grantee) error {
	if with.Kind == KindPerson && with.ID == l.Owner.ID {
		return &InputError{"with", "The list is theirs already"}
	}
	var n int
	var err error
	switch with.Kind {
	case KindPerson:
		err = q.QueryRowContext(ctx, `SELECT COUNT(*) FROM list_user WHERE id = $1 AND role <> $2`, with.ID, string(auth.RolePatient)).Scan(&n)
	case KindTeam:
		err = q.QueryRowContext(ctx, `SELECT COUNT(*) FROM list_team WHERE id = $1`, with.ID).Scan(&n)
	default:
		n = 1
	}
	switch {
	case err != nil:
		return fmt.Errorf("reading shares: %w", err)
	case n == 0:
		return &InputError{"with", "There is no person or team of this id"}
	}
	// The one with the same is replaced.
	err = q.QueryRowContext(ctx, `SELECT COUNT(*) FROM list_share WHERE list = $1 AND (until = 0 OR until > $2)
		AND NOT (kind = $3 AND grantee = $4 AND organisation = $5)`, l.ID, a.now, string(with.Kind), with.ID, with.Organisation.ODS).Scan(&n)
	switch {
	case err != nil:
		return fmt.Errorf("reading shares: %w", err)
	case n >= MaxShares:
		return &InputError{"with", fmt.Sprintf("A list is shared with at most %d: share it with a team", MaxShares)}
	}
	return nil
}

// kept is a share as it stands; zero if there is none.
type kept struct {
	may   Permission
	until int64
}

func keptShare(ctx context.Context, q querier, list string, with Grantee) (k kept, err error) {
	err = q.QueryRowContext(ctx, `SELECT may, until FROM list_share WHERE list = $1 AND kind = $2 AND grantee = $3 AND organisation = $4`,
		list, string(with.Kind), with.ID, with.Organisation.ODS).Scan(&k.may, &k.until)
	if err != nil && !isNoRow(err) {
		return kept{}, fmt.Errorf("reading shares: %w", err)
	}
	return k, nil
}

// putShare keeps a share in place of the one with the same.
func putShare(ctx context.Context, tx *sql.Tx, a asking, list string, with Grantee, permission Permission, until int64) error {
	if with.Kind == KindPerson {
		if _, err := tx.ExecContext(ctx, `DELETE FROM list_left WHERE list = $1 AND person = $2`, list, with.ID); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO list_share (id, list, kind, grantee, organisation, may, until, made_by, since)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (list, kind, grantee, organisation) DO UPDATE SET
			may = excluded.may, until = excluded.until, made_by = excluded.made_by, since = excluded.since`,
		newID(), list, string(with.Kind), with.ID, with.Organisation.ODS, int64(permission), until, a.me, a.now)
	return err
}

// Unshare takes a share back; one that is not there is no error.
func (s *Store) Unshare(ctx context.Context, c Caller, id, share string) (List, error) {
	if !c.isSomebody() {
		return List{}, ErrNobody
	}
	if !storable(share) {
		return List{}, &InputError{"share", "There is no share of this id"}
	}
	return s.change(ctx, c, id, wanted{may: Own, away: true, plan: func(ctx context.Context, q querier, _ asking, l List) (*deed, error) {
		var g Grantee
		err := q.QueryRowContext(ctx, `SELECT kind, grantee, organisation FROM list_share WHERE list = $1 AND id = $2`, l.ID, share).
			Scan(&g.Kind, &g.ID, &g.Organisation.ODS)
		switch {
		case isNoRow(err):
			return nil, nil
		case err != nil:
			return nil, fmt.Errorf("reading shares: %w", err)
		}
		e := event(ctx, c, ActionChange, "list:"+l.ID)
		e.Reason = "no more shared with " + g.String()
		return &deed{
			what: "No more shared with a " + string(g.Kind), events: []entry{{"unshare", e}}, about: g,
			apply: func(ctx context.Context, tx *sql.Tx, _ int64) error {
				_, err := tx.ExecContext(ctx, `DELETE FROM list_share WHERE list = $1 AND id = $2`, l.ID, share)
				return err
			},
		}, nil
	}})
}

func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }
