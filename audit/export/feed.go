package export

import (
	"context"
	"crypto/tls"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"time"

	"github.com/uptrace/bun"

	"github.com/patchworkcare/patchwork/audit"
)

// FeedConfig says where a feed goes.
type FeedConfig struct {
	// Address is the receiver's host:port; it also names the feed's cursor.
	Address string
	// TLS is how it is known, and how we are known to it.
	TLS *tls.Config
	// Observer names this server.
	Observer string
	// Poll is how often the ledger is looked at; 0 is half a second. Settle is how long
	// sent events wait for their confirmation; 0 is five seconds. Retry is the longest
	// time between two tries; 0 is a minute.
	Poll, Settle, Retry time.Duration
}

const (
	pollEvery   = 500 * time.Millisecond
	settleAfter = 5 * time.Second
	retryAtMost = time.Minute
	retryFirst  = 100 * time.Millisecond
	// settleEvents is the most events sent without a confirmation: what may come twice.
	settleEvents = 1000
	sendWithin   = 10 * time.Second
	stopWithin   = time.Second
)

// Feed sends every event of the ledger to an audit repository: ATNA syslog over TLS
// (IHE ITI-20, RFC 5425). Its spool is the ledger, so that it needs no memory, loses
// nothing and never stands in the way of Record (hazards H-05, H-15).
//
// Syslog has no acknowledgement, and what was written to a connection may be lost when
// the receiver dies. So a connection is closed in order after a while, and only the
// receiver's own end of it (close_notify, RFC 5425 §4.4) confirms what was sent: the cursor moves
// then. Every event arrives at least once, in order; after a break some arrive again.
type Feed struct {
	c        FeedConfig
	db, read *bun.DB
	log      *slog.Logger
	format   Format
	cursor   int64 // the last confirmed event
	stop     context.CancelFunc
	done     chan struct{}
}

// OpenFeed reads the cursor and starts. A feed that is new begins with the first event
// there is. db is for the cursor, read for the ledger.
func OpenFeed(ctx context.Context, db, read *bun.DB, c FeedConfig, log *slog.Logger) (*Feed, error) {
	f := &Feed{c: c, db: db, read: read, log: log, format: Syslog{Host: c.Observer}.Append, done: make(chan struct{})}
	orDefault(&f.c.Poll, pollEvery)
	orDefault(&f.c.Settle, settleAfter)
	orDefault(&f.c.Retry, retryAtMost)
	err := read.DB.QueryRowContext(ctx, `SELECT seq FROM audit_feed WHERE name = $1`, c.Address).Scan(&f.cursor)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("the audit feed's cursor cannot be read: %w", err)
	}
	run, stop := context.WithCancel(context.WithoutCancel(ctx))
	f.stop = stop
	go f.run(run)
	return f, nil
}

func orDefault(d *time.Duration, otherwise time.Duration) {
	if *d <= 0 {
		*d = otherwise
	}
}

// run sends connection after connection, and waits longer and longer while that fails.
func (f *Feed) run(ctx context.Context) {
	defer close(f.done)
	wait, down := retryFirst, false
	for ctx.Err() == nil {
		if !f.waitForEvents(ctx) {
			return
		}
		err := f.session(ctx)
		if err == nil {
			if down {
				f.log.Info("the audit feed is sent again", "confirmed", f.cursor)
			}
			wait, down = retryFirst, false
			continue
		}
		if ctx.Err() != nil {
			return
		}
		if !down {
			f.log.Warn("the audit feed cannot be sent; it goes on by itself", "receiver", f.c.Address, "problem", err.Error(), "confirmed", f.cursor)
		}
		down = true
		if !sleep(ctx, wait) {
			return
		}
		wait = min(2*wait, f.c.Retry)
	}
}

func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// waitForEvents returns when there is something to send; false is the end.
func (f *Feed) waitForEvents(ctx context.Context) bool {
	for {
		if last, err := audit.LastSeq(ctx, f.read); err == nil && last > f.cursor {
			return true
		}
		if !sleep(ctx, f.c.Poll) {
			return false
		}
	}
}

// session is one connection: what is sent on it is confirmed at its end.
func (f *Feed) session(ctx context.Context) error {
	conn, err := f.dial(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	sent, err := f.send(ctx, conn)
	if err != nil {
		return err
	}
	within := sendWithin
	if ctx.Err() != nil {
		within = stopWithin
	}
	if err := confirmed(conn, within); err != nil {
		return err
	}
	return f.keep(sent)
}

// send writes events as they come, until enough are unconfirmed or for long enough.
func (f *Feed) send(ctx context.Context, conn *tls.Conn) (sent int64, err error) {
	end := time.Now().Add(f.c.Settle)
	sent = f.cursor
	var b []byte
	for sent-f.cursor < settleEvents {
		page, err := audit.Entries(ctx, f.read, audit.Range{To: f.cursor + settleEvents}, sent)
		if err != nil && ctx.Err() == nil {
			return sent, errors.New("the ledger cannot be read") // a driver's text may quote values
		}
		for i := range page {
			if b, err = f.format(b[:0], &page[i]); err != nil {
				return sent, err
			}
			_ = conn.SetWriteDeadline(time.Now().Add(sendWithin))
			if _, err := conn.Write(b); err != nil {
				return sent, err
			}
			sent = page[i].Seq
		}
		left := time.Until(end)
		if left <= 0 || !sleep(ctx, min(left, f.c.Poll)) {
			break // at our own end too: what was sent is confirmed first
		}
	}
	return sent, nil
}

// dial connects, and shakes hands.
func (f *Feed) dial(ctx context.Context) (*tls.Conn, error) {
	dialer := net.Dialer{Timeout: sendWithin}
	raw, err := dialer.DialContext(ctx, "tcp", f.c.Address)
	if err != nil {
		return nil, err
	}
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if f.c.TLS != nil {
		config = f.c.TLS.Clone()
	}
	if config.ServerName == "" {
		config.ServerName, _, _ = net.SplitHostPort(f.c.Address)
	}
	conn := tls.Client(truncated{raw}, config)
	shaking, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	if err := conn.HandshakeContext(shaking); err != nil {
		_ = raw.Close()
		return nil, err
	}
	return conn, nil
}

// truncated tells the end of the connection from the end that TLS announces: crypto/tls
// takes the one for the other where it falls between two records (RFC 8446 §6.1 forbids it),
// and a receiver that dies after it has read everything ends exactly so.
type truncated struct{ net.Conn }

var errWentAway = errors.New("the receiver went away before it confirmed")

// Read is the connection's, but its end is an error.
func (c truncated) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if errors.Is(err, io.EOF) {
		err = errWentAway
	}
	return n, err
}

// confirmed ends our side and waits for the receiver to end its own: it has read all.
func confirmed(conn *tls.Conn, within time.Duration) error {
	_ = conn.SetDeadline(time.Now().Add(within))
	if err := conn.CloseWrite(); err != nil {
		return err
	}
	_, err := io.Copy(io.Discard, conn)
	return err
}

// keep moves the cursor.
func (f *Feed) keep(seq int64) error {
	ctx, cancel := context.WithTimeout(context.Background(), sendWithin)
	defer cancel()
	_, err := f.db.DB.ExecContext(ctx, `INSERT INTO audit_feed (name, seq) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET seq = excluded.seq`, f.c.Address, seq)
	if err != nil {
		return errors.New("the feed's cursor cannot be written")
	}
	f.cursor = seq
	return nil
}

// Close stops. What was not confirmed is sent again by the next start.
func (f *Feed) Close() error {
	f.stop()
	<-f.done
	return nil
}
