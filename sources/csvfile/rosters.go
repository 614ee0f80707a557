package csvfile

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
)

// Rosters is the file of team lists: a row for each person on each of them. A row
// without a person says that there is such a list, which may have nobody on it. Who
// the people are is in the people file.
type Rosters struct {
	File      string `yaml:"file"`
	Sheet     string `yaml:"sheet"`
	Delimiter string `yaml:"delimiter"`
	Charset   string `yaml:"charset"`
	// Kind is WARD, CLINIC or CASELOAD where all lists are of one; else KindColumn holds
	// it, in words that Kinds translates.
	Kind       string            `yaml:"kind"`
	KindColumn string            `yaml:"kind_column"`
	Kinds      map[string]string `yaml:"kinds"`
	// ID and Name are the columns of the list's id and name, Subject that of the person's
	// local id.
	ID      string `yaml:"id"`
	Name    string `yaml:"name"`
	Subject string `yaml:"subject"`
	// SubjectNHSNumber is the column of the person's NHS number, if rows have it: it is
	// compared with the people file, so that a row under the wrong id is seen.
	SubjectNHSNumber string `yaml:"subject_nhs_number"`
}

// plain is the file as other files are described.
func (r *Rosters) plain() File {
	return File{File: r.File, Sheet: r.Sheet, Delimiter: r.Delimiter, Charset: r.Charset,
		Stanza: columns.Stanza{Columns: map[string]columns.OneOrMore{"subject": {r.Subject}}}}
}

func (v *check) rosters() {
	r := v.config.Rosters
	if r == nil {
		return
	}
	if v.config.People == nil {
		v.add("rosters", "needs people, whose file says who is who")
	}
	for _, c := range []struct{ path, column string }{{"id", r.ID}, {"name", r.Name}, {"subject", r.Subject}} {
		if c.column == "" {
			v.add("rosters."+c.path, "name the column that holds it")
		}
	}
	if (r.Kind == "") == (r.KindColumn == "") {
		v.add("rosters.kind", "give one of kind and kind_column")
	}
	if r.Kind != "" && !sources.RosterKind(r.Kind).Known() {
		v.add("rosters.kind", "must be WARD, CLINIC or CASELOAD")
	}
	for _, word := range slices.Sorted(maps.Keys(r.Kinds)) {
		if !sources.RosterKind(r.Kinds[word]).Known() {
			v.add("rosters.kinds."+word, "must be WARD, CLINIC or CASELOAD")
		}
	}
	f := r.plain()
	if r.Subject == "" {
		f.Columns = map[string]columns.OneOrMore{"subject": {"said above"}}
	}
	v.file("rosters", f, record.Demographics)
}

// rostering is a source that offers rosters.
type rostering struct {
	*finder
	rosters *Rosters
	file    *part
}

var _ sources.Rosters = (*rostering)(nil)

// book is a roster file, read: its lists, and the people of one of them with the
// numbers that their rows carry.
type book struct {
	list    columns.RosterList
	of      sources.Roster // its kind and id
	on      []string
	numbers map[string]record.NHSNumber
}

// Rosters implements sources.Rosters.
func (s *rostering) Rosters(ctx context.Context) ([]sources.Roster, error) {
	b, err := s.read(ctx, sources.Roster{})
	if err != nil {
		return nil, err
	}
	return b.list.Rosters, nil
}

// read reads the roster file, for one roster's people. An extract that is stale does
// not say who is there now (hazard H-03).
func (s *rostering) read(ctx context.Context, of sources.Roster) (b book, err error) {
	m, err := s.manifest(ctx)
	if err != nil {
		return b, err
	}
	err = s.callFor(ctx, s.file.file.File, func(ctx context.Context) error {
		b = book{of: of, numbers: map[string]record.NHSNumber{}}
		var at []int
		written, err := s.scan(ctx, m, []reader{{part: s.file,
			begin: func(header []string) (err error) {
				r := s.rosters
				at, err = columns.Positions(header, r.KindColumn, r.ID, r.Name, r.Subject, r.SubjectNHSNumber)
				return err
			},
			each: func(cells []string) error { return b.add(s.rosters, at, cells) },
		}})
		if err != nil {
			return err
		}
		if _, gaps := s.age(written); len(gaps) > 0 {
			return unavailable(gaps[0].Code, gaps[0].Reason)
		}
		return nil
	})
	return b, err
}

func (b *book) add(r *Rosters, at []int, cells []string) error {
	cell := func(i int) string {
		if at[i] < 0 || at[i] >= len(cells) {
			return ""
		}
		return strings.TrimSpace(cells[at[i]])
	}
	kind := r.Kind
	if r.KindColumn != "" {
		kind = cell(0)
		if word, translated := r.Kinds[kind]; translated {
			kind = word
		}
	}
	is, err := b.list.Add(kind, cell(1), cell(2))
	if err != nil {
		return err
	}
	id := cell(3)
	number, _ := record.ParseNHSNumber(cell(4))
	switch {
	case id == "" && cell(4) != "": // somebody is meant, and it is not said who
		return columns.NoLocalID()
	case id == "" || is != b.of:
		return nil
	}
	was, twice := b.numbers[id]
	switch {
	case twice && was != number:
		return columns.WrongPatient()
	case twice:
		return nil
	case len(b.on) == sources.MostOnRoster:
		return sources.RosterTooLong()
	}
	b.on, b.numbers[id] = append(b.on, id), number
	return nil
}
