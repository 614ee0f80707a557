package cast

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"strings"
	"time"
)

// The code systems of a SyncError's details. FHIRcast STU3 §3.2.1.
const (
	systemEventID    = "https://fhircast.hl7.org/events/syncerror/eventid"
	systemEventName  = "https://fhircast.hl7.org/events/syncerror/eventname"
	systemSubscriber = "https://fhircast.hl7.org/events/syncerror/subscriber"
)

type outcome struct {
	ResourceType string  `json:"resourceType"`
	Issue        []issue `json:"issue"`
}

type issue struct {
	Severity    string `json:"severity"`
	Code        string `json:"code"`
	Diagnostics string `json:"diagnostics,omitempty"`
	Details     struct {
		Coding []coding `json:"coding"`
	} `json:"details"`
}

type coding struct {
	System string `json:"system"`
	Code   string `json:"code"`
}

// outOfStep is a SyncError about an event; what is said of it is the hub's own words.
func outOfStep(topic, about, name, subscriber, why string, now time.Time) *notice {
	n := &notice{Timestamp: now.UTC().Format(time.RFC3339Nano), ID: rand.Text(), Event: event{Topic: topic, Name: syncError}, at: now.UTC()}
	i := issue{Severity: "warning", Code: "processing", Diagnostics: why}
	i.Details.Coding = []coding{{systemEventID, about}, {systemEventName, name}, {systemSubscriber, subscriber}}
	n.put("operationoutcome", outcome{"OperationOutcome", []issue{i}})
	return n
}

// takeSyncError keeps of a subscriber's SyncError which event it is about: free text is not
// passed on, because a patient might stand in it.
func (n *notice) takeSyncError() error {
	var said outcome
	for _, i := range n.Event.Context {
		if i.Key == "operationoutcome" && json.Unmarshal(i.Resource, &said) != nil {
			return errors.New("context.operationoutcome has no OperationOutcome resource")
		}
	}
	if said.ResourceType != "OperationOutcome" || len(said.Issue) != 1 {
		return errors.New("context.operationoutcome has an OperationOutcome with one issue")
	}
	i := issue{Severity: "warning", Code: "processing", Diagnostics: "A subscriber does not follow"}
	for _, c := range said.Issue[0].Details.Coding {
		printable := c.Code != "" && len(c.Code) <= mostID && !strings.ContainsFunc(c.Code, func(r rune) bool { return r < ' ' || r > '~' })
		if printable && (c.System == systemEventID || c.System == systemEventName && eventOf(c.Code) != "") {
			i.Details.Coding = append(i.Details.Coding, c)
		}
	}
	n.put("operationoutcome", outcome{"OperationOutcome", []issue{i}})
	return nil
}

// by adds the subscriber's name to a SyncError.
func (n *notice) by(subscriber string) {
	var said outcome
	if json.Unmarshal(n.Event.Context[0].Resource, &said) != nil || len(said.Issue) != 1 {
		return
	}
	said.Issue[0].Details.Coding = append(said.Issue[0].Details.Coding, coding{systemSubscriber, subscriber})
	n.put("operationoutcome", said)
}
