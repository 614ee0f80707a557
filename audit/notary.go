package audit

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// NotaryConfig says where a notary keeps its things.
type NotaryConfig struct {
	// Key is the file of the signing key; it is made if it is missing.
	Key string
	// Witness is the file, outside the database, that is told everything. "" is none.
	Witness string
	// Every is how often it seals; 0 is a second.
	Every time.Duration
}

const (
	sealEvery = time.Second
	// sealWithin bounds the last sealing, at Close.
	sealWithin = 5 * time.Second
	// sealRows is how many events are read at once.
	sealRows = 1024
)

// Notary makes the ledger provable (hazards H-08, H-15): it puts every event into a
// Merkle tree, signs checkpoints of it, and tells both to a witness outside the
// database. It stands behind Record, never in its way: events are durable before it sees
// them, and it catches up after whatever kept it. Safe for concurrent use.
type Notary struct {
	ledger *Ledger
	sqlite bool
	key    *Key
	path   string
	log    *slog.Logger

	mu      sync.Mutex
	edge    edge
	last    [32]byte // the chain's hash of the event at the edge
	signed  int64    // the newest checkpoint
	witness *witness // nil while it cannot be written
	said    string   // the trouble that was logged
	err     error

	stop context.CancelFunc
	done chan struct{}
}

// OpenNotary reads where tree and witness stand and starts to seal. It looks at their
// ends only, never at the whole ledger. A ledger that is shorter than, or other than,
// what was signed or witnessed is a *BrokenError: the database was rolled back or
// tampered with.
func OpenNotary(ctx context.Context, l *Ledger, c NotaryConfig) (*Notary, error) {
	key, err := OpenKey(c.Key)
	if err != nil {
		return nil, err
	}
	n := &Notary{ledger: l, sqlite: l.sqlite, key: key, path: c.Witness, log: l.log, done: make(chan struct{})}
	anew, err := n.begin(ctx)
	if err != nil {
		return nil, err
	}
	if anew {
		// A witness that was taken away is seen in the ledger itself.
		n.log.Warn("a new audit witness begins", "witness", c.Witness, "events", n.edge.size, "key", key.Public)
		if err := l.Record(ctx, Event{Action: ActionWitness, Target: key.Public, Reason: "A new witness begins"}); err != nil {
			return nil, err
		}
	}
	run, stop := context.WithCancel(context.WithoutCancel(ctx))
	n.stop = stop
	every := c.Every
	if every <= 0 {
		every = sealEvery
	}
	go n.run(run, every)
	return n, nil
}

// begin checks the ends against each other; anew is that the witness of a ledger that
// had been sealed is not there.
func (n *Notary) begin(ctx context.Context) (anew bool, err error) {
	seen, there, err := n.look()
	if err != nil {
		return false, err
	}
	// In this order, so that another server's writing cannot look like a loss.
	newest, signed, err := newestCheckpoint(ctx, n.ledger.db)
	if err != nil {
		return false, err
	}
	h := hashes{ctx, n.ledger.db}
	size, err := h.size()
	if err != nil {
		return false, fmt.Errorf("the audit hashes cannot be read: %w", err)
	}
	var end head
	if err := end.load(ctx, n.ledger.db); err != nil {
		return false, fmt.Errorf("the audit ledger cannot be read: %w", err)
	}
	switch {
	case seen.last > end.seq:
		return false, &BrokenError{Seq: end.seq + 1, What: fmt.Sprintf("it is gone: the witness knows %d events and the database has %d; was it rolled back?", seen.last, end.seq)}
	case size > end.seq || newest > end.seq:
		return false, &BrokenError{Seq: end.seq + 1, What: fmt.Sprintf("it is gone: %d events were signed or hashed and the database has %d", max(size, newest), end.seq)}
	case newest > size:
		return false, &BrokenError{Seq: size + 1, What: "its stored hash is gone"}
	}
	if n.edge, err = h.edge(size); err != nil {
		return false, err
	}
	for _, note := range []string{signed, seen.note} {
		if err := n.agrees(h, note); err != nil {
			return false, err
		}
	}
	n.signed = newest
	return !there && newest > 0, n.loadLast(ctx)
}

// agrees compares a signed note with the tree at its size.
func (n *Notary) agrees(h hashes, signed string) error {
	if signed == "" {
		return nil
	}
	c, err := n.key.open(signed)
	if err != nil {
		return fmt.Errorf("%w: every server of one ledger needs the same audit key, and a new key the old public one below it", err)
	}
	if c.Size > n.edge.size {
		return nil // its events are there and not hashed yet; verify compares them
	}
	e, err := h.edge(c.Size)
	if err != nil {
		return err
	}
	if e.root() != c.Root {
		return &BrokenError{Seq: c.Size, What: "it or one before it is not what was signed; audit verify names the first"}
	}
	return nil
}

// loadLast reads the chain's hash at the edge.
func (n *Notary) loadLast(ctx context.Context) error {
	n.last = [32]byte{}
	if n.edge.size == 0 {
		return nil
	}
	rows, err := n.ledger.rows(ctx, `seq = $1`, 1, n.edge.size)
	switch {
	case err != nil:
		return fmt.Errorf("the audit ledger cannot be read: %w", err)
	case len(rows) == 0:
		return &BrokenError{Seq: n.edge.size, What: "it is gone"}
	}
	n.last, _ = rows[0].proof()
	return nil
}

func (n *Notary) run(ctx context.Context, every time.Duration) {
	defer close(n.done)
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			_ = n.Seal(ctx) // what keeps it is logged, and tried again
		}
	}
}

// Seal takes in every event that is there now, signs a checkpoint and tells the witness.
// It is called about once a second by itself.
func (n *Notary) Seal(ctx context.Context) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	err := n.seal(ctx)
	if ctx.Err() == nil {
		n.report(err)
	}
	return err
}

// report says a trouble once, and that it is over.
func (n *Notary) report(err error) {
	n.err = err
	var broken *BrokenError
	text := ""
	switch {
	case err == nil:
	case errors.As(err, &broken):
		text = broken.Error()
	default:
		text = fmt.Sprintf("%T", err) // a driver's text may quote values
		var w *witnessError
		if errors.As(err, &w) {
			text = w.Error()
		}
	}
	switch {
	case text == n.said:
	case text == "":
		n.log.Info("the audit ledger is sealed again", "events", n.edge.size)
	default:
		n.log.Error("the audit ledger cannot be sealed; events are kept and sealed later", "problem", text)
	}
	n.said = text
}

// Err is what keeps the ledger from being sealed; nil if nothing does. Events are
// durable all the same, so that it is no reason to stop serving (hazard H-05).
func (n *Notary) Err() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.err
}

// Size is how many events are sealed.
func (n *Notary) Size() int64 {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.signed
}

func (n *Notary) seal(ctx context.Context) error {
	for {
		from := n.edge.size
		leaves, err := n.extend(ctx)
		if err != nil {
			return err
		}
		if len(leaves) == 0 {
			break
		}
		// A witness that fails must not keep the database's own proof back.
		_ = n.tell(ctx, from, leaves, "")
	}
	if n.edge.size == 0 || n.edge.size == n.signed && (n.path == "" || n.witness != nil && n.witness.noted >= n.signed) {
		return nil
	}
	signed, err := n.key.sign(n.edge.size, n.edge.root())
	if err != nil {
		return err
	}
	if n.edge.size > n.signed {
		if err := keepCheckpoint(ctx, n.ledger.db, n.edge.size, signed); err != nil {
			return err
		}
		n.signed = n.edge.size
	}
	return n.tell(ctx, n.edge.size, nil, signed)
}

// extend reads the next events into the tree and gives their leaves.
func (n *Notary) extend(ctx context.Context) ([]tlog.Hash, error) {
	rows, err := n.ledger.rows(ctx, `seq > $1`, sealRows, n.edge.size)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	grown, last := n.edge, n.last
	leaves, kept := make([]tlog.Hash, len(rows)), make([][]byte, len(rows))
	for i := range rows {
		if rows[i].seq != grown.size+1 {
			return nil, &BrokenError{Seq: grown.size + 1, What: "it is missing"}
		}
		if string(rows[i].previous) != string(last[:]) {
			return nil, &BrokenError{Seq: rows[i].seq, What: "it or the one before it was changed"}
		}
		last, leaves[i] = rows[i].proof()
		kept[i] = grown.add(leaves[i], make([]byte, 0, completed(rows[i].seq)*tlog.HashSize))
	}
	if err := keepHashes(ctx, n.ledger.db, n.sqlite, n.edge.size, kept); err != nil {
		return nil, err
	}
	n.edge, n.last = grown, last
	return leaves, nil
}

// Close seals what the ledger holds and stops. Close the ledger first, and the database
// after.
func (n *Notary) Close() error {
	n.stop()
	<-n.done
	ctx, cancel := context.WithTimeout(context.Background(), sealWithin)
	defer cancel()
	_ = n.Seal(ctx) // logged; the next start goes on
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.witness == nil {
		return nil
	}
	w := n.witness
	n.witness = nil
	return w.close()
}
