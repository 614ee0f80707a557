package viewer

import (
	"bytes"
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// Bounds of a look.
const (
	// VisitLasts is how long nobody may look before the next look is another visit.
	VisitLasts = 30 * time.Minute
	// MaxStatements are taken at a time, of MaxParts; those of a visit add up.
	MaxStatements = 1000
	MaxParts      = 200
	// tries is how often a look begins anew because another window was first.
	tries = 8
)

// Part is what one system shows of one section, in the digests that the viewer made.
type Part struct {
	// Of is a digest of the section and the system.
	Of string
	// Whole says that the system has told all that it holds.
	Whole bool
	// Statements are "ID.CONTENT": of which statement it is, and of what it says.
	Statements []string
}

// Looked is what is new since the visit before.
type Looked struct {
	// Since is when that ended; zero if there was none.
	Since time.Time
	// Fresh are the statements that were not there then, or said something else.
	Fresh []string
	// Unknown are the parts of which it cannot be told, because no visit before has had them
	// in whole: what was not there then may only not have been told.
	Unknown []string
}

var (
	digestForm    = regexp.MustCompile(`^[A-Za-z0-9_-]{16}$`)
	statementForm = regexp.MustCompile(`^[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{16}$`)
)

// Look notes what the user is shown of a patient and tells what of it is new. former are ids
// that the patient had before two turned out to be one: what was seen of either was seen.
func (s *Store) Look(ctx context.Context, u User, session, patient string, former []string, parts []Part) (Looked, error) {
	switch {
	case !u.isSomebody():
		return Looked{}, ErrNobody
	case s.keeping.LooksFor <= 0:
		return Looked{}, nil
	}
	if err := checkParts(parts); err != nil {
		return Looked{}, err
	}
	m, err := s.mac(u)
	if err != nil {
		return Looked{}, err
	}
	for range tries {
		out, done, err := s.look(ctx, u, m, session, patient, former, parts)
		if err != nil {
			return Looked{}, fmt.Errorf("noting what was seen: %w", err)
		}
		if done {
			return out, nil
		}
	}
	return Looked{}, errors.New("noting what was seen: other windows were always first")
}

func checkParts(parts []Part) error {
	n := 0
	for _, p := range parts {
		if n += len(p.Statements); !digestForm.MatchString(p.Of) {
			return &InputError{"A part is named by a digest: 16 characters of base64url"}
		}
		for _, st := range p.Statements {
			if !statementForm.MatchString(st) {
				return &InputError{"A statement is two digests with a full stop between"}
			}
		}
	}
	if n > MaxStatements || len(parts) > MaxParts {
		return &InputError{"At most 1,000 statements of 200 parts at a time"}
	}
	return nil
}

// look is one try; done is false if another window was first.
func (s *Store) look(ctx context.Context, u User, m mac, session, patient string, former []string, parts []Part) (Looked, bool, error) {
	row, err := s.looked(ctx, u, patient)
	if err != nil {
		return Looked{}, false, err
	}
	for _, id := range former {
		if err := s.joinFormer(ctx, u, &row, id); err != nil {
			return Looked{}, false, err
		}
	}
	now, by := s.moment(), m.of("session", session)
	if row.looked > 0 && (now-row.looked > VisitLasts.Microseconds() || !bytes.Equal(row.session, by[:])) {
		row.before = row.looked
		row.seen.turn()
	}
	row.session, row.looked = by[:], now
	out := row.seen.show(m, parts)
	if out.Since = at(row.before); row.before == 0 {
		out.Fresh, out.Unknown = nil, nil
	}
	done, err := s.keepLook(ctx, u, patient, &row)
	if err == nil && done {
		err = s.dropFormer(ctx, u, former)
	}
	return out, done, err
}

// sight is a row of viewer_look.
type sight struct {
	version, looked, before int64
	session                 []byte
	seen                    *seen
}

// looked reads what the user saw of a patient; a sight with version 0 if that is nothing, or
// is sealed with another secret.
func (s *Store) looked(ctx context.Context, u User, patient string) (sight, error) {
	var row sight
	var sealed []byte
	err := s.write.QueryRowContext(ctx, `SELECT version, session, looked, before, seen FROM viewer_look WHERE issuer = $1 AND subject = $2 AND patient = $3`,
		u.Issuer, u.Subject, patient).Scan(&row.version, &row.session, &row.looked, &row.before, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return sight{seen: newSeen()}, nil
	}
	if err != nil {
		return sight{}, err
	}
	plain, err := auth.Unseal(string(s.secret), useOf(u, patient), sealed)
	for i := 0; err != nil && i < len(s.Older); i++ {
		plain, err = auth.Unseal(string(s.Older[i]), useOf(u, patient), sealed)
	}
	if err == nil {
		row.seen, err = readSeen(plain)
	}
	if err != nil || row.looked <= s.ago(s.keeping.LooksFor) {
		return sight{version: row.version, seen: newSeen()}, nil
	}
	return row, nil
}

// joinFormer adds what was seen of somebody who turned out to be the same.
func (s *Store) joinFormer(ctx context.Context, u User, row *sight, id string) error {
	other, err := s.looked(ctx, u, id)
	if err != nil || other.looked == 0 {
		return err
	}
	row.seen.join(other.seen)
	if row.looked < other.looked {
		row.looked, row.session = other.looked, other.session
	}
	row.before = max(row.before, other.before)
	return nil
}

// keepLook writes the row if it is as it was read.
func (s *Store) keepLook(ctx context.Context, u User, patient string, row *sight) (bool, error) {
	sealed, err := auth.Seal(string(s.secret), useOf(u, patient), row.seen.text())
	if err != nil {
		return false, err
	}
	statement := `UPDATE viewer_look SET version = version + 1, session = $4, looked = $5, before = $6, seen = $7
		WHERE issuer = $1 AND subject = $2 AND patient = $3 AND version = $8`
	if row.version == 0 {
		statement = `INSERT INTO viewer_look (issuer, subject, patient, session, looked, before, seen, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8 + 1) ON CONFLICT (issuer, subject, patient) DO NOTHING`
	}
	done, err := s.write.ExecContext(ctx, statement, u.Issuer, u.Subject, patient, row.session, row.looked, row.before, sealed, row.version)
	if err != nil {
		return false, err
	}
	n, err := done.RowsAffected()
	return n == 1, err
}

func (s *Store) dropFormer(ctx context.Context, u User, former []string) error {
	for _, id := range former {
		if _, err := s.write.ExecContext(ctx, `DELETE FROM viewer_look WHERE issuer = $1 AND subject = $2 AND patient = $3`, u.Issuer, u.Subject, id); err != nil {
			return err
		}
	}
	return nil
}

// useOf sets the seal of a row apart: it opens in no other's place.
func useOf(u User, patient string) string {
	return "look\n" + u.Issuer + "\n" + u.Subject + "\n" + patient
}

// mac makes the viewer's digests ones that only the server can make, of this user.
type mac struct{ key []byte }

func (s *Store) mac(u User) (mac, error) {
	root := s.Root
	if root == nil {
		root = s.secret
	}
	key, err := hkdf.Key(sha256.New, root, nil, "patchwork digests of looks\n"+u.Issuer+"\n"+u.Subject, sha256.Size)
	return mac{key}, err
}

// short is as much of a digest as is kept: 64 bits tell 20,000 statements apart.
type short [8]byte

func (m mac) of(use string, texts ...string) (out short) {
	h := hmac.New(sha256.New, m.key)
	h.Write([]byte(use))
	for _, t := range texts {
		h.Write([]byte("\n" + t))
	}
	copy(out[:], h.Sum(nil))
	return out
}
