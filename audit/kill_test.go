package audit_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// killed names the variable that makes the test binary the server that gets killed.
const killed = "PATCHWORK_TEST_AUDIT_KILLED"

// TestNothingAcknowledgedIsLostWhenKilled: a server records from 16 goroutines and says
// each event after Record returned; it is killed in the middle, four times over, while its
// notary seals. What the witness was told by then holds, and the next notary goes on.
func TestNothingAcknowledgedIsLostWhenKilled(t *testing.T) {
	if dsn := os.Getenv(killed); dsn != "" {
		recordForEver(dsn, os.Getenv(killed+"_DIR"))
	}
	t.Parallel()
	for name, fresh := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dsn, config := fresh(t), notaryIn(t.TempDir())
			db := dbtest.Open(t, dsn)
			acknowledged := map[string]bool{}
			for cycle := range 4 {
				recordUntilKilled(t, dsn, filepath.Dir(config.Key), 20+60*cycle, acknowledged)
				if r := whole(t, db, config); r.Events < int64(len(acknowledged)) || cycle == 3 && r.Witnessed == 0 {
					t.Errorf("after kill %d: %d acknowledged, %+v", cycle, len(acknowledged), r)
				}
			}
			l := open(t, db)
			notary := openNotary(t, l, config)
			seal(t, notary)
			if r := whole(t, db, config); r.Sealed != r.Events || r.Witnessed != r.Events {
				t.Errorf("the notary does not go on: %+v", r)
			}
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

func recordUntilKilled(t *testing.T, dsn, dir string, events int, acknowledged map[string]bool) {
	t.Helper()
	server := exec.Command(os.Args[0], "-test.run=^TestNothingAcknowledgedIsLostWhenKilled$") //nolint:gosec // this test itself
	server.Env = append(os.Environ(), killed+"="+dsn, killed+"_DIR="+dir)
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

func recordForEver(dsn, dir string) {
	ctx := context.Background()
	db, err := migrations.Open(ctx, dsn)
	if err != nil {
		panic(err)
	}
	l, err := audit.Open(ctx, db.Write, at, quiet)
	if err != nil {
		panic(err)
	}
	config := notaryIn(dir)
	config.Every = time.Millisecond
	if _, err := audit.OpenNotary(ctx, l, config); err != nil {
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
