package resolvers

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// A document's content is no field of an answer: it is streamed. It goes the road of all
// else all the same: the entry is found by its section, so that relationships,
// objections, labels and scopes hold; its content has a coordinate of its own,
// record:documents:content; and the audit is durable before the source is asked.

// The codes of documents that are not opened, beside those of operations and of package
// documents.
const (
	CodeDocumentNotFound = "DOCUMENT_NOT_FOUND"
	CodeWithheld         = "WITHHELD"
	CodeNotOffered       = "NOT_OFFERED"
	CodeMismatched       = "MISMATCHED"
)

// contentField is the coordinate of a document's content within its class.
const contentField = "content"

// openDocument is the operation as policy, limits and the ledger see it.
const openDocument = `query OpenDocument($patient: ID!) { patient(id: $patient) { documents { entries { id content { opens } } } } }`

// paper is a document that the caller may open, before its source was asked.
type paper struct {
	entry  *record.Document
	system *sources.System
	local  string // the person's id there
	person *patient.Patient
}

// DocumentError is why a document is not opened. Its texts are fixed.
type DocumentError struct{ Code, Message string }

// Error gives the message.
func (e *DocumentError) Error() string { return e.Message }

func notOpened(code, text string) error { return &DocumentError{code, text} }

// findDocument finds a document for the caller in ctx, decides, and writes the audit.
// When it returns without an error the audit is durable and the document may be opened.
func (x *Executor) findDocument(ctx context.Context, patientID, documentID string) (*paper, error) {
	p := &graphql.RawParams{Query: openDocument, OperationName: "OpenDocument", Variables: map[string]any{"patient": patientID}}
	ctx, ready := x.prepare(ctx, p)
	x.told(ctx, ready, false)
	oc, errs := ready.take(ctx, x, p)
	if errs != nil {
		return nil, notOpened(CodeBadInput, "Say which patient and which document")
	}
	ctx, q := x.resolver.newRequest(ctx, oc)
	x.resolver.colleague(ctx, q)
	found, err := q.findDocument(ctx, patientID, documentID)
	events := q.events(ctx, oc)
	if found != nil {
		events = []audit.Event{q.openedEvent(events, found, err == nil)}
	}
	if len(events) > 0 {
		if err := x.resolver.Ledger.Record(ctx, events...); err != nil {
			x.resolver.Log.Error("audit not written; document held back", "request", auth.CallerFrom(ctx).RequestID)
			return nil, ErrAudit
		}
	}
	if err != nil {
		return nil, err
	}
	return found, nil
}

// findDocument gives the document; with an error too, if it is the document that is
// refused.
func (q *request) findDocument(ctx context.Context, patientID, documentID string) (*paper, error) {
	r := q.resolver
	if q.session == nil {
		return nil, notOpened(CodeUnauthenticated, "Sign in first")
	}
	if !q.policy.Might(q.session, policy.Read, "patient:read") {
		q.trail.denied("patient:read")
		return nil, notOpened(CodeForbidden, "Your role does not allow this")
	}
	p, err := r.withID(ctx, patientID)
	if err != nil {
		return nil, presented(err)
	}
	if err := r.standAndLearn(ctx, []*patient.Patient{p}); err != nil {
		return nil, presented(err)
	}
	if !q.opens("patient:read", p) {
		return nil, notOpened(CodePatientNotFound, "There is no such person that you may open")
	}
	q.trail.opened(p, q.standing(p).rests())
	until := q.started.Add(r.MaxWait)
	q.waitUntil(p, until)

	var entry *record.Document
	withheld := false
	set := narrowed(ctx, r, p, record.Documents, nil, func(d *record.Document, see func(string) bool) (*record.Document, kept) {
		if d.ID != documentID || documentID == "" || !see("id") {
			return nil, drop
		}
		entry, withheld = d, !see(contentField)
		return d, keep
	})
	switch {
	case entry != nil:
		found, err := q.paper(p, entry)
		if found != nil && withheld { // first: whether it would open is of its content
			err = notOpened(CodeWithheld, "You may see that there is this document, and not what stands in it")
		}
		return found, err
	case len(set.Missing) > 0 && slices.ContainsFunc(set.Missing, unanswered):
		return nil, notOpened(CodeUnavailable, "It cannot be found now, because a system does not answer: try again")
	}
	return nil, notOpened(CodeDocumentNotFound, "There is no such document that you may open")
}

// unanswered reports whether an outcome leaves open that there is more.
func unanswered(o record.Outcome) bool {
	switch o.Status {
	case record.Pending, record.TimedOut, record.Unavailable, record.Partial, record.Mismatched, record.Unknown:
		return true
	}
	return false
}

// paper ties an entry to the system that keeps it and to the person's id there, which
// must be one by which the index knows the person.
func (q *request) paper(p *patient.Patient, d *record.Document) (*paper, error) {
	for i, sys := range q.resolver.Systems {
		if sys.Origin() != d.Provenance.Source {
			continue
		}
		for _, link := range linksOf(p, i, sys) {
			if link.LocalID != d.Subject {
				continue
			}
			found := &paper{d, sys, link.LocalID, p}
			if !d.Content.Opens {
				return found, notOpened(CodeNotOffered, d.Content.Reason)
			}
			return found, nil
		}
	}
	return nil, notOpened(CodeDocumentNotFound, "There is no such document that you may open")
}

// openedEvent is the one event of an opening or its refusal: which document of which
// system, in place of what was looked through to find it.
func (q *request) openedEvent(events []audit.Event, found *paper, opened bool) audit.Event {
	e := events[slices.IndexFunc(events, func(e audit.Event) bool { return e.Patient == found.person.ID })]
	class := sectionClass(record.Documents)
	e.Action, e.Target = audit.ActionDocument, found.entry.Provenance.LocalID
	e.Sources = []audit.SourceRead{{Source: found.system.Origin().ID, LocalIDs: []string{found.local}, Section: record.Documents.Name()}}
	if opened {
		e.Decision, e.Fields, e.Withheld = audit.Permit, []string{"Document." + contentField}, nil
		e.Sources[0].Status, e.Sources[0].Entries = string(record.Answered), 1
		return e
	}
	e.Decision, e.Fields, e.Withheld = audit.Deny, nil, []string{class + ":" + contentField}
	return e
}

// open asks the source. It is the only way to a document, and takes what findDocument
// has decided.
func (f *paper) open(ctx context.Context) (*sources.Opened, error) {
	return f.system.OpenDocument(ctx, f.local, f.entry.Reference)
}
