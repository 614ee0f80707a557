package policy

import (
	"strings"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/record"
)

// What is not live is not shown, whatever the policies say: the stage of a source is part of
// the one decision, so that no surface can forget it (docs/life-cycle.md).

// staging is in which stage the sources are, and who tests them.
type staging struct {
	stages *record.Stages
	tester func(*auth.Session) bool
}

// Stage makes the sources be in these stages from now on. tester reports whether somebody is
// of the group that sees what is in clinical safety testing; nil is nobody. Operations under
// way go on with the stages of before.
func (g *Guard) Stage(stages *record.Stages, tester func(*auth.Session) bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.staging = staging{stages, tester}
	if e := g.current.Load(); e != nil {
		g.current.Store(e.staged(g.staging))
	}
}

// staged is the edition with sources in these stages; it shares what it remembers, which is
// of policies alone.
func (e *Edition) staged(s staging) *Edition {
	other := *e
	other.staging = s
	return &other
}

// tests reports whether the caller is of the group that tests.
func (s staging) tests(caller *auth.Session) bool {
	return caller != nil && s.tester != nil && s.tester(caller)
}

// hides reports whether a class of a source is not shown to the caller yet; of what is no
// section nothing is shown as long as the source says nothing at all.
func (s staging) hides(caller *auth.Session, class string, source *record.Origin) bool {
	if s.stages == nil || source == nil {
		return false
	}
	section, ok := strings.CutPrefix(class, "record:")
	if !ok {
		return !s.stages.Speaks(source.ID, caller.Organisation.ODS, s.tests(caller))
	}
	return !s.stages.Shown(source.ID, section, caller.Organisation.ODS, s.tests(caller))
}

// stage is the stage of a class of a source for the caller's organisation.
func (s staging) stage(caller *auth.Session, class string, source *record.Origin) record.Stage {
	if source == nil {
		return record.Live
	}
	return s.stages.Of(source.ID, strings.TrimPrefix(class, "record:"), caller.Organisation.ODS)
}

// Hides reports whether nothing of a source is shown to the caller yet, not even whom it
// knows.
func (e *Edition) Hides(s *auth.Session, source string) bool {
	return s == nil || !e.staging.stages.Speaks(source, s.Organisation.ODS, e.staging.tests(s))
}

// notYet is the decision about what is not shown yet: it looks as if it were not offered.
var notYet = func() *verdict {
	v := &verdict{}
	for i := range v.by {
		v.by[i].conceals = true
	}
	return v
}()
