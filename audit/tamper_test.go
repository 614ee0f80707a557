package audit_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// tamperings names the variable with how many tamperings are tried, of each dialect.
const tamperings = "PATCHWORK_TEST_TAMPERINGS"

// TestEveryTamperingIsNamed: somebody with the database's own power changes rows,
// hashes and checkpoints, in the end all of them consistently. Verification names the
// first event that is not what it was.
func TestEveryTamperingIsNamed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fresh func(testing.TB) string
		n     int
	}{"sqlite": {dbtest.SQLite, 100}, "postgres": {dbtest.Postgres, 20}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := c.n
			if s := os.Getenv(tamperings); s != "" {
				n, _ = strconv.Atoi(s)
			}
			dir := t.TempDir()
			config := audit.NotaryConfig{Key: filepath.Join(dir, "key"), Witness: filepath.Join(dir, "witness"), Every: 1 << 40}
			db := dbtest.Open(t, c.fresh(t))
			original := sealedLedger(t, db, config)
			key, err := audit.ReadKey(config.Key)
			if err != nil {
				t.Fatal(err)
			}
			evidence := audit.Evidence{Key: key, Witness: config.Witness}
			dropGuards(t, db)
			kinds := map[string]int{}
			for i := range n {
				random := mathrand.New(mathrand.NewPCG(6962, uint64(i)))
				bad := original.copy()
				kind, may := bad.tamper(random, config.Key)
				kinds[kind]++
				bad.store(t, db)
				var broken *audit.BrokenError
				_, err := audit.Verify(context.Background(), db.Read, evidence)
				if !errors.As(err, &broken) || !slices.Contains(may, broken.Seq) {
					t.Errorf("tampering %d, %s at %v: %v", i, kind, may, err)
				}
			}
			original.store(t, db)
			if r, err := audit.Verify(context.Background(), db.Read, evidence); err != nil {
				t.Errorf("put back as it was: %+v %v", r, err)
			}
			t.Logf("%d tamperings, each named: %v", n, kinds)
		})
	}
}

// sealedLedger records events under several checkpoints and gives what is stored.
func sealedLedger(t *testing.T, db *migrations.DB, config audit.NotaryConfig) *stored {
	t.Helper()
	ctx := context.Background()
	l := open(t, db)
	n, err := audit.OpenNotary(ctx, l, config)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 12 {
		events := make([]audit.Event, 1+i%5)
		for k := range events {
			events[k] = sample("p" + strconv.Itoa(i))
			events[k].RequestID = fmt.Sprintf("req-%d-%d", i, k)
		}
		if err := l.Record(ctx, events...); err != nil {
			t.Fatal(err)
		}
		if err := n.Seal(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	s := &stored{}
	s.load(t, db)
	return s
}

func dropGuards(t *testing.T, db *migrations.DB) {
	t.Helper()
	for _, table := range []string{"audit_event", "audit_hash", "audit_checkpoint"} {
		drop := []string{`DROP TRIGGER ` + table + `_no_change ON ` + table}
		if db.Dialect == migrations.SQLite {
			drop = []string{`DROP TRIGGER ` + table + `_no_update`, `DROP TRIGGER ` + table + `_no_delete`, `DROP TRIGGER ` + table + `_no_replace`}
		}
		for _, sql := range drop {
			if _, err := db.Write.DB.Exec(sql); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// stored is everything the database holds of a ledger.
type stored struct {
	events []event
	hashes []numbered
	notes  []numbered
}

type event struct {
	seq, at                           int64
	patient, subject, requestID, body string
	previous                          []byte
}

type numbered struct {
	n     int64
	bytes []byte
}

func (s *stored) copy() *stored {
	c := &stored{events: slices.Clone(s.events), hashes: slices.Clone(s.hashes), notes: slices.Clone(s.notes)}
	for i := range c.events {
		c.events[i].previous = bytes.Clone(c.events[i].previous)
	}
	for _, list := range [][]numbered{c.hashes, c.notes} {
		for i := range list {
			list[i].bytes = bytes.Clone(list[i].bytes)
		}
	}
	return c
}

func (s *stored) load(t *testing.T, db *migrations.DB) {
	t.Helper()
	rows, err := db.Read.DB.Query(`SELECT seq, at, patient, subject, request_id, previous, body FROM audit_event ORDER BY seq`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var e event
		if err := rows.Scan(&e.seq, &e.at, &e.patient, &e.subject, &e.requestID, &e.previous, &e.body); err != nil {
			t.Fatal(err)
		}
		s.events = append(s.events, e)
	}
	for into, sql := range map[*[]numbered]string{&s.hashes: `SELECT seq, hashes FROM audit_hash ORDER BY seq`, &s.notes: `SELECT size, note FROM audit_checkpoint ORDER BY size`} {
		rows, err := db.Read.DB.Query(sql)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var n numbered
			if err := rows.Scan(&n.n, &n.bytes); err != nil {
				t.Fatal(err)
			}
			*into = append(*into, n)
		}
	}
}

func (s *stored) store(t *testing.T, db *migrations.DB) {
	t.Helper()
	tx, err := db.Write.DB.Begin()
	if err != nil {
		t.Fatal(err)
	}
	exec := func(sql string, args ...any) {
		t.Helper()
		if _, err := tx.Exec(sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	exec(`DELETE FROM audit_event`)
	exec(`DELETE FROM audit_hash`)
	exec(`DELETE FROM audit_checkpoint`)
	for _, e := range s.events {
		exec(`INSERT INTO audit_event (seq, at, patient, subject, request_id, previous, body) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			e.seq, e.at, e.patient, e.subject, e.requestID, e.previous, e.body)
	}
	for _, h := range s.hashes {
		exec(`INSERT INTO audit_hash (seq, hashes) VALUES ($1, $2)`, h.n, h.bytes)
	}
	for _, n := range s.notes {
		exec(`INSERT INTO audit_checkpoint (size, note) VALUES ($1, $2)`, n.n, string(n.bytes))
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

// tamper changes what is stored; may are the positions that may be named: the first
// event that differs or, where no event does, that of the hash or checkpoint.
func (s *stored) tamper(r *mathrand.Rand, keyFile string) (kind string, may []int64) {
	before := s.copy()
	k := r.IntN(len(s.events))
	switch r.IntN(11) {
	case 0, 1:
		kind = "a bit of an event"
		s.flip(r, k)
	case 2:
		kind = "an event removed"
		s.events = slices.Delete(s.events, k, k+1)
	case 3:
		kind = "an event removed, the rest renumbered and chained"
		s.events = slices.Delete(s.events, k, k+1)
		s.rechain(k)
		s.reseal(k, r, keyFile)
		if k == len(s.events) {
			return kind, []int64{int64(k) + 1}
		}
	case 4:
		kind = "an event inserted"
		e := s.events[r.IntN(len(s.events))]
		e.requestID = "never"
		s.events = slices.Insert(s.events, k, e)
		s.rechain(k)
	case 5:
		kind = "two events swapped"
		o := (k + 1 + r.IntN(len(s.events)-1)) % len(s.events)
		s.events[k], s.events[o] = s.events[o], s.events[k]
		s.events[k].seq, s.events[o].seq = s.events[o].seq, s.events[k].seq
		if r.IntN(2) == 0 {
			s.rechain(min(k, o))
		}
	case 6:
		kind = "the tail removed"
		s.events = s.events[:k]
		if r.IntN(2) == 0 {
			s.hashes = s.hashes[:k]
		}
	case 7:
		kind = "chained, hashed and signed anew"
		s.events[k].subject = "u-666"
		s.rechain(k)
		s.reseal(k, r, keyFile)
	case 8:
		kind = "rolled back"
		s.rollBack(k)
		if r.IntN(2) == 0 { // and grown again to another length
			for range r.IntN(8) {
				s.events = append(s.events, event{requestID: "after", body: `{"action":"read"}`})
			}
			s.rechain(k)
			s.reseal(k, r, keyFile)
		}
	case 9:
		kind = "a stored hash"
		h := &s.hashes[k]
		if r.IntN(4) == 0 {
			s.hashes = slices.Delete(s.hashes, k, k+1)
			return kind, []int64{before.hashes[k].n}
		}
		h.bytes[r.IntN(len(h.bytes))] ^= 1 << r.IntN(8)
		return kind, []int64{h.n}
	default:
		kind = "a checkpoint"
		i := r.IntN(len(s.notes))
		at := s.notes[i].n
		switch r.IntN(3) {
		case 0:
			s.notes = slices.Delete(s.notes, i, i+1)
		case 1:
			s.notes[i].bytes = nil
		default:
			b := s.notes[i].bytes
			for p := r.IntN(len(b)); ; p = (p + 1) % len(b) {
				if b[p] > ' ' && b[p] < 0x7f {
					b[p] ^= 1
					break
				}
			}
		}
		return kind, []int64{at}
	}
	return kind, []int64{firstDifference(before.events, s.events)}
}

// flip changes one bit of one column.
func (s *stored) flip(r *mathrand.Rand, k int) {
	e := &s.events[k]
	text := func(v *string) {
		if *v == "" {
			*v = "x"
			return
		}
		b := []byte(*v)
		b[r.IntN(len(b))] ^= 1 << r.IntN(4) // stays text on PostgreSQL
		*v = string(b)
	}
	switch r.IntN(7) {
	case 0:
		for bit := r.IntN(40); ; bit++ {
			seq := e.seq ^ 1<<(bit%62)
			if !slices.ContainsFunc(s.events, func(o event) bool { return o.seq == seq }) {
				e.seq = seq
				return
			}
		}
	case 1:
		e.at ^= 1 << r.IntN(62)
	case 2:
		text(&e.patient)
	case 3:
		text(&e.subject)
	case 4:
		text(&e.requestID)
	case 5:
		e.previous[r.IntN(len(e.previous))] ^= 1 << r.IntN(8)
	default:
		text(&e.body)
	}
}

func (s *stored) rollBack(to int) {
	s.events, s.hashes = s.events[:to], s.hashes[:to]
	s.notes = slices.DeleteFunc(s.notes, func(n numbered) bool { return n.n > int64(to) })
}

// rechain numbers and chains the events from index k on, as package audit would. It is
// written anew here, from the documentation, so that it does not share our mistakes.
func (s *stored) rechain(k int) {
	previous := make([]byte, 32)
	for i := range s.events {
		e := &s.events[i]
		if i >= k {
			e.seq, e.previous = int64(i)+1, previous
		}
		sum := sha256.Sum256(e.canonical())
		previous = sum[:]
	}
}

func (e *event) canonical() []byte {
	b := slices.Clone(e.previous)
	b = binary.BigEndian.AppendUint64(b, uint64(e.seq))
	b = binary.BigEndian.AppendUint64(b, uint64(e.at))
	for _, part := range []string{e.patient, e.subject, e.requestID, e.body} {
		b = append(binary.BigEndian.AppendUint64(b, uint64(len(part))), part...)
	}
	return b
}

// reseal rebuilds the hashes and the checkpoints from index k on: with the stolen key, or
// with another one of the same name.
func (s *stored) reseal(k int, r *mathrand.Rand, keyFile string) {
	text, err := os.ReadFile(keyFile)
	if err != nil {
		panic(err)
	}
	private, _, _ := strings.Cut(string(text), "\n")
	signer, err := note.NewSigner(private)
	if err != nil {
		panic(err)
	}
	if r.IntN(2) == 0 {
		own, _, _ := note.GenerateKey(rand.Reader, signer.Name())
		signer, _ = note.NewSigner(own)
	}
	sizes := map[int64]bool{int64(len(s.events)): true}
	for _, n := range s.notes {
		sizes[n.n] = true
	}
	kept := slices.DeleteFunc(slices.Clone(s.notes), func(n numbered) bool { return n.n > int64(k) })
	var all []tlog.Hash
	reader := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(at))
		for i, p := range at {
			out[i] = all[p]
		}
		return out, nil
	})
	s.hashes, s.notes = nil, kept
	for i := range s.events {
		more, _ := tlog.StoredHashes(int64(i), s.events[i].canonical(), reader)
		all = append(all, more...)
		var b []byte
		for _, h := range more {
			b = append(b, h[:]...)
		}
		s.hashes = append(s.hashes, numbered{int64(i) + 1, b})
		if size := int64(i) + 1; size > int64(k) && sizes[size] {
			root, _ := tlog.TreeHash(size, reader)
			text := fmt.Sprintf("%s\n%d\n%s\n", signer.Name(), size, base64.StdEncoding.EncodeToString(root[:]))
			signed, _ := note.Sign(&note.Note{Text: text}, signer)
			s.notes = append(s.notes, numbered{size, signed})
		}
	}
}

// firstDifference is the first seq that is not in both alike.
func firstDifference(a, b []event) int64 {
	index := func(list []event) map[int64]string {
		m := map[int64]string{}
		for _, e := range list {
			m[e.seq] = string(e.canonical())
		}
		return m
	}
	x, y := index(a), index(b)
	first := int64(1 << 62)
	for _, m := range []map[int64]string{x, y} {
		for seq := range m {
			if x[seq] != y[seq] {
				first = min(first, seq)
			}
		}
	}
	return first
}
