package export_test

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"math/big"
	"net"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"encoding/base64"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/audit/export"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// receiver is an audit repository that can die at any message.
type receiver struct {
	t       *testing.T
	config  *tls.Config
	address string

	mu       sync.Mutex
	seqs     []int64
	listener net.Listener
	conns    map[net.Conn]bool
	// dieAfter closes everything, without a word, after so many more messages.
	dieAfter int
	group    sync.WaitGroup
	died     chan struct{}
}

func newReceiver(t *testing.T) (*receiver, *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(cert)
	r := &receiver{t: t, conns: map[net.Conn]bool{}, address: "127.0.0.1:0", died: make(chan struct{}, 100),
		config: &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}}
	t.Cleanup(func() { r.kill(); r.group.Wait() })
	return r, &tls.Config{RootCAs: pool}
}

// listen begins to receive, at the address it had before.
func (r *receiver) listen(dieAfter int) {
	r.t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	l, err := tls.Listen("tcp", r.address, r.config)
	if err != nil {
		r.t.Error(err)
		return
	}
	r.listener, r.address, r.dieAfter = l, l.Addr().String(), dieAfter
	r.group.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			r.mu.Lock()
			r.conns[conn] = true
			r.mu.Unlock()
			r.group.Go(func() { r.receive(conn) })
		}
	})
}

var seqDetail = regexp.MustCompile(`type="seq" value="([^"]+)"`)

func (r *receiver) receive(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	for {
		length, err := in.ReadString(' ')
		if err != nil {
			return // at the sender's end, ours follows in order
		}
		n, err := strconv.Atoi(strings.TrimSpace(length))
		if err != nil {
			r.t.Errorf("a frame begins with %q", length)
			return
		}
		message := make([]byte, n)
		if _, err := io.ReadFull(in, message); err != nil {
			return
		}
		value, _ := base64.StdEncoding.DecodeString(string(seqDetail.FindSubmatch(message)[1]))
		seq, _ := strconv.ParseInt(string(value), 10, 64)
		r.mu.Lock()
		if r.dieAfter > 0 {
			if r.dieAfter--; r.dieAfter == 0 {
				r.mu.Unlock()
				r.kill() // what it read last is lost with it
				r.died <- struct{}{}
				return
			}
		}
		r.seqs = append(r.seqs, seq)
		r.mu.Unlock()
	}
}

// kill ends everything as a crash does: no close_notify.
func (r *receiver) kill() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.listener != nil {
		_ = r.listener.Close()
	}
	for conn := range r.conns {
		_ = conn.(*tls.Conn).NetConn().Close()
	}
}

func (r *receiver) got() []int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]int64{}, r.seqs...)
}

// complete says what is wrong with what came: every event, and none before an earlier
// one had come at least once.
func complete(seqs []int64, want int64) string {
	highest := int64(0)
	for _, seq := range seqs {
		if seq > highest+1 {
			return "event " + strconv.FormatInt(seq, 10) + " came before the one before it"
		}
		highest = max(highest, seq)
	}
	if highest != want {
		return "the last is " + strconv.FormatInt(highest, 10)
	}
	return ""
}

// TestTheFeedArrives: the receiver dies over and over, in the middle of messages that it
// has read and lost, while events are recorded; every event arrives, in order.
func TestTheFeedArrives(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		l := open(t, db)
		r, trust := newReceiver(t)
		r.listen(7)
		f, err := export.OpenFeed(context.Background(), db.Write, db.Read, export.FeedConfig{
			Address: r.address, TLS: trust, Observer: "patchwork.example",
			Poll: time.Millisecond, Settle: 20 * time.Millisecond, Retry: 10 * time.Millisecond,
		}, quiet)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = f.Close() })
		const rounds, each = 6, 40
		for round := range rounds {
			for range each {
				if err := l.Record(context.Background(), base(audit.ActionRead)); err != nil {
					t.Fatal(err)
				}
			}
			if round < rounds-1 {
				<-r.died
				r.listen(7 + 20*round)
			}
		}
		<-r.died
		r.listen(0)
		wait(t, func() bool { return cursor(t, db, r.address) == rounds*each })
		if wrong := complete(r.got(), rounds*each); wrong != "" {
			t.Errorf("%s: %v", wrong, r.got())
		}
		t.Logf("%d events, %d messages", rounds*each, len(r.got()))
	})
}

// TestAnEndIsNoConfirmation: a receiver reads everything and dies, so that its end is a
// plain end of the connection, without close_notify: nothing is confirmed.
func TestAnEndIsNoConfirmation(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		l := open(t, db)
		r, trust := newReceiver(t)
		const tries = 3
		ended := make(chan struct{}, 100)
		listener, err := tls.Listen("tcp", r.address, r.config)
		if err != nil {
			t.Fatal(err)
		}
		defer listener.Close()
		r.group.Go(func() {
			for {
				conn, err := listener.Accept()
				if err != nil {
					return
				}
				_, _ = io.Copy(io.Discard, conn) // to the sender's close_notify: all is read
				_ = conn.(*tls.Conn).NetConn().Close()
				ended <- struct{}{}
			}
		})
		f, err := export.OpenFeed(context.Background(), db.Write, db.Read, export.FeedConfig{
			Address: listener.Addr().String(), TLS: trust, Poll: time.Millisecond, Settle: 5 * time.Millisecond, Retry: 10 * time.Millisecond,
		}, quiet)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		if err := l.Record(context.Background(), base(audit.ActionRead)); err != nil {
			t.Fatal(err)
		}
		for n := range tries { // it goes on trying: nothing was confirmed
			select {
			case <-ended:
			case <-time.After(20 * time.Second):
				t.Fatalf("it gave up after %d tries: an end was taken for a confirmation", n)
			}
		}
		if got := cursor(t, db, listener.Addr().String()); got != 0 {
			t.Errorf("confirmed up to %d", got)
		}
	})
}

// TestAFeedGoesOnWhereItWas: after a restart only what was not confirmed comes again.
func TestAFeedGoesOnWhereItWas(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		l := open(t, db)
		r, trust := newReceiver(t)
		r.listen(0)
		config := export.FeedConfig{Address: r.address, TLS: trust, Poll: time.Millisecond, Settle: 5 * time.Millisecond}
		for round := range int64(3) {
			if err := l.Record(context.Background(), base(audit.ActionRead), base(audit.ActionRead)); err != nil {
				t.Fatal(err)
			}
			f, err := export.OpenFeed(context.Background(), db.Write, db.Read, config, quiet)
			if err != nil {
				t.Fatal(err)
			}
			wait(t, func() bool { return cursor(t, db, r.address) == 2*(round+1) })
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if got := r.got(); len(got) != 6 || complete(got, 6) != "" {
			t.Errorf("%v", got)
		}
	})
}

// TestAStrangerIsNotFed: a receiver whose certificate we do not trust gets nothing.
func TestAStrangerIsNotFed(t *testing.T) {
	t.Parallel()
	db := dbtest.Open(t, dbtest.SQLite(t))
	l := open(t, db)
	if err := l.Record(context.Background(), base(audit.ActionRead)); err != nil {
		t.Fatal(err)
	}
	r, _ := newReceiver(t)
	_, other := newReceiver(t)
	r.listen(0)
	warned := make(chan struct{}, 10)
	f, err := export.OpenFeed(context.Background(), db.Write, db.Read, export.FeedConfig{Address: r.address, TLS: other, Poll: time.Millisecond, Retry: time.Millisecond},
		logTo(warned))
	if err != nil {
		t.Fatal(err)
	}
	<-warned
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if got := r.got(); len(got) != 0 || cursor(t, db, r.address) != 0 {
		t.Errorf("a stranger got %v", got)
	}
}

func cursor(t *testing.T, db *migrations.DB, name string) (seq int64) {
	t.Helper()
	if err := db.Read.DB.QueryRow(`SELECT COALESCE(MAX(seq), 0) FROM audit_feed WHERE name = $1`, name).Scan(&seq); err != nil {
		t.Fatal(err)
	}
	return seq
}

func wait(t *testing.T, done func() bool) {
	t.Helper()
	limit := time.After(20 * time.Second)
	for tick := time.NewTicker(2 * time.Millisecond); !done(); {
		select {
		case <-tick.C:
		case <-limit:
			t.Fatal("it did not come")
		}
	}
}
