package hl7v2

import (
	"errors"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/hl7v2/er7"
	"github.com/patchworkcare/patchwork/sources/hl7v2/feed"
)

// Why a message is not used, beside what er7 and feed say.
var (
	errKind       = &feed.Reason{Code: "unsupported-type", Text: "Messages of this type are not used here"}
	errSender     = &feed.Reason{Code: "unknown-sender", Text: "This sending application is not listened to"}
	errProcessing = &feed.Reason{Code: "not-production", Text: "It is marked as a test or for training"}
	errControl    = &feed.Reason{Code: "no-control-id", Text: "It has no control id (MSH-10)"}
	errNoPatient  = &feed.Reason{Code: "no-patient", Text: "It does not say whom it is about (PID)"}
	errNoLocalID  = &feed.Reason{Code: "no-local-id", Text: "It does not give the local id of whom it is about (PID-3)"}
	errSeveral    = &feed.Reason{Code: "several-people", Text: "It is about several people"}
	errNoMerge    = &feed.Reason{Code: "merge-incomplete", Text: "It does not say which records are merged (PID-3 and MRG-1)"}
	errNothing    = &feed.Reason{Code: "nothing-in-it", Text: "It lacks the segment that it is about"}
	errPanic      = &feed.Reason{Code: "not-understood", Text: "It could not be understood"}
	errNotKept    = &feed.Reason{Code: "not-kept", Text: "It could not be kept; send it again later"}
)

// taken is a message that has come, understood as far as its keeping needs.
type taken struct {
	header
	feed.Message
	// ignored: it is acknowledged and not kept.
	ignored bool
}

// take reads what a frame holds. It never fails: what cannot be used is a message with
// the reason why.
func (s *source) take(raw []byte, cut bool) (t *taken) {
	t = &taken{}
	defer func() {
		if recover() != nil { // no message may end the feed
			t.Dead = errPanic
		}
	}()
	t.Body = raw
	limits := s.config.parsing()
	if cut {
		t.Dead, t.Cut, t.Body = reason(er7.ErrTooLarge), true, beginning(raw)
		if line, _, found := strings.Cut(string(t.Body), "\r"); found {
			if m, err := er7.Parse([]byte(line), limits); err == nil {
				t.name(headerOf(m))
			}
		}
		return t
	}
	m, err := er7.Parse(raw, limits)
	if err != nil {
		if t.Dead = reason(err); len(raw) > maxBeginning && errors.Is(err, er7.ErrNotHL7) {
			t.Body, t.Cut = beginning(raw), true
		}
		if m == nil { // its header may be readable all the same, so that the sender learns which it was
			line, _, _ := strings.Cut(string(beginning(raw)), "\r")
			m, _ = er7.Parse(headLine(line), er7.Limits{Charset: "8859/1"})
		}
		if m != nil {
			t.name(headerOf(m))
		}
		return t
	}
	t.name(headerOf(m))
	t.ignored = s.ignores(t.kindOf())
	if !t.ignored {
		t.Dead = s.judge(t, m)
	}
	return t
}

// headLine is a header without what it says of its charset.
func headLine(line string) []byte {
	if len(line) < 4 {
		return nil
	}
	fields := strings.Split(line, line[3:4])
	return []byte(strings.Join(fields[:min(len(fields), 17)], line[3:4]))
}

func (t *taken) name(h header) {
	t.header = h
	t.Sender, t.Control, t.Kind = clip(h.sender()), clip(h.control), clip(string(h.kind))
}

func (t *taken) kindOf() kind { return t.header.kind }

// maxBeginning is how much is kept of what is too large, or no message at all.
const maxBeginning = 16 << 10

func beginning(raw []byte) []byte { return slices.Clone(raw[:min(len(raw), maxBeginning)]) }

// clip bounds what is indexed.
func clip(s string) string { return strings.ToValidUTF8(s[:min(len(s), 400)], "") }

func reason(err error) *feed.Reason {
	var e *er7.Error
	if errors.As(err, &e) {
		return &feed.Reason{Code: e.Code, Text: e.Text}
	}
	return errPanic
}

func (s *source) ignores(k kind) bool {
	message, _ := k.of()
	return slices.Contains(s.config.Ignore, string(k)) || slices.Contains(s.config.Ignore, message)
}

// judge finds whom a message is about, and why it cannot be used.
func (s *source) judge(t *taken, m *er7.Message) *feed.Reason {
	pid := m.First("PID")
	t.Person = s.localID(pid.Field(3))
	switch {
	case len(s.config.Senders) > 0 && !slices.Contains(s.config.Senders, t.application):
		return errSender
	case t.control == "" || len(t.control) > 200:
		return errControl
	case !s.config.processes(t.processing):
		return errProcessing
	case !strings.Contains(string(t.header.kind), "^") || !handles(string(t.header.kind)):
		return errKind
	case pid.Name == "":
		return errNoPatient
	case t.header.kind == "ADT^A40":
		return s.judgeMerges(t, m)
	case t.Person == "":
		return errNoLocalID
	}
	for _, other := range m.Segments {
		if id := s.localID(other.Field(3)); other.Name == "PID" && id != t.Person {
			t.Others = append(t.Others, id)
		}
	}
	if len(t.Others) > 0 {
		return errSeveral
	}
	t.Identity = s.identity(t, pid)
	c := newChart(s, t.Person)
	c.dry = true
	return c.apply(m, feed.Kept{Person: t.Person, Sender: t.Sender, Control: t.Control, Kind: t.Kind, Received: s.env.Now()})
}

// judgeMerges takes the pairs of PID and MRG.
func (s *source) judgeMerges(t *taken, m *er7.Message) *feed.Reason {
	remains, open := "", false
	for _, one := range m.Segments {
		switch one.Name {
		case "PID":
			if open {
				return errNoMerge
			}
			remains, open = s.localID(one.Field(3)), true
		case "MRG":
			gone := s.localID(one.Field(1))
			if !open || remains == "" || gone == "" {
				return errNoMerge
			}
			t.Merges, open = append(t.Merges, feed.Merge{Gone: gone, Remains: remains}), false
			t.Others = append(t.Others, gone, remains)
		}
	}
	if open || len(t.Merges) == 0 {
		return errNoMerge
	}
	if len(t.Merges) == 1 { // of several people nothing but the merges is taken
		t.Identity = s.identity(t, m.First("PID"))
	} else {
		t.Person = ""
	}
	return nil
}

// localID is the identifier that the configuration names; "" if there is none.
func (s *source) localID(f er7.Field) string {
	for r := range f.Repetitions() {
		value := strings.TrimSpace(r.Component(1).Text())
		if value == "" || len(value) > 200 || s.isNHSNumber(r) && !slices.Contains(s.config.PatientID.Authorities, "NHS") {
			continue
		}
		if s.config.PatientID.Type != "" && r.Component(5).Text() != s.config.PatientID.Type {
			continue
		}
		if slices.ContainsFunc(authorities(r), func(a string) bool { return slices.Contains(s.config.PatientID.Authorities, a) }) {
			return value
		}
	}
	return ""
}

// authorities are the names of an identifier's assigning authority; "" if it names none.
func authorities(r er7.Repetition) []string {
	authority := r.Component(4)
	names := slices.DeleteFunc([]string{authority.Sub(1), authority.Sub(2)}, func(s string) bool { return s == "" })
	if len(names) == 0 {
		return []string{""}
	}
	return names
}

func (s *source) isNHSNumber(r er7.Repetition) bool {
	return r.Component(5).Text() == "NH" ||
		slices.ContainsFunc(authorities(r), func(a string) bool { return a != "" && slices.Contains(s.config.nhsAuthorities(), a) })
}

// identity is what a person is told apart and found by.
func (s *source) identity(t *taken, pid er7.Segment) *feed.Identity {
	p := &record.Person{}
	d := dates{zone: s.env.Zone}
	s.pid(p, pid, &d)
	message, _ := t.header.kind.of()
	i := &feed.Identity{NHSNumber: string(p.NHSNumber), Birth: string(p.BirthDate), Family: sources.FoldName(p.Name.Family), Demographics: message == "ADT"}
	i.Keys = append(i.Keys, localKey(t.Person))
	if p.NHSNumber != "" {
		i.Keys = append(i.Keys, numberKey(p.NHSNumber))
	}
	if p.BirthDate != "" {
		i.Keys = append(i.Keys, birthKey(p.BirthDate))
		for _, n := range append([]record.HumanName{p.Name}, p.OtherNames...) {
			for _, name := range namesOf(n.Family) {
				i.Keys = append(i.Keys, nameKey(name, p.BirthDate))
			}
		}
	}
	for _, other := range p.Identifiers {
		i.Keys = append(i.Keys, localKey(other.Value))
	}
	for n := range i.Keys {
		i.Keys[n] = clip(i.Keys[n])
	}
	i.Keys = i.Keys[:min(len(i.Keys), mostKeys)]
	return i
}

// mostKeys is how many ways one message may give to find a person; the first are by the
// local id, the NHS number and the name in use.
const mostKeys = 100

func numberKey(n record.NHSNumber) string { return "n:" + string(n) }
func localKey(id string) string           { return "i:" + strings.ToLower(strings.TrimSpace(id)) }
func birthKey(born record.Date) string    { return "b:" + string(born.Day()) }
func nameKey(n string, b record.Date) string {
	return "f:" + sources.FoldName(n) + "|" + string(b.Day())
}

// namesOf is a family name, and the parts of a double one.
func namesOf(family string) []string {
	if family == "" {
		return nil
	}
	return append([]string{family}, strings.FieldsFunc(family, func(r rune) bool { return r == ' ' || r == '-' || r == '‐' || r == '‑' || r == '–' })...)
}
