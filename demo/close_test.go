package demo

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"os"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// Not parallel: it counts the goroutines of the whole process, and parallel
// tests have not begun when it runs.
func TestCloseLeavesNothingBehind(t *testing.T) {
	before := goleak.IgnoreCurrent()
	dir := t.TempDir()
	r, err := Start(context.Background(), Options{Patients: 20, Dir: dir, Now: func() time.Time { return theDay }})
	if err != nil {
		t.Fatal(err)
	}
	// One request of each system hangs, one system is shut, when the region closes.
	hung := make(chan error, 2)
	for _, id := range []string{"gp", "social-care"} {
		set(t, r.System(id), `{"fault":"hang"}`, 200)
		go func() {
			res, err := http.Get(r.System(id).URL + "/people.csv")
			if err == nil {
				_ = res.Body.Close()
			}
			hung <- err
		}()
		for tallyOf(t, r.System(id)).InFlight == 0 {
			continue
		}
	}
	set(t, r.System("hospital"), `{"fault":"refused"}`, 200)
	if err := r.Close(context.Background()); err != nil {
		t.Error(err)
	}
	if err := r.Close(context.Background()); err != nil {
		t.Error("closing twice:", err)
	}
	<-hung
	<-hung
	for _, s := range r.Systems {
		for _, address := range []string{s.URL, s.Control} {
			at, err := url.Parse(address)
			if err != nil {
				t.Fatal(err)
			}
			if conn, err := net.Dial("tcp", at.Host); err == nil {
				_ = conn.Close()
				t.Errorf("%s still listens", address)
			}
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("files left: %v %v", left, err)
	}
	http.DefaultClient.CloseIdleConnections()
	goleak.VerifyNone(t, before)
}

func TestTheRegionEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	r, err := Start(ctx, Options{Patients: 15, Dir: t.TempDir(), Now: func() time.Time { return theDay }})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := r.Close(context.Background()); err != nil { // waits for the closing begun by cancel
		t.Error(err)
	}
}
