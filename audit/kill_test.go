package audit_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"testing"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// killed names the variable that makes the test binary the server that gets killed.
const killed = "PATCHWORK_TEST_AUDIT_KILLED"

// TestNothingAcknowledgedIsLostWhenKilled: a server records from 16 goroutines and says
// each event after Record returned; it is killed in the middle, four times over.
func TestNothingAcknowledgedIsLostWhenKilled(t *testing.T) {
	if dsn := os.Getenv(killed); dsn != "" {
		recordForEver(dsn)
	}
	t.Parallel()
	for name, fresh := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dsn := fresh(t)
			dbtest.Open(t, dsn)
			acknowledged := map[string]bool{}
			for cycle := range 4 {
				recordUntilKilled(t, dsn, 20+60*cycle, acknowledged)
			}
			db := dbtest.Open(t, dsn)
			l := open(t, db)
			n, err := l.Verify(context.Background())
			if err != nil || n < int64(len(acknowledged)) {
				t.Fatalf("%d events, %d acknowledged, %v", n, len(acknowledged), err)
			}
			for id := range acknowledged {
				var there int
				if err := db.Read.DB.QueryRow(`SELECT COUNT(*) FROM audit_event WHERE request_id = $1`, id).Scan(&there); err != nil || there != 1 {
					t.Fatalf("event %s is there %d times, %v", id, there, err)
				}
			}
		})
	}
}

func recordUntilKilled(t *testing.T, dsn string, events int, acknowledged map[string]bool) {
	t.Helper()
	server := exec.Command(os.Args[0], "-test.run=^TestNothingAcknowledgedIsLostWhenKilled$") //nolint:gosec // this test itself
	server.Env = append(os.Environ(), killed+"="+dsn)
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for n := 0; lines.Scan(); n++ {
		if n == events {
			if err := server.Process.Kill(); err != nil { // and read what it still said
				t.Error(err)
			}
		}
		acknowledged[lines.Text()] = true
	}
	_ = server.Wait()
}

func recordForEver(dsn string) {
	ctx := context.Background()
	db, err := migrations.Open(ctx, dsn)
	if err != nil {
		panic(err)
	}
	l, err := audit.Open(ctx, db.Write, at, quiet)
	if err != nil {
		panic(err)
	}
	var mu sync.Mutex
	for w := range 16 {
		go func() {
			for i := 0; ; i++ {
				e := sample("p")
				e.RequestID = strconv.Itoa(os.Getpid()) + "-" + strconv.Itoa(w) + "-" + strconv.Itoa(i)
				if err := l.Record(ctx, e); err != nil {
					panic(err)
				}
				mu.Lock()
				fmt.Println(e.RequestID)
				mu.Unlock()
			}
		}()
	}
	select {}
}
