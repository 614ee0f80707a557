package demo

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/demo/xds"
)

// xdsPath is the path a request is counted under.
func xdsPath(r *http.Request) string { return r.URL.Path }

func xdsServe(s *xds.Server) func(http.ResponseWriter, *http.Request, visit) {
	return func(w http.ResponseWriter, r *http.Request, v visit) { s.Serve(w, r, v.fault.Name) }
}

// summaryDocument is the summary that the person's practice has sent in: HL7 CDA with
// coded entries (C-CDA's continuity of care document).
func (p *person) summaryDocument(at time.Time) xds.Document {
	d := p.entry(99, at)
	code := xds.Code{Code: "34133-9", Scheme: "2.16.840.1.113883.6.1", Name: "Summarization of episode note"}
	d.Title, d.Mime, d.Class, d.Type = "Summary of the practice", "text/xml", code, code
	d.Institution, d.ODS = p.truth.practice.name, p.truth.practice.ods
	d.Body = func() []byte { return p.ccd(at) }
	return d
}

// ccd writes the document.
func (p *person) ccd(at time.Time) []byte {
	t := p.truth
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<id root="2.999.7.2.%d.99"/><code code="34133-9" codeSystem="2.16.840.1.113883.6.1"/><title>Summary of the practice</title>
<effectiveTime value="%s"/><confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/>
<recordTarget><patientRole><id root="%s" extension="%s"/><patient><name><given>%s</given><family>%s</family></name><birthTime value="%s"/></patient></patientRole></recordTarget>
<author><time value="%s"/><assignedAuthor><assignedPerson><name><prefix>Dr</prefix><given>Rowan</given><family>Ashdale</family></name></assignedPerson>
<representedOrganization><id root="2.16.840.1.113883.2.1.3.2.4.19.1" extension="%s"/><name>%s</name></representedOrganization></assignedAuthor></author>
<component><structuredBody>
`, p.file(), moment(at), archiveAuthority, t.nhs, escapeXML(t.given), escapeXML(t.family), moment(t.born)[:8], moment(at), t.practice.ods, escapeXML(t.practice.name))
	p.ccdAllergies(&b)
	p.ccdMedicines(&b)
	p.ccdProblems(&b)
	p.ccdVaccinations(&b)
	b.WriteString("</structuredBody></component></ClinicalDocument>\n")
	return []byte(b.String())
}

func moment(at time.Time) string { return at.UTC().Format("20060102150405") + "+0000" }

// shared reports whether an entry is the practice's own, and one that it shares.
func shared(s said) bool { return s.in&inGP != 0 && !s.mistaken && s.label == "" }

// section writes a section: its words, and its entries. One without any says that there
// is no information, which is not that there is nothing.
func ccdSection(b *strings.Builder, code, title string, words, entries []string) {
	empty := ""
	if len(entries) == 0 {
		empty, words = ` nullFlavor="NI"`, []string{"No information"}
	}
	fmt.Fprintf(b, "<component><section%s><code code=%q codeSystem=\"2.16.840.1.113883.6.1\"/><title>%s</title><text><list>", empty, code, title)
	for _, w := range words {
		b.WriteString("<item>" + escapeXML(w) + "</item>")
	}
	b.WriteString("</list></text>\n" + strings.Join(entries, "\n") + "</section></component>\n")
}

// ccdCode writes a code; attributes come before it.
func ccdCode(element string, c concept) string {
	return fmt.Sprintf(`<%s code="%s" codeSystem="2.16.840.1.113883.6.96" displayName="%s"/>`, element, c.code, escapeXML(c.display))
}

func (p *person) ccdAllergies(b *strings.Builder) {
	var words, entries []string
	for i, a := range p.history.allergies {
		if !shared(a.said) {
			continue
		}
		agent, denied, kind := ccdCode("code", a.code), "", sct("419199007", "Allergy to substance")
		words = append(words, a.code.display)
		if a.none {
			agent, denied = ccdCode("code", sct("105590001", "Substance")), ` negationInd="true"`
			words[len(words)-1] = "No known allergies"
		}
		reaction := ""
		if a.reaction.code != "" {
			reaction = `<entryRelationship typeCode="MFST" inversionInd="true"><observation classCode="OBS" moodCode="EVN"><code code="ASSERTION"/>` + ccdCode(`value xsi:type="CD"`, a.reaction) + `</observation></entryRelationship>`
		}
		state := map[bool]string{true: "completed", false: "active"}[a.resolved]
		entries = append(entries, fmt.Sprintf(`<entry><act classCode="ACT" moodCode="EVN"><statusCode code="%s"/><entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN"%s><id root="2.999.7.4.1" extension="%d-%d"/><statusCode code="completed"/><effectiveTime><low value="%s"/></effectiveTime>%s<participant typeCode="CSM"><participantRole classCode="MANU"><playingEntity classCode="MMAT">%s</playingEntity></participantRole></participant>%s</observation></entryRelationship></act></entry>`,
			state, denied, p.file(), i, moment(a.at)[:8], ccdCode(`value xsi:type="CD"`, kind), agent, reaction))
	}
	ccdSection(b, "48765-2", "Allergies", words, entries)
}

func (p *person) ccdMedicines(b *strings.Builder) {
	var words, entries []string
	for i, m := range p.history.medicines {
		if !shared(m.said) || !m.stopped.IsZero() {
			continue
		}
		sig := strings.TrimSpace(m.dose + " " + m.freq)
		words = append(words, m.code.display+": "+sig)
		entries = append(entries, fmt.Sprintf(`<entry><substanceAdministration classCode="SBADM" moodCode="EVN"><id root="2.999.7.4.2" extension="%d-%d"/><statusCode code="active"/><effectiveTime xsi:type="IVL_TS"><low value="%s"/></effectiveTime><consumable><manufacturedProduct><manufacturedMaterial>%s</manufacturedMaterial></manufacturedProduct></consumable><entryRelationship typeCode="COMP"><substanceAdministration classCode="SBADM" moodCode="EVN"><code code="76662-6" codeSystem="2.16.840.1.113883.6.1"/><text>%s</text></substanceAdministration></entryRelationship></substanceAdministration></entry>`,
			p.file(), i, moment(m.at)[:8], ccdCode("code", m.code), escapeXML(sig)))
	}
	ccdSection(b, "10160-0", "Medicines", words, entries)
}

func (p *person) ccdProblems(b *strings.Builder) {
	var words, entries []string
	for i, x := range p.history.problems {
		if !shared(x.said) {
			continue
		}
		words = append(words, x.code.display)
		high := ""
		if !x.end.IsZero() {
			high = `<high value="` + moment(x.end)[:8] + `"/>`
		}
		entries = append(entries, fmt.Sprintf(`<entry><act classCode="ACT" moodCode="EVN"><statusCode code="active"/><entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN"><id root="2.999.7.4.3" extension="%d-%d"/><statusCode code="completed"/><effectiveTime><low value="%s"/>%s</effectiveTime>%s</observation></entryRelationship></act></entry>`,
			p.file(), i, moment(x.at)[:8], high, ccdCode(`value xsi:type="CD"`, x.code)))
	}
	ccdSection(b, "11450-4", "Problems", words, entries)
}

func (p *person) ccdVaccinations(b *strings.Builder) {
	var words, entries []string
	for i, v := range p.history.vaccinations {
		if !shared(v.said) {
			continue
		}
		words = append(words, v.code.display)
		entries = append(entries, fmt.Sprintf(`<entry><substanceAdministration classCode="SBADM" moodCode="EVN" negationInd="%t"><id root="2.999.7.4.4" extension="%d-%d"/><statusCode code="completed"/><effectiveTime value="%s"/><consumable><manufacturedProduct><manufacturedMaterial>%s</manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration></entry>`,
			v.notGiv, p.file(), i, moment(v.at)[:8], ccdCode("code", v.code)))
	}
	ccdSection(b, "11369-6", "Immunisations", words, entries)
}
