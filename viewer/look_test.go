package viewer_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/viewer"
)

// digest is as the viewer makes them.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

// statement is of "id" or "id=content".
func statement(text string) string {
	id, content, _ := strings.Cut(text, "=")
	return digest(id) + "." + digest("says "+content)
}

func part(of string, whole bool, statements ...string) viewer.Part {
	p := viewer.Part{Of: digest(of), Whole: whole}
	for _, s := range statements {
		p.Statements = append(p.Statements, statement(s))
	}
	return p
}

// look says what of the parts is new, as "a b=c".
func (h *house) look(u viewer.User, session, patient string, parts ...viewer.Part) viewer.Looked {
	h.t.Helper()
	out, err := h.Look(h.ctx, u, session, patient, nil, parts)
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}

func (h *house) fresh(what string, got viewer.Looked, want ...string) {
	h.t.Helper()
	var statements []string
	for _, w := range want {
		statements = append(statements, statement(w))
	}
	equal(h.t, what, got.Fresh, statements)
}

func TestLook(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		first := h.look(ann, "s1", "p1", part("allergies gp", true, "a", "b"))
		h.fresh("the first visit", first)
		if !first.Since.IsZero() || first.Unknown != nil {
			t.Errorf("the first visit was since %v, unknown %v", first.Since, first.Unknown)
		}
		h.add(10 * time.Minute)
		h.fresh("still the first visit", h.look(ann, "s1", "p1", part("allergies gp", true, "a", "b", "c")))
		ended := h.at
		h.add(viewer.VisitLasts + time.Second)
		second := h.look(ann, "s1", "p1", part("allergies gp", true, "a", "b=changed", "c", "d"))
		h.fresh("the second visit", second, "b=changed", "d")
		if !second.Since.Equal(ended) {
			t.Errorf("since %v, want %v", second.Since, ended)
		}
		h.add(10 * time.Minute)
		h.fresh("it stays new while the visit lasts", h.look(ann, "s1", "p1", part("allergies gp", true, "a", "b=changed", "c", "d")), "b=changed", "d")
		third := h.look(ann, "s2", "p1", part("allergies gp", true, "a", "b", "c", "d"))
		h.fresh("another session is another visit, and what is said again was another thing before", third, "b")
	})
}

// What somebody sees is their own, and of one person.
func TestLooksAreApart(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		h.look(ann, "s1", "p1", part("x", true, "a"))
		for what, got := range map[string]viewer.Looked{
			"another user":    h.look(other, "s9", "p1", part("x", true, "a", "b")),
			"another patient": h.look(ann, "s1", "p2", part("x", true, "a", "b")),
		} {
			h.fresh(what, got)
			if !got.Since.IsZero() {
				t.Errorf("%s looked since %v", what, got.Since)
			}
		}
	})
}

// A system that did not answer, or not in full, makes nothing new when it does; nor does one
// that is asked for the first time.
func TestWhatWasNotToldIsNotNew(t *testing.T) {
	t.Parallel()
	for what, visits := range map[string][][]viewer.Part{
		"it did not answer the last time":  {{part("x", true, "a", "b")}, {}, {part("x", true, "a", "b")}},
		"it was empty the last time":       {{part("x", true, "a", "b")}, {part("x", true)}, {part("x", true, "a", "b")}},
		"it has never answered":            {{part("y", true, "c")}, {part("x", true, "a", "b"), part("y", true, "c")}},
		"it had told a part":               {{part("x", false, "a")}, {part("x", true, "a", "b")}},
		"it had told nothing":              {{part("x", false)}, {part("x", true, "a", "b")}},
		"it tells a part":                  {{part("x", true, "a", "b")}, {part("x", false, "a")}, {part("x", true, "a", "b")}},
		"a part of it was told in between": {{part("x", true, "a", "b")}, {part("x", false)}, {part("x", false, "b", "a")}},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
				h := build(t, db)
				for i, parts := range visits {
					h.fresh(fmt.Sprintf("visit %d", i+1), h.look(ann, fmt.Sprint("s", i), "p1", parts...))
				}
			})
		})
	}
}

// What cannot be told is said, so that no mark does not read as nothing new.
func TestUnknownIsSaid(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		h.look(ann, "s1", "p1", part("x", true, "a"), part("y", false, "b"))
		got := h.look(ann, "s2", "p1", part("x", true, "a"), part("y", true, "b", "c"), part("z", true))
		equal(t, "unknown", got.Unknown, []string{digest("y"), digest("z")})
		h.fresh("what is known", got)
		got = h.look(ann, "s3", "p1", part("x", true, "a"), part("y", true, "b", "c", "d"), part("z", true, "e"))
		equal(t, "unknown", got.Unknown, nil)
		h.fresh("what is known", got, "d", "e")
	})
}

// A change of what was seen is known for one, also of a system that never tells all.
func TestAChangeIsKnownAnyway(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		h.look(ann, "s1", "p1", part("x", false, "a=active"))
		h.fresh("the change", h.look(ann, "s2", "p1", part("x", false, "a=stopped", "b")), "a=stopped")
	})
}

// Statements that are said in several goes are of one visit.
func TestALookAddsUp(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		h.look(ann, "s1", "p1", part("x", true, "a"))
		h.look(ann, "s1", "p1", part("x", true, "b"), part("y", true))
		h.fresh("all of them", h.look(ann, "s2", "p1", part("x", true, "a", "b", "c"), part("y", true, "d")), "c", "d")
	})
}

// Two who turned out to be one were seen as either.
func TestMergedPatientsFollow(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		h.look(ann, "s1", "gone", part("x", true, "a"))
		h.look(ann, "s1", "p1", part("x", true, "b"))
		got, err := h.Look(h.ctx, ann, "s2", "p1", []string{"gone", "never"}, []viewer.Part{part("x", true, "a", "b", "c")})
		if err != nil {
			t.Fatal(err)
		}
		h.fresh("only what neither had", got, "c")
		var n int
		if err := db.Read.DB.QueryRow(`SELECT COUNT(*) FROM viewer_look`).Scan(&n); err != nil || n != 1 {
			t.Errorf("%d rows, %v", n, err)
		}
	})
}

// Windows that look at once lose nothing of each other.
func TestLooksAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		var wg sync.WaitGroup
		var all []string
		for i := range 5 {
			id := fmt.Sprint("a", i)
			all = append(all, id)
			wg.Go(func() {
				if _, err := h.Look(h.ctx, ann, "s1", "p1", nil, []viewer.Part{part("x", true, id)}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		h.fresh("what was seen in any window", h.look(ann, "s2", "p1", part("x", true, append(all, "new")...)), "new")
	})
}

// After their time looks are forgotten, and the next is a first visit.
func TestLooksAreForgotten(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		h.look(ann, "s1", "p1", part("x", true, "a"))
		h.add(viewer.DefaultLooksFor + time.Minute)
		if got := h.look(ann, "s2", "p1", part("x", true, "a", "b")); got.Fresh != nil || !got.Since.IsZero() {
			t.Errorf("it is still known: %v", got)
		}
		h.add(viewer.DefaultLooksFor + time.Minute)
		if err := h.Sweep(h.ctx); err != nil {
			t.Fatal(err)
		}
		var n int
		if err := db.Read.DB.QueryRow(`SELECT COUNT(*) FROM viewer_look`).Scan(&n); err != nil || n != 0 {
			t.Errorf("%d rows, %v", n, err)
		}
	})
}

// Who reads the database finds none of the digests, cannot guess a statement from them, and
// learns of the size of a record no more than its order; with another secret nothing is known.
func TestTheDatabaseTellsNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		size := func(u viewer.User) (n int) {
			var kept []byte
			if err := db.Read.DB.QueryRow(`SELECT seen FROM viewer_look WHERE issuer = $1`, u.Issuer).Scan(&kept); err != nil {
				t.Fatal(err)
			}
			for _, text := range []string{"penicillin", digest("penicillin"), digest("x")} {
				raw, _ := base64.RawURLEncoding.DecodeString(text)
				if bytes.Contains(kept, []byte(text)) || len(raw) > 0 && bytes.Contains(kept, raw[:6]) {
					t.Errorf("%s is in it", text)
				}
			}
			return len(kept)
		}
		h.look(ann, "s1", "p1", part("x", true, "penicillin"))
		h.look(other, "s1", "p1", part("x", true, "penicillin", "b", "c", "d", "e", "f"))
		if size(ann) != size(other) {
			t.Errorf("its size tells of a record: %d and %d", size(ann), size(other))
		}
		moved := viewer.New(db.Write, db.Read, []byte(strings.Repeat("t", 32)), viewer.Keeping{LooksFor: viewer.DefaultLooksFor}, h.now)
		got, err := moved.Look(h.ctx, ann, "s2", "p1", nil, []viewer.Part{part("x", true, "penicillin", "b")})
		if err != nil || got.Fresh != nil || !got.Since.IsZero() {
			t.Errorf("with another secret: %v, %v", got, err)
		}
	})
}

func TestLookRefuses(t *testing.T) {
	t.Parallel()
	many := viewer.Part{Of: digest("x"), Statements: make([]string, viewer.MaxStatements+1)}
	for i := range many.Statements {
		many.Statements[i] = statement(fmt.Sprint(i))
	}
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		for what, parts := range map[string][]viewer.Part{
			"words for a part":       {{Of: "allergies"}},
			"words for a statement":  {{Of: digest("x"), Statements: []string{"allergic to penicillin"}}},
			"one digest":             {{Of: digest("x"), Statements: []string{digest("a")}}},
			"a long one":             {{Of: digest("x"), Statements: []string{statement("a") + "A"}}},
			"too many":               {many},
			"a line end after it":    {{Of: digest("x") + "\n"}},
			"more parts than we ask": make([]viewer.Part, viewer.MaxParts+1),
		} {
			var bad *viewer.InputError
			if _, err := h.Look(h.ctx, ann, "s", "p1", nil, parts); !errors.As(err, &bad) {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
}

// A record of more than is kept makes nothing new of what was not kept.
func TestLooksAreBounded(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		all := func(session string) (fresh, unknown int) {
			for from := 0; from < viewer.MaxSeen+2000; from += viewer.MaxStatements {
				p := viewer.Part{Of: digest("x"), Whole: true}
				for i := range viewer.MaxStatements {
					p.Statements = append(p.Statements, statement(fmt.Sprint(from+i)))
				}
				got := h.look(ann, session, "p1", p)
				fresh, unknown = fresh+len(got.Fresh), unknown+len(got.Unknown)
			}
			return fresh, unknown
		}
		all("s1")
		if fresh, _ := all("s2"); fresh != 0 {
			t.Errorf("%d are new, of a record that is as it was", fresh)
		}
		if _, unknown := all("s3"); unknown == 0 {
			t.Error("it is not said that it cannot be told")
		}
	})
}
