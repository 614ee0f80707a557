package columns

import (
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// MaxCell is the longest text of one cell, in bytes, that is taken over.
const MaxCell = 256 << 10

// snomedNoKnownAllergy is understood without configuration: shown as an allergy
// it would say the opposite (hazard H-02).
const snomedNoKnownAllergy = "716186003"

// Collector gathers rows into one Result for each person asked for. It is for one
// goroutine.
type Collector struct {
	binding *Binding
	people  map[string]*gathered
	strays  int
}

// gathered is one person's answer so far.
type gathered struct {
	result sources.Result
	gaps   gaps
	seen   map[string][]statement // by the statement's id
	number record.NHSNumber       // that rows with a number must carry
	wrong  bool                   // a row carries another
}

type statement struct {
	entry record.Entry
	rows  [][]string
}

// Collect starts to gather rows of the people with these local ids.
func (b *Binding) Collect(localIDs []string) *Collector {
	c := &Collector{binding: b, people: make(map[string]*gathered, len(localIDs))}
	for _, id := range localIDs {
		c.people[id] = &gathered{seen: map[string][]statement{}}
	}
	return c
}

// Expect says which NHS number a person has; a row that carries another one then
// condemns the person's whole answer: an extract joined on the wrong row keeps the
// number of the person it is really about (hazard H-01). Without it the first row
// says what the others must carry.
func (c *Collector) Expect(localID string, n record.NHSNumber) {
	if to, ok := c.people[localID]; ok && n != "" {
		to.wrong = to.wrong || to.number != "" && to.number != n
		to.number = n
	}
}

// Check condemns a person's answer if ok says so of the NHS number that its rows
// carry; rows without one are not asked about.
func (c *Collector) Check(localID string, ok func(record.NHSNumber) bool) {
	if to := c.people[localID]; to != nil && to.number != "" && !ok(to.number) {
		to.wrong = true
	}
}

// Condemn drops a person's answer: something of it stands under another id.
func (c *Collector) Condemn(localID string) {
	if to := c.people[localID]; to != nil {
		to.wrong = true
	}
}

// Strays is how many rows were about nobody asked for.
func (c *Collector) Strays() int { return c.strays }

// Value is one field of a row as text, by the mapping.
func (b *Binding) Value(cells []string, field string) string {
	return b.row(cells, &gaps{}).text(field)
}

// Wants reports whether Add would take the row over.
func (c *Collector) Wants(cells []string) bool {
	_, wanted := c.people[c.binding.Subject(cells)]
	return wanted
}

// Subject is whose row it is, by the row itself.
func (b *Binding) Subject(cells []string) string {
	return b.row(cells, &gaps{}).text("subject")
}

func (b *Binding) row(cells []string, g *gaps) *row { return &row{Binding: b, cells: cells, gaps: g} }

// Add takes a row over if it is about one of the people. The slice is not kept.
func (c *Collector) Add(cells []string) {
	to, wanted := c.people[c.binding.Subject(cells)]
	if !wanted {
		c.strays++
		return
	}
	r := c.binding.row(c.binding.tidy(cells, &to.gaps), &to.gaps)
	number := "subject_nhs_number"
	if r.section == record.Demographics {
		number = "nhs_number"
	}
	if n, err := record.ParseNHSNumber(r.text(number)); err == nil {
		c.Expect(r.text("subject"), n)
	}
	to.add(r)
}

// tidy copies the row without what must not be taken over.
func (b *Binding) tidy(cells []string, g *gaps) []string {
	out := slices.Clone(cells)
	for i, cell := range out {
		if len(cell) > MaxCell {
			g.add(CellCap, b.placeOf(i))
			out[i] = ""
		} else if !utf8.ValidString(cell) {
			g.add(BadText, b.placeOf(i))
			out[i] = strings.ToValidUTF8(cell, "\uFFFD")
		}
	}
	return out
}

func (to *gathered) add(r *row) {
	switch {
	case r.elsewhere():
		return
	case r.mistaken():
		to.result.LeftOut++
		return
	case r.assertsNone():
		to.result.Asserted = append(to.result.Asserted, r.assertion())
		return
	}
	id := r.id()
	for i, s := range to.seen[id] {
		if slices.ContainsFunc(s.rows, func(old []string) bool { return slices.Equal(old, r.cells) }) {
			return // the same row twice, as joins give it
		}
		if r.layout.merge != nil && reflect.DeepEqual(s.entry.Common().Code, r.base("").Code) {
			r.layout.merge(s.entry, r)
			to.seen[id][i].rows = append(s.rows, r.cells)
			return
		}
	}
	entry := r.layout.build(r)
	if entry == nil {
		return
	}
	if len(to.seen[id]) > 0 && r.section == record.Demographics && twoPeople(to.seen[id][0].entry, entry) {
		to.wrong = true
	}
	// Two statements with one id are both shown; their ids must differ all the same.
	if len(to.seen[id]) > 0 && r.section != record.Demographics {
		entry.Common().Provenance.LocalID += "~" + strings.TrimPrefix(r.hash(), "row-")
	}
	to.seen[id] = append(to.seen[id], statement{entry, [][]string{r.cells}})
	to.result.Entries = append(to.result.Entries, entry)
}

// twoPeople reports whether two rows of one local id cannot be one person.
func twoPeople(a, b record.Entry) bool {
	p, q := a.(*record.Person), b.(*record.Person)
	return p.BirthDate != "" && q.BirthDate != "" && p.BirthDate != q.BirthDate
}

// left reports whether the row is not to be shown: by configuration, or because
// it says of itself that it was entered in error.
func (r *row) left() bool { return r.elsewhere() || r.mistaken() }

// elsewhere reports whether the row is none of those that the section is made of.
func (r *row) elsewhere() bool { return len(r.only) > 0 && !r.only.holds(r) }

// mistaken reports whether the row says that it was entered in error, or is to be skipped.
func (r *row) mistaken() bool {
	return r.skip.holds(r) || strings.EqualFold(r.text("status"), enteredInError) || strings.EqualFold(r.text("verification"), enteredInError)
}

func (r *row) assertsNone() bool {
	if r.none.holds(r) {
		return true
	}
	status := r.text("status")
	return r.section == record.Allergies && (status == "" || strings.EqualFold(status, "active")) &&
		r.concept("code").Has("http://snomed.info/sct", snomedNoKnownAllergy)
}

func (r *row) assertion() record.Assertion {
	b := r.base("")
	a := record.Assertion{Subject: b.Subject, Code: b.Code, Date: b.Date}
	if a.Date == "" {
		a.Date = b.Recorded
	}
	if b.Author != nil {
		a.By = *b.Author
	}
	if a.By.Organisation.IsZero() {
		a.By.Organisation = b.Provenance.Organisation
	}
	return a
}

// Results are the answers, one for each person asked for. Gaps of the whole
// answer are added to each.
func (c *Collector) Results(more ...sources.Gap) map[string]sources.Result {
	out := make(map[string]sources.Result, len(c.people))
	for id, g := range c.people {
		if g.wrong {
			out[id] = sources.Result{Err: WrongPatient()}
			continue
		}
		r := g.result
		r.Gaps = append(g.gaps.list(), more...)
		out[id] = r
	}
	return out
}

// WrongPatient is the error of an answer that is about somebody else.
func WrongPatient() error {
	return &sources.Error{Kind: sources.WrongPatient, Code: "wrong-patient",
		Reason: "It answered about another person; nothing of that answer is shown"}
}

// Person reads a row as demographics, for a search.
func (b *Binding) Person(cells []string) record.Person {
	var g gaps
	return *b.row(b.tidy(cells, &g), &g).person()
}

// Left reports whether a row is left out by configuration.
func (b *Binding) Left(cells []string) bool { return b.row(cells, &gaps{}).left() }
