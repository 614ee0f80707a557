package resolvers

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"sync"

	"github.com/99designs/gqlgen/graphql"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/audit/review"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/graph/model"
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
	reports  []audit.Event
}

type opened struct {
	patient  string
	sources  []audit.SourceRead
	shown    map[record.Section]map[string]bool // fields of entries that were returned
	withheld []string
	rests    rests
	// surnames and addresses are for the flags only; they are never written.
	surnames  []string
	addresses []review.Address
}

func newTrail() *trail { return &trail{byID: map[string]*opened{}} }

// opened notes that a person was opened, and on what it rested.
func (t *trail) opened(p *patient.Patient, on rests) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.byID[p.ID] != nil {
		return
	}
	o := &opened{patient: p.ID, shown: map[record.Section]map[string]bool{}, rests: on}
	t.byID[p.ID] = o
	t.people = append(t.people, o)
}

// read notes one system's part of a section as it was shown, with which fields.
func (t *trail) read(p *patient.Patient, s record.Section, a asked, o record.Outcome, fields []string) {
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
		for _, f := range fields {
			if e.shown[s] == nil {
				e.shown[s] = map[string]bool{}
			}
			e.shown[s][f] = true
		}
	}
}

// withheld notes what policy refused: a section, or a section from some systems.
func (t *trail) withheld(p *patient.Patient, what string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if e := t.byID[p.ID]; e != nil && !slices.Contains(e.withheld, what) {
		e.withheld = append(e.withheld, what)
	}
}

func (t *trail) denied(class string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.refusals = append(t.refusals, class)
}

// looked notes that a report was read: of the ledger, the reviews or the policies.
// Reading the audit is audited.
func (t *trail) looked(patient, what string) { t.told(audit.ActionAuditRead, patient, what) }

// told notes that something beside the record was told of a person, or of nobody.
func (t *trail) told(action, patient, what string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.reports = append(t.reports, audit.Event{Action: action, Decision: audit.Permit, Patient: patient, Target: what})
}

// searched notes a search: one event for each person who is listed and known here by an
// id, and one about nobody, with what every system answered and how many were listed.
func (t *trail) searched(hits []*hit, found *model.PatientSearch) {
	t.mu.Lock()
	defer t.mu.Unlock()
	nameless := 0
	for _, h := range hits {
		if h.hit.ID == nil {
			nameless++
			continue
		}
		e := audit.Event{Action: audit.ActionSearch, Decision: audit.Permit, Patient: *h.hit.ID, Target: "listed"}
		for _, l := range h.locals {
			e.Sources = append(e.Sources, audit.SourceRead{Source: l.Source, LocalIDs: []string{l.LocalID}, Section: record.Demographics.Name(), Entries: 1})
		}
		t.searches = append(t.searches, e)
	}
	e := audit.Event{Action: audit.ActionSearch, Decision: audit.Permit, Target: fmt.Sprintf("listed %d, without an id here %d", len(hits), nameless)}
	for _, o := range found.Outcomes {
		e.Sources = append(e.Sources, audit.SourceRead{Source: o.Source.ID, Status: string(o.Status), Entries: o.Count})
	}
	t.searches = append(t.searches, e)
}

// flagged notes a way of searching that a privacy officer should look at.
func (t *trail) flagged(decision, why string, kind review.Kind) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.searches = append(t.searches, audit.Event{Action: audit.ActionSearch, Decision: decision, Reason: why, Flags: []string{string(kind)}})
}

// events are the trail as the ledger keeps it: one for each patient, search and
// refusal of the operation.
func (q *request) events(ctx context.Context, oc *graphql.OperationContext) []audit.Event {
	t := q.trail
	t.mu.Lock()
	defer t.mu.Unlock()
	n := len(t.people) + len(t.searches) + len(t.refusals) + len(t.reports)
	if n == 0 {
		return nil
	}
	common := q.event(ctx, oc)
	events := make([]audit.Event, 0, n)
	for _, p := range t.people {
		e := common
		e.Action, e.Decision, e.Patient = audit.ActionRead, audit.Permit, p.patient
		e.Sources, e.Withheld, e.Fields = p.sources, p.withheld, q.shape.fields.returned(p)
		e.Relationship, e.BreakGlass, e.Reason = p.rests.relationship, p.rests.breakGlass, p.rests.reason
		e.Flags = q.resolver.Staff.Flags(ctx, common.Actor, p.patient, p.surnames, p.addresses)
		if p.rests.breakGlass != "" {
			e.Purpose = string(auth.PurposeBreakGlass)
		}
		if len(p.withheld) > 0 {
			e.Decision = audit.Partial
		}
		events = append(events, e)
	}
	for _, s := range t.searches {
		e := common
		e.Action, e.Decision, e.Patient, e.Target = s.Action, s.Decision, s.Patient, s.Target
		e.Sources, e.Reason, e.Flags = s.Sources, s.Reason, s.Flags
		events = append(events, e)
	}
	for _, s := range t.reports {
		e := common
		e.Action, e.Decision, e.Patient, e.Target = s.Action, s.Decision, s.Patient, s.Target
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
		PolicyVersion: q.policy.Version, Operation: oc.OperationName, OperationHash: q.shape.hash,
	}
	if s := q.session; s != nil {
		e.Purpose, e.Actor = string(s.Purpose), auth.ActorOf(s)
		if s.Launch != nil {
			e.Launch = s.Launch.Client
		}
	}
	return e
}

func operationHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// rests is on what the opening of a person rested, as the ledger has it.
type rests struct{ relationship, breakGlass, reason string }

// met notes what somebody is called and where they live, so that a look at oneself, at
// family or at a colleague can be flagged for the privacy officer.
func (t *trail) met(p *patient.Patient, person *record.Person) {
	t.mu.Lock()
	defer t.mu.Unlock()
	o := t.byID[p.ID]
	if o == nil {
		return
	}
	for _, n := range append([]record.HumanName{person.Name}, person.OtherNames...) {
		if n.Family != "" && !slices.Contains(o.surnames, n.Family) {
			o.surnames = append(o.surnames, n.Family)
		}
	}
	for _, a := range person.Addresses {
		if len(a.Lines) > 0 && a.Postcode != "" {
			o.addresses = append(o.addresses, review.Address{Line: a.Lines[0], Postcode: a.Postcode})
		}
	}
}
