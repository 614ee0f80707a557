package demo

import (
	"encoding/xml"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/demo/xds"
)

// archiveID is the regional archive's id in the region.
const archiveID = "archive"

// How the archive numbers: people by NHS number, its documents below the arc of OIDs
// that is for examples.
const (
	archiveAuthority  = "2.16.840.1.113883.2.1.4.1"
	archiveRepository = "2.999.7.1"
)

func regionalArchive() organisation {
	return organisation{ods: "YZ907", name: "Westmarch Shared Document Archive"}
}

// archived is a letter that somebody outside the region's own systems has sent in.
type archived struct {
	kind          concept
	title, from   string
	ods, by, role string
	mime          string
	words         []string
	restricted    bool
}

func archivedLetters() []archived {
	return []archived{
		{sct("823691000000103", "Clinical letter"), "Optometrist's letter after a sight test", "Quayside Opticians", "FQ901", "Mr Tobias Lenswick", "Optometrist", "application/pdf",
			[]string{"Thank you for seeing this person, whose pressures were 24 mmHg right and 19 mmHg left today.", "Referral to the glaucoma clinic is suggested within 8 weeks."}, false},
		{sct("371525003", "Clinical procedure report"), "Out-of-hours consultation", "Westmarch Urgent Care", "YZ908", "Dr Orla Fennimore", "Out-of-hours GP", "text/plain",
			[]string{"Seen at 02:40 with fever and cough. BP <140/90, SpO2 >95% on air.", "Advised fluids and paracetamol; to contact own surgery if no better in 48 hours."}, false},
		{sct("373942005", "Discharge summary"), "Discharge summary, Eastmarch General", "Eastmarch General Hospital", "RZX", "Miss Adaeze Brightwell", "Consultant surgeon", "text/html",
			[]string{"Admitted for an elective procedure, which went well.", "Wound check in one week by the practice nurse; sutures dissolve."}, false},
		{sct("823691000000103", "Clinical letter"), "Letter of the sexual health clinic", "Harbour Clinic", "YZ909", "Dr Ines Marchbank", "Consultant", "text/plain",
			[]string{"Results were given by telephone. Treatment completed.", "This letter is not to be shared without asking."}, true},
	}
}

// archive writes down what the archive holds of people: of some, letters from outside the
// region's systems, of some a summary of their practice. Whom the national restriction
// hides has nothing in it.
func (c *content) archive(people []*person) {
	for index, p := range people {
		if len(p.truth.nhs) != 10 || p.hidden() || p.scenario == "" && index%3 == 0 {
			continue
		}
		c.archived = append(c.archived, p.archive(index)...)
		for i := range c.patients {
			if x := &c.patients[i]; x.NHSNumber == p.truth.nhs {
				x.Systems = append(x.Systems, archiveID)
				x.LocalIDs[archiveID] = p.truth.nhs
			}
		}
	}
}

func (p *person) hidden() bool {
	for _, s := range p.states {
		if s.hidden {
			return true
		}
	}
	return false
}

// latest is when something was last written of the person, so that letters are of their
// time.
func (p *person) latest() (at time.Time) {
	at = p.truth.born.AddDate(0, 0, 1)
	for _, x := range p.history.problems {
		if x.at.After(at) {
			at = x.at
		}
	}
	for _, x := range p.history.contacts {
		if x.at.After(at) && x.status != "planned" {
			at = x.at
		}
	}
	return at
}

// lived is a moment of the person's life: the day after birth if it was before.
func (p *person) lived(at time.Time) time.Time {
	if first := p.truth.born.AddDate(0, 0, 1); at.Before(first) {
		return first
	}
	return at
}

// file is the number of the person's file in the archive: ids of documents are in logs,
// and tell nobody's number.
func (p *person) file() uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte("archive " + p.truth.nhs))
	return h.Sum32()
}

// archive are the documents of one person.
func (p *person) archive(index int) (all []xds.Document) {
	n := int(p.file() % 1000)
	letters, at := archivedLetters(), p.latest()
	for i, l := range letters {
		if l.restricted && n%12 != 0 && p.scenario != "everything" || !l.restricted && (n+i)%3 == 0 {
			continue
		}
		d := p.letter(l, i, p.lived(at.AddDate(0, -i, -i)))
		if i == 0 && n%4 == 0 { // another has taken its place
			old := p.letter(l, 10, p.lived(at.AddDate(0, -1, 0)))
			old.Deprecated, old.Title = true, old.Title+" (draft)"
			all = append(all, old)
		}
		d.Offline = i == 2 && n%7 == 0
		all = append(all, d)
	}
	if p.in&inGP != 0 && (p.scenario != "" || index%2 == 1) {
		all = append(all, p.summaryDocument(at))
	}
	return all
}

// entry is what every document of the person has.
func (p *person) entry(number int, at time.Time) xds.Document {
	t := p.truth
	sex := map[string]string{"male": "M", "female": "F"}[t.sex]
	return xds.Document{Patient: t.nhs, Unique: fmt.Sprintf("2.999.7.2.%d.%d", p.file(), number), Repository: archiveRepository, Created: at,
		Family: t.family, Given: t.given, Born: strings.ReplaceAll(date(t.born), "-", ""), Sex: sex,
		Confidentiality: xds.Code{Code: "N", Scheme: xds.HL7, Name: "normal"}}
}

func (p *person) letter(l archived, number int, at time.Time) xds.Document {
	d := p.entry(number, at)
	d.Title, d.Mime = l.title, l.mime
	d.Author, d.Role, d.Institution, d.ODS = l.by, l.role, l.from, l.ods
	d.Class = xds.Code{Code: "LETTER", Scheme: "2.999.7.3", Name: "Letters"}
	d.Type = xds.Code{Code: l.kind.code, Scheme: "2.16.840.1.113883.6.96", Name: l.kind.display}
	if l.restricted {
		d.Confidentiality = xds.Code{Code: "R", Scheme: xds.HL7, Name: "restricted"}
	}
	t := p.truth
	sheet := paper{title: l.title, from: l.from, nhs: t.nhs, born: date(t.born), written: date(at), author: l.by, about: strings.TrimSpace(t.given + " " + t.family), words: l.words}
	d.Body = sheet.text
	switch l.mime {
	case "application/pdf":
		d.Body = sheet.pdf
	case "text/html":
		d.Body = func() []byte { return sheet.html("") }
	}
	return d
}

// startArchive starts the archive: registry and repository behind one gate.
func (r *Region) startArchive(documents []xds.Document, c *control, controls, elsewhere string) error {
	server := xds.New(documents, xds.Options{Authority: archiveAuthority})
	front := &wire{gate: c.gate, unwell: server.Unwell, garble: garbleXML, trap: elsewhere + "/" + archiveID + trapPath, serve: xdsServe(server), count: xdsPath}
	address, err := r.startHTTP(front, c)
	if err != nil {
		return fmt.Errorf("%s: %w", archiveID, err)
	}
	org := regionalArchive()
	r.Systems = append(r.Systems, &System{ID: archiveID, Kind: "xds", Organisation: org.ods, Name: org.name, CareSetting: "regional",
		URL: address, Control: controls + "/" + archiveID})
	return nil
}

// garbleXML takes turns: cut short, entities that grow, nesting too deep to parse.
func garbleXML(body []byte, turn int) []byte {
	switch turn % 3 {
	case 1:
		return append([]byte(`<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]><a>&c;</a>`), body...)
	case 2:
		return []byte(strings.Repeat("<a>", 20_000))
	}
	return slices.Clone(body[:len(body)/2])
}

// refusedByXDS are the faults the archive cannot have.
func refusedByXDS() map[string]string {
	const pages = "the archive's answers have no pages and no links"
	return map[string]string{faultEndlessPaging: pages, faultNextLoop: pages, faultNextForeign: pages}
}

// archived makes the texts of the archive's metadata hostile.
func (p *planter) archived(documents []xds.Document) {
	for i := range documents {
		d := &documents[i]
		d.Title, d.Comments, d.Author, d.Role, d.Institution = p.text(d.Title), p.text("A comment"), p.text(d.Author), p.text(d.Role), p.text(d.Institution)
		d.Family, d.Given = p.text(d.Family), p.text(d.Given)
	}
}

func escapeXML(s string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(s)) // a builder cannot fail
	return out.String()
}
