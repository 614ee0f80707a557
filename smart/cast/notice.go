package cast

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/smart"
)

// The events that the hub knows. FHIRcast STU3 §3.
const (
	patientOpen  = "Patient-open"
	patientClose = "Patient-close"
	syncError    = "SyncError"
	userLogout   = "UserLogout"
	// heartbeat is of FHIRcast STU2: a browser's page sees no ping, and would take a
	// connection that has died quietly for one on which nothing happens (hazard H-01).
	heartbeat = "heartbeat"
)

var eventNames = []string{patientOpen, patientClose, syncError, userLogout, heartbeat}

// eventOf gives an event's name as the standard writes it; "" if the hub does not know it.
func eventOf(name string) string {
	i := slices.IndexFunc(eventNames, func(e string) bool { return strings.EqualFold(e, name) })
	if i < 0 {
		return ""
	}
	return eventNames[i]
}

// notice is an event notification. FHIRcast STU3 §2.5 and §2.6.
type notice struct {
	Timestamp string `json:"timestamp"`
	ID        string `json:"id"`
	Event     event  `json:"event"`

	at time.Time
}

type event struct {
	Topic   string `json:"hub.topic"`
	Name    string `json:"hub.event"`
	Context []item `json:"context"`
}

type item struct {
	Key      string          `json:"key"`
	Resource json.RawMessage `json:"resource,omitempty"`
	// Decimal is of heartbeat's period, in seconds.
	Decimal string `json:"decimal,omitempty"`
}

// patient is what the hub passes on of a Patient: by what it is found, and no more.
type patient struct {
	ResourceType string       `json:"resourceType"`
	ID           string       `json:"id,omitempty"`
	Identifier   []identifier `json:"identifier,omitempty"`
	BirthDate    string       `json:"birthDate,omitempty"`
}

type identifier struct {
	System string `json:"system,omitempty"`
	Value  string `json:"value,omitempty"`
}

// context reports whether the event changes who is open.
func (n *notice) context() bool { return n.Event.Name == patientOpen || n.Event.Name == patientClose }

// Bounds of what is posted.
const (
	mostNotice  = 32 << 10
	mostID      = 128
	mostAhead   = 5 * time.Minute
	mostWords   = 200
	mostNumbers = 20
)

// readNotice reads what is posted. Its error is a sentence for who posted it.
func readNotice(text []byte, now time.Time) (*notice, error) {
	var n notice
	d := json.NewDecoder(bytes.NewReader(text))
	if err := d.Decode(&n); err != nil || d.Decode(&struct{}{}) != io.EOF {
		return nil, errors.New("the event is no JSON object of FHIRcast's form")
	}
	if n.Event.Name = eventOf(n.Event.Name); n.Event.Name == "" || n.Event.Name == heartbeat {
		return nil, errors.New("hub.event is one of Patient-open, Patient-close, SyncError and UserLogout")
	}
	if n.ID == "" || len(n.ID) > mostID || strings.ContainsFunc(n.ID, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, errors.New("id is missing, or is more than 128 printable characters")
	}
	var err error
	if n.at, err = instant(n.Timestamp); err != nil || n.at.After(now.Add(mostAhead)) {
		return nil, errors.New("timestamp is missing, cannot be read, or is more than five minutes ahead")
	}
	n.Timestamp = n.at.Format(time.RFC3339Nano)
	return &n, n.take()
}

// instant reads a time; without a zone it is UTC, as the standard's own examples write it.
func instant(text string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		at, err = time.Parse("2006-01-02T15:04:05.999999999", text)
	}
	return at.UTC(), err
}

// take leaves of the context what the hub passes on.
func (n *notice) take() error {
	switch n.Event.Name {
	case patientOpen, patientClose:
		p, err := n.read("patient", "Patient")
		if err != nil {
			return err
		}
		if len(p.Identifier) > mostNumbers || len(p.ID) > mostWords || len(p.BirthDate) > mostWords {
			return errors.New("the Patient has more than 20 identifiers, or a value of more than 200 characters")
		}
		n.put("patient", p)
	case syncError:
		return n.takeSyncError()
	case userLogout:
		n.Event.Context = []item{} // what it says of the reason changes nothing
	}
	return nil
}

// read reads the one resource of a key that the event must have.
func (n *notice) read(key, kind string) (*patient, error) {
	var p patient
	found := 0
	for _, i := range n.Event.Context {
		if i.Key == key {
			found++
			if err := json.Unmarshal(i.Resource, &p); err != nil || p.ResourceType != kind {
				return nil, errors.New("context." + key + " has no " + kind + " resource")
			}
		}
	}
	if found != 1 {
		return nil, errors.New("context has " + key + " once")
	}
	return &p, nil
}

func (n *notice) put(key string, resource any) {
	text, err := json.Marshal(resource)
	if err != nil {
		text = nil // structs of strings always have one
	}
	n.Event.Context = []item{{Key: key, Resource: text}}
}

// who gives the NHS number and the birth date by which the patient is found; "" for what is
// not there, or is there twice and differs.
func (n *notice) who() (number, birthDate string) {
	p, err := n.read("patient", "Patient")
	if err != nil {
		return "", ""
	}
	for _, i := range p.Identifier {
		switch {
		case i.System != smart.NHSNumberSystem:
		case number != "" && number != i.Value:
			return "", ""
		default:
			number = i.Value
		}
	}
	return number, p.BirthDate
}

// opening is the event of a patient whom a launch opened.
func opening(topic, id, number, birthDate string, now time.Time) *notice {
	n := &notice{Timestamp: now.UTC().Format(time.RFC3339Nano), ID: id, Event: event{Topic: topic, Name: patientOpen}, at: now.UTC()}
	n.put("patient", patient{ResourceType: "Patient", Identifier: []identifier{{smart.NHSNumberSystem, number}}, BirthDate: birthDate})
	return n
}
