package export

import (
	"encoding/hex"
	"encoding/json"

	"github.com/patchworkcare/patchwork/audit"
)

// line is an event with everything the ledger has of it.
type line struct {
	Seq       int64  `json:"seq"`
	Time      string `json:"time"`
	RequestID string `json:"requestId,omitempty"`
	Patient   string `json:"patient,omitempty"`
	Actor     actor  `json:"actor,omitzero"`
	audit.Event
	Previous string `json:"previous"`
	Hash     string `json:"hash"`
}

type actor struct {
	Subject string `json:"subject,omitempty"`
	audit.Actor
}

// NDJSON appends one JSON object and a line's end: every field of the event, its place,
// its time (RFC 3339, UTC, microseconds) and the hashes that chain it, in hexadecimal.
func NDJSON(b []byte, e *audit.Entry) ([]byte, error) {
	text, err := json.Marshal(line{
		Seq: e.Seq, Time: e.Time.UTC().Format(micro), RequestID: e.RequestID, Patient: e.Patient,
		Actor: actor{e.Actor.Subject, e.Actor}, Event: e.Event,
		Previous: hex.EncodeToString(e.Previous), Hash: hex.EncodeToString(e.Hash),
	})
	return append(append(b, text...), '\n'), err
}

// micro is RFC 3339 to the microsecond, as the ledger has it.
const micro = "2006-01-02T15:04:05.000000Z07:00"
