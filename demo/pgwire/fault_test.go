package pgwire

import (
	"context"
	"database/sql"
	"encoding/binary"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"go.uber.org/goleak"
)

const contacts = `SELECT pas_id, note FROM contact WHERE pas_id = $1 ORDER BY id`

func TestTheGateSeesTables(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var seen []string
	db := open(t, start(t, func(_ context.Context, path string) Fault {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, path)
		return Fault{}
	}), "")
	for _, q := range []string{contacts, contacts, `SELECT 1 WHERE $1 = ''`, `SELECT * FROM (SELECT * FROM "public"."person") WHERE pas_id = $1`,
		`WITH c AS (SELECT * FROM contact) SELECT 'FROM x' FROM c WHERE pas_id = $1`} {
		if _, err := lines(db, t.Context(), q, "P1"); err != nil {
			t.Fatal(err)
		}
	}
	_ = db.PingContext(t.Context())
	want := []string{"/contact", "/contact", "/", "/person", "/contact"}
	if !slices.Equal(seen, want) {
		t.Errorf("saw %q, want %q", seen, want)
	}
}

func TestRowFaults(t *testing.T) {
	t.Parallel()
	cases := []struct {
		fault Fault
		id    string
		want  []string
	}{
		{Fault{}, "P2", []string{"P2 five"}},
		{Fault{Kind: "slow", Delay: time.Millisecond}, "P2", []string{"P2 five"}},
		{Fault{Kind: "drip", Delay: time.Microsecond}, "P2", []string{"P2 five"}},
		{Fault{Kind: "empty"}, "P1", nil},
		{Fault{Kind: "duplicates"}, "P2", []string{"P2 five", "P2 five"}},
		{Fault{Kind: "wrong-patient"}, "P1", []string{"P2 one", "P2 two", "P2 three", "P2 four"}},
		{Fault{Kind: "wrong-patient", Other: func(id string) string { return "not " + id }}, "P2", []string{"not P2 five"}},
		{Fault{Kind: "wrong-patient", Column: "note"}, "P2", []string{"P2 fiveX"}},
		{Fault{Kind: "mixed-patients"}, "P1", []string{"P1 one", "P2 two", "P1 three", "P2 four"}},
		{Fault{Kind: "mixed-patients"}, "P2", []string{"P2 five", "P3 five"}},
	}
	for _, c := range cases {
		t.Run(c.fault.Kind, func(t *testing.T) {
			t.Parallel()
			everyMode(t, func(context.Context, string) Fault { return c.fault }, func(t *testing.T, db *sql.DB) {
				got, err := lines(db, t.Context(), contacts, c.id)
				if err != nil || !slices.Equal(got, c.want) {
					t.Errorf("got %q, %v; want %q", got, err, c.want)
				}
			})
		})
	}
}

// Every one of these must reach the client as an error, never as no rows.
func TestBrokenAnswers(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		"refused": "57P03", "status-500": "XX000", "status-503": "57P03", "status-429": "53300", "status-401": "42501",
		"reset": "", "bad-json": "", "html": "", "outcome-in-200": "58030", "no-such-fault": "XX000",
	}
	for kind, state := range cases {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			var healed atomic.Bool
			gate := func(context.Context, string) Fault {
				if healed.Load() {
					return Fault{}
				}
				return Fault{Kind: kind}
			}
			db := open(t, start(t, gate), "")
			_, _ = lines(db, t.Context(), contacts, "P1")
			healed.Store(true)
			if got, err := lines(db, t.Context(), contacts, "P1"); err != nil || len(got) != 4 {
				t.Errorf("healed: %q, %v", got, err)
			}
			broken := func(context.Context, string) Fault { return Fault{Kind: kind} }
			everyMode(t, broken, func(t *testing.T, db *sql.DB) {
				for _, id := range []string{"P1", "P9"} { // rows, and none
					if got, err := lines(db, t.Context(), contacts, id); err == nil || !strings.Contains(err.Error(), state) {
						t.Errorf("got %q, %v", got, err)
					}
				}
			})
		})
	}
}

func TestHangEndsWithTheClient(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"hang", "drip", "slow"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			gone := make(chan struct{})
			var once sync.Once
			gate := func(ctx context.Context, _ string) Fault {
				context.AfterFunc(ctx, func() { once.Do(func() { close(gone) }) })
				return Fault{Kind: kind, Delay: time.Hour}
			}
			db := open(t, start(t, gate), "")
			ctx, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer stop()
			if _, err := lines(db, ctx, contacts, "P1"); err == nil {
				t.Error("a hanging query was answered")
			}
			<-gone
		})
	}
}

func TestAHealedHangIsAnswered(t *testing.T) {
	t.Parallel()
	for _, fault := range []Fault{{Kind: "hang"}, {Kind: "slow", Delay: time.Hour}} {
		healed := make(chan struct{})
		fault.Until = healed
		db := open(t, start(t, func(context.Context, string) Fault { close(healed); return fault }), "")
		if got, err := lines(db, t.Context(), contacts, "P2"); err != nil || len(got) != 1 {
			t.Errorf("%s: %q, %v", fault.Kind, got, err)
		}
	}
}

func TestHugeEndsWithTheClient(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"P1", "P9"} {
		db := open(t, start(t, func(context.Context, string) Fault { return Fault{Kind: "huge"} }), "")
		ctx, stop := context.WithCancel(t.Context())
		rows, err := db.QueryContext(ctx, contacts, id)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for rows.Next() && n < 1000 {
			n++
		}
		stop()
		_ = rows.Close()
		if n != 1000 {
			t.Errorf("%s: %d rows, %v", id, n, rows.Err())
		}
	}
}

func TestRefuseKeepsThePort(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	db := open(t, s, "")
	if err := db.PingContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		_ = s.Refuse(true)
		if _, err := lines(db, t.Context(), contacts, "P1"); err == nil {
			t.Error("a refusing server answered")
		}
		if err := s.Refuse(false); err != nil {
			t.Fatal(err)
		}
		if got, err := lines(db, t.Context(), contacts, "P1"); err != nil || len(got) != 4 {
			t.Errorf("open again: %q, %v", got, err)
		}
	}
}

// A session is cancelled by its secret only, and stays usable.
func TestCancelRequest(t *testing.T) {
	t.Parallel()
	asked := make(chan struct{}, 1)
	s := start(t, func(context.Context, string) Fault { asked <- struct{}{}; return Fault{Kind: "hang"} })
	conn, err := pgx.Connect(t.Context(), "postgres://u@"+s.Addr()+"/pas?sslmode=disable")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	failed := make(chan error, 1)
	go func() {
		_, err := conn.PgConn().Exec(t.Context(), `SELECT * FROM person`).ReadAll()
		failed <- err
	}()
	<-asked
	s.cancel([]byte{0, 0, 0, 1, 9, 9, 9, 9})
	s.cancel([]byte{0})
	if err := conn.PgConn().CancelRequest(t.Context()); err != nil {
		t.Fatal(err)
	}
	var state *pgconn.PgError
	if err := <-failed; !asPgError(err, &state) || state.Code != "57014" {
		t.Errorf("cancelled query: %v", err)
	}
	if _, err := conn.PgConn().Exec(t.Context(), "SHOW TimeZone").ReadAll(); err != nil {
		t.Errorf("after the cancel: %v", err)
	}
}

func asPgError(err error, into **pgconn.PgError) bool {
	e, ok := err.(*pgconn.PgError)
	*into = e
	return ok
}

func TestHostilePackets(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	good := binary.BigEndian.AppendUint32([]byte{0, 0, 0, 9}, protocol3)
	good = append(good, 0)
	packets := map[string][]byte{
		"huge length":       {0x7f, 0xff, 0xff, 0xff, 0, 3, 0, 0},
		"negative length":   {0xff, 0xff, 0xff, 0xff, 0, 3, 0, 0},
		"zero length":       {0, 0, 0, 0, 0, 3, 0, 0},
		"garbage":           []byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
		"old protocol":      {0, 0, 0, 8, 0, 2, 0, 0},
		"truncated":         {0, 0},
		"short cancel":      {0, 0, 0, 9, 4, 210, 22, 46, 1},
		"endless TLS":       []byte(strings.Repeat("\x00\x00\x00\x08\x04\xd2\x16\x2f", 9)),
		"huge message":      append(slices.Clone(good), 'Q', 0x7f, 0xff, 0xff, 0xff),
		"negative message":  append(slices.Clone(good), 'Q', 0x80, 0, 0, 0),
		"unknown message":   append(slices.Clone(good), 0xfe, 0, 0, 0, 4),
		"unfinished query":  append(slices.Clone(good), 'Q', 0, 0, 0, 6, 'x', 'y'),
		"short parse":       append(slices.Clone(good), 'P', 0, 0, 0, 6, 0, 0),
		"short bind":        append(slices.Clone(good), 'B', 0, 0, 0, 10, 0, 0, 0x7f, 0xff, 0x7f, 0xff),
		"empty describe":    append(slices.Clone(good), 'D', 0, 0, 0, 4),
		"empty execute":     append(slices.Clone(good), 'E', 0, 0, 0, 4),
		"empty close":       append(slices.Clone(good), 'C', 0, 0, 0, 4),
		"unknown portal":    append(slices.Clone(good), 'E', 0, 0, 0, 10, 'x', 0, 0, 0, 0, 0),
		"unknown statement": append(slices.Clone(good), 'D', 0, 0, 0, 7, 'S', 'x', 0),
	}
	for name, packet := range packets {
		t.Run(name, func(t *testing.T) {
			conn, err := net.Dial("tcp", s.Addr())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = conn.Close() }()
			_, _ = conn.Write(packet)
			_ = conn.(*net.TCPConn).CloseWrite()
			_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second))
			if _, err := io.Copy(io.Discard, conn); err != nil && strings.Contains(err.Error(), "timeout") {
				t.Error("the connection was kept")
			}
		})
	}
	if _, err := lines(open(t, s, ""), t.Context(), `SELECT 1`); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// Not parallel: it looks at all goroutines of the process.
func TestCloseLeavesNothingRunning(t *testing.T) {
	asked := make(chan struct{}, 8)
	server, err := Start(t.Context(), sqlite(t), func(context.Context, string) Fault {
		asked <- struct{}{}
		return Fault{Kind: "hang"}
	})
	if err != nil {
		t.Fatal(err)
	}
	before := goleak.IgnoreCurrent()
	s, err := Start(t.Context(), server.db, server.gate)
	if err != nil {
		t.Fatal(err)
	}
	db := open(t, s, "")
	done := make(chan struct{}, 3)
	for range 3 {
		go func() { _, _ = lines(db, context.Background(), contacts, "P1"); done <- struct{}{} }()
		<-asked
	}
	idle, err := net.Dial("tcp", s.Addr()) // says nothing
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	for range 3 {
		<-done
	}
	_ = idle.Close()
	_ = db.Close()
	goleak.VerifyNone(t, before)
	_ = server.Close()
	if err := server.Refuse(false); err != nil || server.listener != nil {
		t.Error("a closed server opened again")
	}
}
