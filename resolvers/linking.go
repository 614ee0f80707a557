package resolvers

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/patient"
)

// CodeLinkRefused: a link cannot be decided so; the message says why.
const CodeLinkRefused = "LINK_REFUSED"

// actionLink is the ledger's action for decisions about links: Sources has the record,
// Target the proposal, Reason what was decided and why.
const actionLink = "link-decision"

// mostProposals is how many proposals a page may have: each is read live.
const mostProposals = 20

// decideLink says whose a proposed record is.
func (r *Resolver) decideLink(ctx context.Context, id string, confirm bool, reason string) (*model.LinkProposal, error) {
	if err := requestFrom(ctx).errPinned(ctx); err != nil {
		return nil, err
	}
	d, err := r.Index.Proposal(ctx, id)
	if err != nil {
		return nil, linkRefusal(ctx, err)
	}
	verb, do := "refuse", r.Index.Refuse
	if confirm {
		verb, do = "confirm", r.Index.Confirm
	}
	about := decision{patient: d.Patient, source: d.Source, localID: d.LocalID, target: d.ID, verb: verb, reason: reason}
	if err := r.decideBy(ctx, about, func(by patient.By) error {
		d, err = do(ctx, by, id, reason)
		return err
	}); err != nil {
		return nil, err
	}
	return r.proposalShown(ctx, d)
}

func (r *Resolver) proposeLink(ctx context.Context, id, source, localID, reason string) (*model.LinkProposal, error) {
	p, err := r.withID(ctx, id)
	if err != nil {
		return nil, err
	}
	var d patient.Proposal
	about := decision{patient: p.ID, source: source, localID: localID, verb: "propose", reason: reason}
	if err := r.decideBy(ctx, about, func(by patient.By) error {
		d, err = r.Index.Propose(ctx, by, p.ID, patient.Local{Source: source, LocalID: localID}, reason)
		return err
	}); err != nil {
		return nil, err
	}
	return r.proposalShown(ctx, d)
}

func (r *Resolver) unlink(ctx context.Context, id, source, localID, reason string) ([]*model.LinkEvent, error) {
	p, err := r.withID(ctx, id)
	if err != nil {
		return nil, err
	}
	about := decision{patient: p.ID, source: source, localID: localID, verb: "unlink", reason: reason}
	if err := r.decideBy(ctx, about, func(by patient.By) error {
		return r.Index.Unlink(ctx, by, p.ID, source, localID, reason)
	}); err != nil {
		return nil, err
	}
	return r.linkHistory(ctx, p.ID)
}

func (r *Resolver) acceptBirthDate(ctx context.Context, id, source, reason string) ([]*model.LinkEvent, error) {
	p, err := r.withID(ctx, id)
	if err != nil {
		return nil, err
	}
	about := decision{patient: p.ID, source: source, verb: "accept birth date", reason: reason}
	if err := r.decideBy(ctx, about, func(by patient.By) error {
		return r.Index.AcceptBirthDate(ctx, by, p.ID, source, reason)
	}); err != nil {
		return nil, err
	}
	return r.linkHistory(ctx, p.ID)
}

// decision is what somebody decides about a link.
type decision struct{ patient, source, localID, target, verb, reason string }

// decideBy has a decision in the ledger before it takes effect, and again if it then
// cannot. What is not acceptable is refused before that.
func (r *Resolver) decideBy(ctx context.Context, d decision, do func(patient.By) error) error {
	reason, err := patient.CheckReason(d.reason)
	if err != nil {
		return err
	}
	if r.system(d.source) == nil {
		return refuse(ctx, CodeBadInput, "`source` is not a system of this region")
	}
	e := auth.EventOf(ctx, actionLink, audit.Permit)
	e.Patient, e.Target, e.Reason = d.patient, d.target, d.verb+": "+reason
	e.Sources = []audit.SourceRead{{Source: d.source}}
	if d.localID != "" {
		e.Sources[0].LocalIDs = []string{d.localID}
	}
	if err := r.Ledger.Record(ctx, e); err != nil {
		return unwritten(ctx, err)
	}
	if err := do(deciderOf(requestFrom(ctx).session)); err != nil {
		e.Decision, e.Time, e.Reason = audit.Deny, time.Time{}, linkWords(err)+"; "+e.Reason
		if err := r.Ledger.Record(ctx, e); err != nil {
			return unwritten(ctx, err)
		}
		return linkRefusal(ctx, err)
	}
	return nil
}

func deciderOf(s *auth.Session) patient.By {
	return patient.By{Issuer: s.Issuer, Subject: s.Subject, Name: s.Name, Role: string(s.Role), Organisation: s.Organisation.ODS}
}

// linkHistory is what happened to a person's links.
func (r *Resolver) linkHistory(ctx context.Context, id string) ([]*model.LinkEvent, error) {
	p, err := r.withID(ctx, id)
	if err != nil {
		return nil, err
	}
	events, err := r.Index.History(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	requestFrom(ctx).trail.told(audit.ActionRead, p.ID, "link history")
	q := requestFrom(ctx)
	events = slices.DeleteFunc(events, func(e patient.Event) bool { return e.Source != "" && q.policy.Hides(q.session, e.Source) })
	out := make([]*model.LinkEvent, len(events))
	for i := range events {
		e := &events[i]
		out[i] = &model.LinkEvent{
			At: timeOrNil(e.At), Kind: model.LinkEventKind(e.Kind), Source: orNil(e.Source), LocalID: orNil(e.LocalID),
			Evidence: orNil(e.Evidence), By: orNil(e.By), Reason: orNil(e.Reason),
		}
		if e.Status != "" {
			out[i].Status = &e.Status
		}
	}
	return out, nil
}

// refusals are the reasons why a link cannot be decided so.
var refusals = []error{
	patient.ErrDecided, patient.ErrNoLink, patient.ErrLinked, patient.ErrHeld, patient.ErrContradicts, patient.ErrGone,
	patient.ErrOwn, patient.ErrSilent, patient.ErrNoBirthDate,
}

// linkWords says why for the ledger.
func linkWords(err error) string {
	for _, refusal := range refusals {
		if errors.Is(err, refusal) {
			return refusal.Error()
		}
	}
	return "it failed"
}

// linkRefusal words why a link cannot be decided so.
func linkRefusal(ctx context.Context, err error) error {
	switch {
	case errors.Is(err, patient.ErrNoProposal):
		return refuse(ctx, CodeBadInput, "There is no such proposal")
	case errors.Is(err, patient.ErrNotFound):
		return notFound(ctx)
	}
	for _, refusal := range refusals {
		if errors.Is(err, refusal) {
			text := refusal.Error()
			return refuse(ctx, CodeLinkRefused, strings.ToUpper(text[:1])+text[1:])
		}
	}
	return err
}
