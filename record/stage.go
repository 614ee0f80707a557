package record

import "slices"

// Stage is how far a system's life has come: it is asked and shown to nobody, shown to those
// who test it, or part of the record. The zero Stage is read as Shadow: the safe side.
type Stage string

// The stages, in the order of a system's life.
const (
	// Shadow: it is asked and counted, and nothing of it is shown to anybody.
	Shadow Stage = "shadow"
	// ClinicalSafety: as Shadow for everybody but a named group, who see it and are told that
	// it is not for care.
	ClinicalSafety Stage = "clinical-safety"
	// Live: it is part of the record.
	Live Stage = "live"
)

// StageNames lists the stages in the order of a system's life. The slice is the caller's own.
func StageNames() []Stage { return []Stage{Shadow, ClinicalSafety, Live} }

// Valid reports whether it is one of StageNames.
func (s Stage) Valid() bool { return slices.Contains(StageNames(), s) }

// after is how far a stage lies in a system's life.
func (s Stage) after() int { return max(0, slices.Index(StageNames(), s)) }

// StageRule says in which stage a source is.
type StageRule struct {
	// Source is its id in the configuration.
	Source string
	// Section is the name of the section that it is about, "" for all.
	Section string
	// Organisation is the ODS code of those who read, "" for all.
	Organisation string
	Stage        Stage
}

type stagePlace struct{ source, section, organisation string }

// Stages are the rules of all sources, ready to be asked. A nil Stages holds every source to be
// live. It is never changed.
type Stages struct{ rules map[stagePlace]Stage }

// NewStages makes rules ready; of two about the same the later holds.
func NewStages(rules []StageRule) *Stages {
	s := &Stages{rules: make(map[stagePlace]Stage, len(rules))}
	for _, r := range rules {
		s.rules[stagePlace{r.Source, r.Section, r.Organisation}] = r.Stage
	}
	return s
}

// Of is the stage of a source for a section, by its name, and an organisation of readers, by
// its ODS code. The most specific rule holds; where one names the section and another the
// organisation, the more cautious of the two. Without a rule a source is live.
func (s *Stages) Of(source, section, organisation string) Stage {
	if s == nil || len(s.rules) == 0 {
		return Live
	}
	// "" is all: a reader without an organisation has the rules that are for all.
	if is, ok := s.rules[stagePlace{source, section, organisation}]; ok {
		return is
	}
	bySection, one := s.rules[stagePlace{source, section, ""}]
	byReader, other := s.rules[stagePlace{source, "", organisation}]
	switch {
	case one && other:
		return cautious(bySection, byReader)
	case one:
		return bySection
	case other:
		return byReader
	}
	if is, ok := s.rules[stagePlace{source, "", ""}]; ok {
		return is
	}
	return Live
}

func cautious(a, b Stage) Stage {
	if a.after() < b.after() {
		return a
	}
	return b
}

// Shown reports whether what a source holds of a section is shown to readers of an
// organisation; tester is whether they are of the group that tests.
func (s *Stages) Shown(source, section, organisation string, tester bool) bool {
	switch s.Of(source, section, organisation) {
	case Live:
		return true
	case ClinicalSafety:
		return tester
	}
	return false
}

// Speaks reports whether anything of a source is shown to them: if not, it does not even say
// who is known there.
func (s *Stages) Speaks(source, organisation string, tester bool) bool {
	return s == nil || slices.ContainsFunc(headings, func(h Heading) bool { return s.Shown(source, h.Name, organisation, tester) })
}

// Mute reports whether a source is in shadow for everybody in everything, so that it has no
// say in who is who.
func (s *Stages) Mute(source string) bool {
	if s == nil || s.Of(source, "", "") != Shadow {
		return false
	}
	for place, is := range s.rules {
		if place.source == source && is.after() > 0 {
			return false
		}
	}
	return true
}
