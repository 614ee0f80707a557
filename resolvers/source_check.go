package resolvers

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/check"
)

// CheckLimits are within what a source is checked for somebody who asks by the graph.
type CheckLimits struct {
	// Within is how long it may take.
	Within time.Duration
	// Least is of how many people the report may tell. People who administer systems may
	// know who is in one, and must not learn what is recorded of them.
	Least int
}

// DefaultCheckLimits keep within what proxies wait for an answer.
var DefaultCheckLimits = CheckLimits{Within: 45 * time.Second, Least: 5}

// checking knows which sources are being checked on this server.
type checking struct {
	mu   sync.Mutex
	busy map[string]bool
}

// begin reports whether the source may be checked now; then end it.
func (c *checking) begin(source string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.busy[source] {
		return false
	}
	if c.busy == nil {
		c.busy = map[string]bool{}
	}
	c.busy[source] = true
	return true
}

func (c *checking) end(source string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.busy, source)
}

// checkSource checks one. A real system is asked, so it is in the ledger before it is.
func (r *Resolver) checkSource(ctx context.Context, id string) (*model.SourceReport, error) {
	system := r.system(id)
	if system == nil {
		return nil, refuse(ctx, CodeBadInput, "`source` is not a system of this region")
	}
	if !r.checking.begin(id) {
		return nil, refuseOf(ctx, id, CodeCheckRunning, "Somebody is checking this system already. Try again in a minute")
	}
	defer r.checking.end(id)
	e := auth.EventOf(ctx, audit.ActionAccess, audit.Permit)
	e.Target, e.Reason = "source:"+id, "check"
	if err := r.Ledger.Record(ctx, e); err != nil {
		return nil, unwritten(ctx, err)
	}
	begun := time.Now()
	report, err := r.CheckSource(ctx, id)
	switch {
	case ctx.Err() != nil: // nobody waits for it any more
		return nil, refuseOf(ctx, id, CodeUnavailable, "The check was broken off")
	case err != nil:
		return nil, err
	}
	out := reportOf(report)
	out.Name, out.At, out.TookMilliseconds = orNil(system.Origin().Name), timeOrNil(r.Now()), milliseconds(time.Since(begun))
	return out, nil
}

func reportOf(from *check.Report) *model.SourceReport {
	out := &model.SourceReport{Source: from.Source, Kind: orNil(from.Type), People: from.People, Calls: from.Latency.Calls,
		Checks: make([]*model.SourceCheck, len(from.Checks)), Scorecard: make([]*model.SectionScore, len(from.Sections))}
	if l := from.Latency; l.Calls > 0 {
		out.P50Milliseconds, out.P95Milliseconds, out.SlowestMilliseconds = ptr(milliseconds(l.P50)), ptr(milliseconds(l.P95)), ptr(milliseconds(l.Max))
	}
	for i, c := range from.Checks {
		to := &model.SourceCheck{Name: orNil(c.Name), Verdict: verdictOf(c.Verdict), Text: orNil(c.Text), Findings: make([]*model.CheckFinding, len(c.Findings))}
		for j, f := range c.Findings {
			to.Findings[j] = findingOf(f)
		}
		out.Checks[i] = to
	}
	for i, s := range from.Sections {
		to := &model.SectionScore{Section: orNil(s.Section), Title: orNil(s.Title), Mandatory: s.Mandatory, People: s.People, Entries: s.Entries,
			Coded: s.Coded, Statements: s.Statements, ValidCodes: s.ValidCodes, Codes: s.Codes, ValidDates: s.ValidDates, Dates: s.Dates,
			Duplicates: s.Duplicates, Items: make([]*model.ItemScore, len(s.Items))}
		for j, item := range s.Items {
			to.Items[j] = &model.ItemScore{Name: orNil(item.Name), Mandatory: item.Class == "mandatory", Populated: item.Populated}
		}
		out.Scorecard[i] = to
	}
	return out
}

func findingOf(f check.Finding) *model.CheckFinding {
	to := &model.CheckFinding{Code: orNil(f.Code), Verdict: verdictOf(f.Verdict), Text: orNil(findingWords(f)), Mend: orNil(f.Mend), Where: make([]*model.CheckPlace, len(f.Where))}
	for i, w := range f.Where {
		to.Where[i] = &model.CheckPlace{Section: orNil(w.Section), Count: w.Count, Of: w.Of, At: texts(w.At)}
		for _, h := range record.Headings() {
			if h.Name == w.Section {
				to.Where[i].Title = orNil(h.Title)
			}
		}
	}
	return to
}

// findingWords is what is wrong, with what the connector said of it and what was agreed about it.
func findingWords(f check.Finding) string {
	said := slices.Clone(f.Said)
	for _, w := range f.Where {
		if a := w.Accepted; a != nil {
			said = append(said, "accepted in "+w.Section+" until "+a.Until+": "+a.Reason)
		}
	}
	if len(said) == 0 {
		return f.Text
	}
	return f.Text + " (" + strings.Join(said, "; ") + ")"
}

func verdictOf(v check.Verdict) model.CheckVerdict {
	return model.CheckVerdict(strings.ToUpper(string(v)))
}

// milliseconds never rounds what took some time to none.
func milliseconds(d time.Duration) int {
	return int((d + time.Millisecond - 1) / time.Millisecond)
}
