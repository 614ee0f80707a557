package csvfile

import (
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
)

// census is who the people file says the people of a Fetch are. An extract that was
// joined on the wrong row gives somebody's rows another's id, and only the NHS
// number beside it tells (hazard H-01).
type census struct {
	needed  bool
	ids     []string
	done    chan struct{}
	results map[string]sources.Result
	err     error
}

// census is needed where rows carry the patient's NHS number.
func (s *source) census(wanted map[record.Section][]string) *census {
	c := &census{done: make(chan struct{})}
	for section, ids := range wanted {
		if s.sections[section].checked() {
			c.needed = s.people != nil
		}
		c.ids = append(c.ids, ids...)
	}
	return c
}

func (c *census) take(got *columns.Collector, err error) {
	c.err = err
	if err == nil {
		c.results = got.Results()
	}
	close(c.done)
}

// expect compares the rows of a reading with who the people are, by the people
// file and by what a search has said before.
func (s *source) expect(r *reading, who *census) error {
	if err := who.failed(r.part); err != nil {
		return err
	}
	for _, id := range r.ids {
		if n := number(who.of(r.part, id)); n != "" {
			r.got.Expect(id, n)
		}
		r.got.Check(id, func(n record.NHSNumber) bool { return s.given.agrees(id, n) })
	}
	return nil
}

// failed waits for the census where the part's rows are checked against it.
func (c *census) failed(p *part) error {
	if !c.needed || !p.checked() {
		return nil
	}
	<-c.done
	return c.err
}

// of is what the census says of a person; nothing for a part that is not checked.
func (c *census) of(p *part, id string) sources.Result {
	if c.failed(p) != nil || !c.needed || !p.checked() {
		return sources.Result{}
	}
	return c.results[id]
}

func number(r sources.Result) record.NHSNumber {
	for _, e := range r.Entries {
		if p, ok := e.(*record.Person); ok {
			return p.NHSNumber
		}
	}
	return ""
}

// checked reports whether the part's rows carry the patient's NHS number too.
func (p *part) checked() bool { return len(p.file.Columns["subject_nhs_number"]) > 0 }

// numberField is the field with the patient's NHS number in the part's rows; "" if they
// carry none.
func (p *part) numberField() string {
	for _, field := range []string{"subject_nhs_number", "nhs_number"} {
		if len(p.file.Columns[field]) > 0 {
			return field
		}
	}
	return ""
}
