package check

import (
	"slices"

	"github.com/patchworkcare/patchwork/record"
)

// Verdict is how a check ended.
type Verdict string

// The verdicts. Only Fail fails the source.
const (
	Pass Verdict = "pass"
	// Warn: to be looked at, and no reason not to join.
	Warn Verdict = "warn"
	Fail Verdict = "fail"
	// Skip: it was not tried; the text says why.
	Skip Verdict = "skip"
)

// Report is what was found out about a source.
type Report struct {
	Source string `json:"source"`
	Type   string `json:"type"`
	// People is how many sample people were read.
	People int `json:"people"`
	// Checks are in the order in which a system is joined.
	Checks   []Check   `json:"checks"`
	Sections []Score   `json:"scorecard"`
	Latency  Latencies `json:"latency"`
}

// Check is one thing that was looked at.
type Check struct {
	Name     string    `json:"name"`
	Verdict  Verdict   `json:"verdict"`
	Text     string    `json:"text,omitempty"`
	Findings []Finding `json:"findings,omitempty"`
}

// Finding is one kind of defect.
type Finding struct {
	// Code is machine-readable and unique in the report.
	Code    string  `json:"code"`
	Verdict Verdict `json:"verdict"`
	// Text says what is wrong, Mend what to do about it; fixed sentences.
	Text string `json:"text"`
	Mend string `json:"mend"`
	// Said is what the connector said itself: its code and its sentence, which may name a
	// key, field, column or file of the stanza.
	Said []string `json:"said,omitempty"`
	// Accepted is set where the stanza says that all of it was agreed with the supplier;
	// then Verdict is Warn.
	Accepted bool `json:"accepted,omitempty"`
	// Where has the sections it was found in; empty where it is about no section.
	Where []Where `json:"where,omitempty"`
}

// Where counts a finding in one section.
type Where struct {
	Section string `json:"section"`
	// Count of Of: entries, codes, dates, as the finding has it.
	Count int `json:"count"`
	Of    int `json:"of"`
	// At are the first places, as in "person 2, entry 5".
	At []string `json:"at,omitempty"`
	// Accepted is what was agreed about it; nil if nothing was.
	Accepted *Acceptance `json:"accepted,omitempty"`
}

// Failed reports whether anything failed.
func (r *Report) Failed() bool {
	return slices.ContainsFunc(r.Checks, func(c Check) bool { return c.Verdict == Fail })
}

// Found gives the codes of all findings of a verdict, in the report's order.
func (r *Report) Found(v Verdict) (codes []string) {
	for _, c := range r.Checks {
		for _, f := range c.Findings {
			if f.Verdict == v {
				codes = append(codes, f.Code)
			}
		}
	}
	return codes
}

// The checks, in order.
const (
	reach       = "reachability"
	tlsCheck    = "TLS"
	login       = "auth"
	search      = "search"
	sections    = "sections"
	subjects    = "subject ids"
	paging      = "paging and limits"
	codes       = "codes"
	dates       = "dates"
	duplicates  = "duplicates"
	statuses    = "statuses"
	identifiers = "identifiers"
	provenance  = "provenance"
	encoding    = "encoding"
	units       = "units"
	rate        = "rate"
	latency     = "latency"
	agreed      = "accepted"
)

var order = []string{reach, tlsCheck, login, search, sections, subjects, paging, codes, dates, duplicates, statuses,
	identifiers, provenance, encoding, units, rate, latency, agreed}

// ofEntries are the checks that need entries to look at.
var ofEntries = []string{subjects, paging, codes, dates, duplicates, statuses, identifiers, provenance, encoding, units}

// finds collects findings.
type finds struct {
	all map[string]*Finding // by code
	by  map[string]string   // check by code
	seq []string
	// said is why a check was skipped, or what to say beside its verdict.
	said    map[string]string
	skipped map[string]bool
}

func newFinds() *finds {
	return &finds{all: map[string]*Finding{}, by: map[string]string{}, said: map[string]string{}, skipped: map[string]bool{}}
}

// mostPlaces is how many places of a finding are named in one section.
const mostPlaces = 5

// add takes one occurrence. section and at are "" where it is about none.
func (f *finds) add(rule string, section record.Section, at string) {
	r := rules[rule]
	found := f.all[rule]
	if found == nil {
		found = &Finding{Code: rule, Verdict: r.verdict, Text: r.text, Mend: r.mend}
		f.all[rule], f.by[rule] = found, r.check
		f.seq = append(f.seq, rule)
	}
	if section == "" {
		return
	}
	w := found.in(section.Name())
	w.Count++
	if at != "" && len(w.At) < mostPlaces && !slices.Contains(w.At, at) {
		w.At = append(w.At, at)
	}
}

// told takes one occurrence with what the connector said of it.
func (f *finds) told(rule string, section record.Section, at string, code, reason string) {
	f.add(rule, section, at)
	switch {
	case code == "failed": // sources.AsError's own words say nothing
	case reason == "":
		f.note(rule, code)
	default:
		f.note(rule, code+": "+reason)
	}
}

// note puts a sentence beside a finding.
func (f *finds) note(rule, text string) {
	if found := f.all[rule]; len(found.Said) < mostPlaces && !slices.Contains(found.Said, text) {
		found.Said = append(found.Said, text)
	}
}

func (f *Finding) in(section string) *Where {
	for i := range f.Where {
		if f.Where[i].Section == section {
			return &f.Where[i]
		}
	}
	f.Where = append(f.Where, Where{Section: section})
	return &f.Where[len(f.Where)-1]
}

// has reports whether a defect was found in a section.
func (f *finds) has(rule, section string) bool {
	found := f.all[rule]
	return found != nil && slices.ContainsFunc(found.Where, func(w Where) bool { return w.Section == section })
}

// skip says why a check was not tried.
func (f *finds) skip(check, why string) { f.said[check], f.skipped[check] = why, true }

// say adds to a check's line.
func (f *finds) say(check, text string) { f.said[check] = text }

// settle takes in of how many things each finding is, and lets few of them be a warning
// where the rule does.
func (f *finds) settle(of func(rule, section string) int) {
	for _, found := range f.all {
		r := rules[found.Code]
		count, all := 0, 0
		for i := range found.Where {
			w := &found.Where[i]
			w.Of = max(w.Count, of(found.Code, w.Section))
			if w.Accepted == nil {
				count, all = count+w.Count, all+w.Of
			}
		}
		if len(found.Where) > 0 && all == 0 {
			found.Accepted = true
		}
		if found.Accepted {
			found.Verdict = Warn
			continue
		}
		if r.verdict == Fail && all > 0 && float64(count) <= r.tolerated*float64(all) {
			found.Verdict = Warn
		}
	}
}

// checks are all checks with what was found.
func (f *finds) checks() []Check {
	list := make([]Check, 0, len(order))
	for _, name := range order {
		if name == agreed && f.said[name] == "" {
			continue // the stanza accepts nothing
		}
		c := Check{Name: name, Verdict: Pass, Text: f.said[name]}
		if f.skipped[name] {
			c.Verdict = Skip
		}
		for _, code := range f.seq {
			found := f.all[code]
			if f.by[code] != name {
				continue
			}
			c.Findings = append(c.Findings, *found)
			if found.Verdict == Fail || c.Verdict != Fail {
				c.Verdict = found.Verdict
			}
		}
		list = append(list, c)
	}
	return list
}
