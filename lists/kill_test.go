package lists_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/lists"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

const (
	// killed names the variable that makes the test binary the server that gets killed.
	killed = "PATCHWORK_TEST_LISTS_KILLED"
	// killCycles names the variable with how often it is killed (make kill N=20).
	killCycles = "PATCHWORK_KILL_CYCLES"
	// refused stands for a version where somebody else was first and nothing was done.
	refused = -2
)

// done is one change that the server begins, or, with Version, has acknowledged.
type done struct {
	Worker  int
	What    string // add, remove, share, unshare, edit
	List    string
	Key     string // the patient, the organisation, or the title
	Version int64
}

// TestNothingAcknowledgedIsLostWhenKilled: people add, remove, share, unshare and edit until
// the server is killed, over and over. What was acknowledged is there, of what was not
// there is all or nothing, each version has its row, and whatever is there is in the
// ledger (hazards H-08, H-12, H-15).
func TestNothingAcknowledgedIsLostWhenKilled(t *testing.T) {
	if dsn := os.Getenv(killed); dsn != "" {
		changeForEver(dsn)
	}
	t.Parallel()
	cycles := 3
	if n, err := strconv.Atoi(os.Getenv(killCycles)); err == nil {
		cycles = n
	}
	for name, fresh := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dsn := fresh(t)
			h := build(t, dbtest.Open(t, dsn))
			for i := range 3 {
				l := h.make(ann, fmt.Sprint("List ", i))
				h.share(ann, l.ID, role(ann.Role, "RXX"), lists.Edit, time.Time{})
			}
			b := newBook()
			for cycle := range cycles {
				b.readUntilKilled(t, dsn)
				b.check(h)
				if t.Failed() {
					t.Fatalf("after kill %d", cycle+1)
				}
			}
			t.Logf("%d kills, %d changes begun, %d acknowledged", cycles, b.begun, b.acknowledged)
		})
	}
}

// book is what the server said: of each thing the last that was acknowledged and all that
// was under way since, each of which may have been made by a server that could not say so.
type book struct {
	begun, acknowledged int
	last                map[string]done
	under               map[string][]done
	maybe               map[string]bool   // titles that were under way when it was killed
	versions            map[string]string // list and version to what
	kills               int
	story               map[string][]string // of each thing what was said last, for a failure
}

// puts reports whether the thing is there after it.
func (d done) puts() bool { return d.What == "add" || d.What == "share" }

func newBook() *book {
	return &book{last: map[string]done{}, under: map[string][]done{}, maybe: map[string]bool{}, versions: map[string]string{}, story: map[string][]string{}}
}

// told gives what was said last of a thing, and of every version that was made of its list since.
func (b *book) told(h *house, thing string, d done) string {
	told := strings.Join(b.story[thing], ", ")
	for _, row := range h.rows(fmt.Sprintf(`SELECT version, what FROM list_change WHERE list = '%s' AND version >= %d ORDER BY version`, d.List, d.Version)) {
		told += fmt.Sprintf("\n\t%s %s (acknowledged: %q)", row[0], row[1], b.versions[d.List+" "+row[0]])
	}
	return told
}

// thing is what a change is of.
func (d done) thing() string {
	switch d.What {
	case "add", "remove":
		return "person " + d.List + " " + d.Key
	case "edit":
		return "title " + d.List + " " + strconv.Itoa(d.Worker)
	}
	return "share " + d.List + " " + d.Key
}

func (b *book) readUntilKilled(t *testing.T, dsn string) {
	t.Helper()
	server := exec.Command(os.Args[0], "-test.run=^TestNothingAcknowledgedIsLostWhenKilled$") //nolint:gosec // this test itself
	server.Env = append(os.Environ(), killed+"="+dsn)
	server.Stderr = os.Stderr
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	after := b.acknowledged + 20 + rand.IntN(150)
	lines := bufio.NewScanner(out)
	for killing := false; lines.Scan(); {
		var d done
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			t.Fatalf("%v: %s", err, lines.Text())
		}
		b.write(t, d)
		if b.acknowledged >= after && !killing {
			killing = true
			if err := server.Process.Kill(); err != nil { // and read what it still said
				t.Error(err)
			}
		}
	}
	_ = server.Wait()
	b.kills++
	for _, under := range b.under {
		for _, d := range under {
			b.maybe[d.Key] = d.What == "edit"
		}
	}
}

func (b *book) write(t *testing.T, d done) {
	story := append(b.story[d.thing()], fmt.Sprintf("%s %d (kill %d)", d.What, d.Version, b.kills+1))
	b.story[d.thing()] = story[max(0, len(story)-12):]
	if d.Version == 0 {
		b.begun++
		b.under[d.thing()] = append(b.under[d.thing()], d)
		return
	}
	delete(b.under, d.thing())
	if d.Version == refused {
		return
	}
	if d.Version < 0 { // nothing changed: it was like that already
		if d.What != "edit" {
			b.last[d.thing()] = d
		}
		return
	}
	b.acknowledged++
	b.last[d.thing()] = d
	version := d.List + " " + strconv.FormatInt(d.Version, 10)
	if b.versions[version] != "" {
		t.Errorf("version %s was made twice", version)
	}
	b.versions[version] = d.What
}

// check holds the database against the book.
func (b *book) check(h *house) {
	h.t.Helper()
	there := map[string]bool{}
	for _, row := range h.rows(`SELECT list, patient FROM list_item`) {
		there["person "+row[0]+" "+row[1]] = true
		if n := h.count(`SELECT COUNT(*) FROM audit_event WHERE patient = $1`, row[1]); n == 0 {
			h.t.Errorf("somebody is on a list and not in the ledger")
		}
	}
	for _, row := range h.rows(`SELECT list, organisation FROM list_share WHERE organisation <> 'RXX'`) {
		there["share "+row[0]+" "+row[1]] = true
	}
	titles := map[string]string{}
	for _, row := range h.rows(`SELECT id, title FROM list`) {
		titles[row[0]] = row[1]
	}
	latest := map[string]done{} // of the titles
	for thing, d := range b.last {
		if d.What == "edit" {
			if d.Version > latest[d.List].Version {
				latest[d.List] = d
			}
			continue
		}
		if there[thing] != d.puts() && !slices.ContainsFunc(b.under[thing], func(u done) bool { return u.puts() != d.puts() }) {
			h.t.Errorf("%s was acknowledged by version %d and is lost: %s", d.What, d.Version, b.told(h, thing, d))
		}
	}
	for list, d := range latest {
		if titles[list] != d.Key && !b.maybe[titles[list]] {
			h.t.Errorf("a title was acknowledged by version %d and is lost: %q, not %q", d.Version, titles[list], d.Key)
		}
	}
	for thing := range there {
		if _, acknowledged := b.last[thing]; !acknowledged && len(b.under[thing]) == 0 {
			h.t.Errorf("nobody did it: %s", thing)
		}
	}
	rows := map[string]string{}
	for _, row := range h.rows(`SELECT list || ' ' || version, what FROM list_change WHERE list <> ''`) {
		rows[row[0]] = row[1]
	}
	for version, what := range b.versions {
		if words := map[string]string{"add": "1 person added", "remove": "1 person taken off", "share": "Shared with a role to read",
			"unshare": "No more shared with a role", "edit": "Changed: title"}[what]; rows[version] != words {
			h.t.Errorf("version %s is %q, not %q", version, rows[version], words)
		}
	}
	for what, query := range map[string]string{
		"lists without a row for each version": `SELECT COUNT(*) FROM list l WHERE l.version <> (SELECT COUNT(*) FROM list_change h WHERE h.list = l.id)`,
		"people of a version to come":          `SELECT COUNT(*) FROM list_item i JOIN list l ON l.id = i.list WHERE i.version > l.version`,
		"numbers missing":                      `SELECT MAX(seq) - COUNT(*) FROM list_change`,
	} {
		if n := h.count(query); n != 0 {
			h.t.Errorf("%d %s", n, what)
		}
	}
}

// rows reads two texts of each.
func (h *house) rows(query string) (out [][2]string) {
	h.t.Helper()
	rows, err := h.db.Read.DB.Query(query)
	if err != nil {
		h.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var r [2]string
		if err := rows.Scan(&r[0], &r[1]); err != nil {
			h.t.Fatal(err)
		}
		out = append(out, r)
	}
	if err := rows.Err(); err != nil {
		h.t.Fatal(err)
	}
	return out
}

// changeForEver is the server: ten people change the lists that there are.
func changeForEver(dsn string) {
	ctx := context.Background()
	must := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	db, err := migrations.Open(ctx, dsn)
	must(err)
	ledger, err := audit.Open(ctx, db.Write, time.Now, slog.New(slog.DiscardHandler))
	must(err)
	s := lists.New(db.Write, db.Read, ledger, time.Now)
	all, err := s.Of(ctx, ann, false)
	must(err)
	var mu sync.Mutex
	say := func(d done) {
		line, err := json.Marshal(d)
		must(err)
		mu.Lock()
		defer mu.Unlock()
		fmt.Println(string(line))
	}
	for w := range 10 {
		go func() {
			for i := 0; ; i++ {
				l := all[rand.IntN(len(all))]
				d := done{Worker: w, List: l.ID, What: []string{"add", "remove", "share", "unshare", "edit"}[rand.IntN(5)], Key: fmt.Sprint("K", w, "-", rand.IntN(4))}
				if d.What == "edit" {
					d.Key = fmt.Sprint("Title ", os.Getpid(), " ", w, " ", i)
				}
				say(d)
				version, err := d.do(ctx, s, caller(fmt.Sprint("writer", w), "RXX"))
				if errors.Is(err, lists.ErrChanged) {
					version, err = refused, nil
				}
				must(err)
				d.Version = version
				say(d)
			}
		}()
	}
	select {}
}

// do gives the version that the change made, or -1 if there was nothing to do. Only the
// worker changes what has their key.
func (d done) do(ctx context.Context, s *lists.Store, writer lists.Caller) (int64, error) {
	with := role(auth.RoleGP, d.Key)
	var l lists.List
	var err error
	switch d.What {
	case "add":
		added := 0
		if added, _, l, err = s.Add(ctx, writer, d.List, items(d.Key)); err == nil && added == 0 {
			return -1, nil
		}
	case "remove":
		if there, err := onList(ctx, s, writer, d); err != nil || !there {
			return -1, err
		}
		l, err = s.Remove(ctx, writer, d.List, []string{d.Key})
	case "share", "unshare":
		given, err := s.Shares(ctx, ann, d.List)
		if err != nil {
			return 0, err
		}
		id := ""
		for _, sh := range given {
			if sh.With.Organisation.ODS == d.Key {
				id = sh.ID
			}
		}
		if (id != "") == (d.What == "share") {
			return -1, nil
		}
		if d.What == "share" {
			l, err = s.Share(ctx, ann, d.List, with, lists.Read, time.Time{})
		} else {
			l, err = s.Unshare(ctx, ann, d.List, id)
		}
		return l.Version, err
	case "edit":
		if l, err = s.Get(ctx, writer, d.List); err == nil {
			l, err = s.Edit(ctx, writer, d.List, l.Version, lists.Changes{Title: &d.Key})
		}
	}
	return l.Version, err
}

func onList(ctx context.Context, s *lists.Store, c lists.Caller, d done) (bool, error) {
	page, next, err := s.Items(ctx, c, d.List, 0, "")
	if err != nil || next != "" {
		return false, errors.Join(err, errors.New(next))
	}
	for _, i := range page {
		if i.Patient == d.Key {
			return true, nil
		}
	}
	return false, nil
}
