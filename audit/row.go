package audit

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// row is an event as the table has it. Columns that are searched stand beside the
// body and are not repeated in it.
type row struct {
	seq       int64
	at        int64 // microseconds since 1970, UTC
	patient   string
	subject   string
	requestID string
	previous  []byte // SHA-256 of the row before; 32 zero bytes for the first
	body      string // JSON
}

// encode makes a row of an event; seq and previous are given when it is written.
func encode(e *Event, now func() time.Time) (row, error) {
	at := e.Time
	if at.IsZero() {
		at = now()
	}
	body, err := json.Marshal(e)
	if err != nil {
		return row{}, fmt.Errorf("audit: encoding an event: %w", err)
	}
	return row{
		at: at.UnixMicro(), patient: clean(e.Patient), subject: clean(e.Actor.Subject),
		requestID: clean(e.RequestID), body: string(body),
	}, nil
}

// decode makes an event of a row.
func (r *row) decode() (Event, error) {
	var e Event
	if err := json.Unmarshal([]byte(r.body), &e); err != nil {
		return Event{}, fmt.Errorf("audit: event %d cannot be read: %w", r.seq, err)
	}
	e.Seq, e.Time = r.seq, time.UnixMicro(r.at).UTC()
	e.Patient, e.Actor.Subject, e.RequestID = r.patient, r.subject, r.requestID
	return e, nil
}

// canonical is the row as bytes, with the hash of the row before: what is hashed, for
// the chain and for the Merkle tree. Each part is preceded by its length, so that no two
// rows read alike.
func (r *row) canonical() []byte {
	b := make([]byte, 0, 128+len(r.body)+len(r.patient)+len(r.subject)+len(r.requestID))
	b = append(b, r.previous...)
	b = binary.BigEndian.AppendUint64(b, uint64(r.seq)) //nolint:gosec // a bit pattern to hash, not a number to reckon with
	b = binary.BigEndian.AppendUint64(b, uint64(r.at))  //nolint:gosec // as above
	for _, part := range []string{r.patient, r.subject, r.requestID, r.body} {
		b = binary.BigEndian.AppendUint64(b, uint64(len(part)))
		b = append(b, part...)
	}
	return b
}

// hash covers everything in the row and, through previous, every row before it.
func (r *row) hash() []byte {
	sum := sha256.Sum256(r.canonical())
	return sum[:]
}

// proof gives the row's hash in the chain and its leaf in the tree.
func (r *row) proof() (hash [32]byte, leaf tlog.Hash) {
	b := r.canonical()
	return sha256.Sum256(b), tlog.RecordHash(b)
}
