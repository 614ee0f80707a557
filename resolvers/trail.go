package resolvers

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"sync"

	"github.com/99designs/gqlgen/graphql"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
)

// trail collects what the audit must know of one operation: who was opened, which
// sources were read for which section and what they answered, what was withheld and
// what was refused. It holds no clinical values.
type trail struct {
	mu       sync.Mutex
	people   []*opened
	byID     map[string]*opened
	refusals []string
	searches []audit.Event
}

type opened struct {
	patient  string
	sources  []audit.SourceRead
	sections map[record.Section]bool // returned with entries
	withheld []string
}

func newTrail() *trail { return &trail{byID: map[string]*opened{}} }

func (t *trail) opened(p *patient.Patient) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.byID[p.ID] != nil {
		return
	}
	o := &opened{patient: p.ID, sections: map[record.Section]bool{}}
	t.byID[p.ID] = o
	t.people = append(t.people, o)
}

// read notes one system's part of a section as it was shown.
func (t *trail) read(p *patient.Patient, s record.Section, a asked, o record.Outcome) {
	switch o.Status {
	case record.NotOffered, record.NotRegistered:
		return // nothing was read there
	}
	ids := make([]string, 0, len(a.links))
	for _, l := range a.links {
		ids = append(ids, l.LocalID)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if e := t.byID[p.ID]; e != nil {
		e.sources = append(e.sources, audit.SourceRead{
			Source: a.system.Origin().ID, LocalIDs: ids, Section: s.Name(), Status: string(o.Status), Entries: o.Count,
		})
		e.sections[s] = e.sections[s] || o.Count > 0
	}
}

func (t *trail) withheld(p *patient.Patient, s record.Section) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if e := t.byID[p.ID]; e != nil {
		e.withheld = append(e.withheld, sectionClass(s))
	}
}

func (t *trail) denied(class string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.refusals = append(t.refusals, class)
}

func (t *trail) searched(hits int, outcomes []*record.Outcome) {
	e := audit.Event{Action: audit.ActionSearch, Decision: audit.Permit}
	for _, o := range outcomes {
		e.Sources = append(e.Sources, audit.SourceRead{Source: o.Source.ID, Status: string(o.Status), Entries: o.Count})
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.searches = append(t.searches, e)
}

// events are the trail as the ledger keeps it: one for each patient, search and
// refusal of the operation.
func (q *request) events(ctx context.Context, oc *graphql.OperationContext) []audit.Event {
	t := q.trail
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.people)+len(t.searches)+len(t.refusals) == 0 {
		return nil
	}
	common := q.event(ctx, oc)
	events := make([]audit.Event, 0, len(t.people)+len(t.searches)+len(t.refusals))
	for _, p := range t.people {
		e := common
		e.Action, e.Decision, e.Patient = audit.ActionRead, audit.Permit, p.patient
		e.Sources, e.Withheld, e.Fields = p.sources, p.withheld, q.shape.fields.returned(p)
		if len(p.withheld) > 0 {
			e.Decision = audit.Partial
		}
		events = append(events, e)
	}
	for _, s := range t.searches {
		e := common
		e.Action, e.Decision, e.Sources = s.Action, s.Decision, s.Sources
		events = append(events, e)
	}
	for _, class := range t.refusals {
		e := common
		e.Action, e.Decision, e.Withheld = audit.ActionDenied, audit.Deny, []string{class}
		events = append(events, e)
	}
	return events
}

// event is what all events of the operation share.
func (q *request) event(ctx context.Context, oc *graphql.OperationContext) audit.Event {
	caller := auth.CallerFrom(ctx)
	e := audit.Event{
		Time: q.resolver.Now().UTC(), RequestID: caller.RequestID, Client: caller.Client, Device: caller.Address,
		PolicyVersion: q.resolver.Guard.Version(), Operation: oc.OperationName, OperationHash: q.shape.hash,
	}
	if s := q.session; s != nil {
		e.Purpose = string(s.Purpose)
		e.Actor = audit.Actor{
			Issuer: s.Issuer, Subject: s.Subject, Name: s.Name, Role: string(s.Role),
			Organisation: s.Organisation.ODS, OrganisationName: s.Organisation.Name, CareSetting: s.CareSetting,
		}
	}
	return e
}

func operationHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
