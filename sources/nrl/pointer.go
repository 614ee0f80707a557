package nrl

import (
	"net/url"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/docref"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// contactFormat is the format of a pointer that names whom to call.
const contactFormat = "urn:nhs-ic:record-contact"

// list puts the answers together.
type list struct {
	*source
	entries         []*record.Document
	replaced, given map[string]bool
	gaps            []sources.Gap
}

func (l *list) gap(code, reason string) {
	for _, g := range l.gaps {
		if g.Code == code {
			return
		}
	}
	l.gaps = append(l.gaps, sources.Gap{Status: record.Partial, Code: code, Reason: reason})
}

// take takes one answer. A pointer of which nobody can say whom it is about condemns the
// answer: the guard could not see a mix-up in it.
func (l *list) take(a *docref.Answer, kind string) error {
	for i := range a.Pointers {
		p := &a.Pointers[i]
		switch p.Status {
		case "current":
			for _, r := range p.Replaces {
				l.replaced[r] = true
			}
		case "superseded", "entered-in-error":
			continue
		default:
			l.gap("status", "It lists pointers without saying whether they still hold")
			continue
		}
		if kind != "" && !p.Type.Has(snomed, kind) { // who ignores what was asked sends others too
			continue
		}
		subject := p.Subject.Identifier
		if subject.System != numberSystem || subject.Value == "" {
			return httpfault.Malformed("no-subject", "It lists pointers without saying whom they are about")
		}
		d := p.Document()
		d.Subject = subject.Value
		if p.ID == "" || d.Code.IsZero() {
			l.gap("not-understood", "Some of what it lists could not be understood")
			continue
		}
		if d.Custodian.ODS == "" && d.Custodian.Name == "" {
			l.gap("no-custodian", "It lists pointers without saying whose they are")
		}
		l.reached(d, p.Formats)
		l.entries = append(l.entries, d)
	}
	switch {
	case a.Next != "" || a.Total > len(a.Pointers):
		l.gap("fewer-than-total", "It holds more than it sent")
	case a.Warned:
		l.gap("warning", "It says that something is missing")
	case a.BadDates:
		l.gap("bad-date", "Some dates could not be read and are left out")
	case a.Unread > 0:
		l.gap("not-understood", "Some of what it lists could not be understood")
	}
	return nil
}

func (l *list) result() sources.Result {
	r := sources.Result{Gaps: l.gaps}
	for _, d := range l.entries {
		if id := d.Provenance.LocalID; !l.replaced[id] && !l.given[id] {
			l.given[id] = true
			r.Entries = append(r.Entries, d)
		}
	}
	return r
}

// reached words how what a pointer points to is reached. Nothing is fetched from here:
// an address that a pointer brings along could lead anywhere.
func (l *list) reached(d *record.Document, formats []docref.Format) {
	d.Content.Reason = "It is kept by another organisation; the locator does not say how it is reached"
	for _, f := range formats {
		f.Use(d)
		number, callable := telephone(f.URL)
		switch link := l.link(f.URL); {
		case callable:
			d.Content.Reason = "It is not read from here: call whoever holds it"
			d.Note = join(d.Note, "Telephone: "+number)
		case link != "":
			d.Provenance.Link = link
			if f.Kind.Code == contactFormat {
				d.Content.Reason = "It is not read from here: the link says whom to call"
			} else {
				d.Content.Reason = "It opens in the system that keeps it, by its link"
			}
		case f.Kind.Code == contactFormat:
			d.Content.Reason = "It is not read from here: call whoever holds it"
		case f.Mechanism != "" && f.Mechanism != "Direct":
			d.Content.Reason = "It is fetched in a way that is not offered here"
		default:
			d.Content.Reason = "It is kept by another organisation and not fetched from here"
		}
	}
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "\n" + b
}

// telephone is the number of a tel: address, as it is written.
func telephone(address string) (string, bool) {
	number, ok := strings.CutPrefix(address, "tel:")
	if plain, err := url.PathUnescape(number); err == nil {
		number = plain
	}
	if !ok || number == "" || len(number) > 40 || strings.Trim(number, "0123456789+-() ;=ext.") != "" {
		return "", false
	}
	return number, true
}

// link is an address that may be offered: a page of a host that the stanza names.
func (l *list) link(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Port() != "" || !slices.Contains(l.LinkHosts, strings.ToLower(u.Hostname())) {
		return ""
	}
	return u.String()
}
