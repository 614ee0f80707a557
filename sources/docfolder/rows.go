package docfolder

import (
	"cmp"
	"context"
	"path"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// row is what is known of one document.
type row struct {
	patient, file, date, kind, title, contentType, author, organisation, label string
	labelled                                                                   bool // the index has a column for labels
}

// gathering puts the documents of those asked about together.
type gathering struct {
	*source
	asked  map[string][]row
	owners map[string]string // by file; "" for a file of two people
	places map[string]int    // by file, of those of people asked about
	gaps   []sources.Gap     // of everybody: whose a row is that cannot be read, nobody knows
}

func gap(all []sources.Gap, code, reason string) []sources.Gap {
	if slices.ContainsFunc(all, func(g sources.Gap) bool { return g.Code == code }) {
		return all
	}
	return append(all, sources.Gap{Status: record.Partial, Code: code, Reason: reason})
}

// take takes one row.
func (g *gathering) take(r row) {
	if r.patient == "" {
		g.gaps = gap(g.gaps, "no-patient", "Of some documents it does not say whose they are")
		return
	}
	if owner, known := g.owners[r.file]; known && owner != r.patient {
		g.owners[r.file] = ""
		return
	}
	g.owners[r.file] = r.patient
	rows, ok := g.asked[r.patient]
	if !ok {
		return
	}
	if i, again := g.places[r.file]; again {
		if rows[i].label != r.label {
			rows[i].label = "" // as confidential as nobody knows
		}
		return
	}
	g.places[r.file] = len(rows)
	g.asked[r.patient] = append(rows, r)
}

// documents are those of everybody asked about.
func (s *source) documents(ctx context.Context, ids []string) map[string]sources.Result {
	g := &gathering{source: s, asked: map[string][]row{}, owners: map[string]string{}, places: map[string]int{}}
	for _, id := range ids {
		g.asked[id] = []row{}
	}
	err := s.gather(ctx, g, ids)
	out := map[string]sources.Result{}
	for id, rows := range g.asked {
		if err != nil {
			out[id] = sources.Result{Err: sources.AsError(err)}
			continue
		}
		out[id] = g.result(id, rows)
	}
	return out
}

func (s *source) gather(ctx context.Context, g *gathering, ids []string) error {
	return s.env.Call(ctx, func(ctx context.Context) error {
		if s.Index != nil {
			return explain(ctx, s.scan(ctx, g.take, func(code, reason string) { g.gaps = gap(g.gaps, code, reason) }))
		}
		if !s.pattern.byFolder {
			return explain(ctx, s.names(ctx, g, ""))
		}
		for _, id := range ids {
			if !plain(id + "/x") {
				continue // nobody's folder is called so
			}
			if err := s.names(ctx, g, id); err != nil {
				return explain(ctx, err)
			}
		}
		return nil
	})
}

// names reads the names below a folder.
func (s *source) names(ctx context.Context, g *gathering, below string) error {
	all, err := s.place.list(ctx, below, s.MaxFiles)
	if err != nil {
		return err
	}
	for _, name := range all {
		if s.ignored(name) {
			continue
		}
		r, ok := s.pattern.row(name)
		if !ok || !plain(name) {
			g.gaps = gap(g.gaps, "names", "Some files are not named as they should be, so that nobody can tell whose they are")
			continue
		}
		g.take(r)
	}
	return nil
}

// result makes entries of one person's rows, newest first where there are too many.
func (g *gathering) result(id string, rows []row) sources.Result {
	gaps := slices.Clone(g.gaps)
	var entries []record.Entry
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(b.date, a.date) })
	for _, r := range rows {
		switch {
		case g.owners[r.file] != id:
			gaps = gap(gaps, "two-people", "Some documents are said to be of two people, and are shown for neither")
			continue
		case !plain(r.file):
			gaps = gap(gaps, "bad-name", "Some documents are said to lie where none may lie")
			continue
		case r.labelled && r.label == "": // not stated, or stated twice and differently
			gaps = gap(gaps, "no-confidentiality", "Of some documents it does not say how confidential they are; they are left out")
			continue
		case len(entries) >= g.MaxDocuments:
			gaps = gap(gaps, "too-many", "It holds more documents than are read")
			continue
		}
		d, ok := g.document(r)
		if !ok {
			gaps = gap(gaps, "bad-date", "Some dates could not be read and are left out")
		}
		entries = append(entries, d)
	}
	return sources.Result{Entries: entries, Gaps: gaps}
}

// document is the entry of a row; false if its date could not be read.
func (g *gathering) document(r row) (*record.Document, bool) {
	d := &record.Document{Status: "current", Title: r.title, ContentType: cmp.Or(r.contentType, mediaType(r.file)), Reference: r.file}
	d.Subject, d.Provenance.LocalID = r.patient, r.file
	if c, ok := g.Types[r.kind]; ok {
		d.Code.Codings = []record.Coding{{System: c.System, Code: c.Code, Display: cmp.Or(c.Display, r.kind)}}
	} else {
		d.Code.Text = cmp.Or(r.kind, r.title, path.Base(r.file))
	}
	d.Title = cmp.Or(d.Title, d.Code.Label())
	if r.author != "" {
		d.Author = &record.Actor{Name: r.author}
	}
	d.Custodian.Name = r.organisation
	d.Provenance.Organisation.Name = r.organisation
	if label := cmp.Or(r.label, g.Confidentiality); label != "" && label != "N" { // normal restricts nothing
		d.Labels = []record.Coding{{System: "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", Code: label}}
	}
	if r.date == "" {
		return d, true
	}
	layout := time.DateOnly
	if g.Index != nil {
		layout = layouts[g.Index.DateFormat]
	}
	t, err := time.Parse(layout, r.date)
	if err != nil {
		return d, false
	}
	d.Date = record.Date(t.Format(time.DateOnly))
	return d, true
}

// owner is whose a file is now; "" if nobody's, or of two people.
func (s *source) owner(ctx context.Context, name string) (string, error) {
	if s.pattern != nil {
		r, _ := s.pattern.row(name)
		return r.patient, nil
	}
	owner, several := "", false
	err := s.env.Call(ctx, func(ctx context.Context) error {
		return explain(ctx, s.scan(ctx, func(r row) {
			if r.file == name && r.patient != "" {
				several = several || owner != "" && owner != r.patient
				owner = r.patient
			}
		}, func(string, string) {}))
	})
	if several {
		owner = ""
	}
	return owner, err
}
