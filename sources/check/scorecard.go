package check

import (
	"github.com/patchworkcare/patchwork/record"
)

// Score is how well a section is filled, against the PRSB Core Information Standard.
type Score struct {
	Section string `json:"section"`
	Title   string `json:"title"`
	// Mandatory: the standard wants this section of everybody.
	Mandatory bool `json:"mandatory,omitempty"`
	// People is how many of the sample have entries; Entries how many there are.
	People  int    `json:"people"`
	Entries int    `json:"entries"`
	Items   []Item `json:"items,omitempty"`
	// Coded is how many of Statements have a valid code; Statements is 0 where entries are
	// about no code.
	Coded      int `json:"coded"`
	Statements int `json:"statements"`
	// ValidCodes of Codes and ValidDates of Dates are as they should be.
	ValidCodes int `json:"valid_codes"`
	Codes      int `json:"codes"`
	ValidDates int `json:"valid_dates"`
	Dates      int `json:"dates"`
	Duplicates int `json:"duplicates"`
	// LeftOut is how many rows were left out as entered in error or by skip_when, where the
	// type counts them; they are no entries.
	LeftOut int `json:"left_out,omitempty"`
}

// Item is one item of the standard.
type Item struct {
	Name string `json:"name"`
	// Class is "mandatory" or "required".
	Class string `json:"class"`
	// Populated of Entries have it.
	Populated int `json:"populated"`
}

// tally counts one section of all sample people.
type tally struct {
	section                     record.Section
	answers, people, entries    int
	asserted, coded, duplicates int
	codes, badCodes             int
	dates, badDates             int
	leftOut                     int
	// unknown are the answers that did not know a person who is known by local id.
	unknown   int
	populated []int
}

func (r *run) tally(s record.Section) *tally {
	t := r.scores[s]
	if t == nil {
		t = &tally{section: s, populated: make([]int, len(standard[s]))}
		r.scores[s] = t
	}
	return t
}

// items counts what of the standard's items an entry has.
func (t *tally) items(e record.Entry) {
	for i, item := range standard[t.section] {
		if item.has(e) {
			t.populated[i]++
		}
	}
}

// of is of how many things a finding counts.
func (r *run) of(rule, section string) int {
	switch rules[rule].check {
	case sections, subjects, paging, reach, login, rate, search:
		return r.read
	}
	s, _ := record.SectionNamed(section)
	if t := r.scores[s]; t != nil {
		return t.entries
	}
	return 0
}

// scorecard is in reading order.
func (r *run) scorecard() (all []Score) {
	for _, h := range record.Headings() {
		t := r.scores[h.Section]
		if t == nil {
			continue
		}
		s := Score{Section: h.Name, Title: h.Title, Mandatory: h.Section == record.Demographics || h.Section == record.GPPractice,
			People: t.people, Entries: t.entries, Codes: t.codes, ValidCodes: t.codes - t.badCodes,
			Dates: t.dates, ValidDates: max(0, t.dates-t.badDates), Duplicates: t.duplicates, LeftOut: t.leftOut}
		if stated[h.Section] {
			s.Coded, s.Statements = t.coded, t.entries
		}
		if t.entries > 0 {
			for i, item := range standard[h.Section] {
				s.Items = append(s.Items, Item{item.name, item.class, t.populated[i]})
			}
		}
		all = append(all, s)
	}
	return all
}
