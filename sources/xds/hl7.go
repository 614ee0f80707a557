package xds

import (
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/cda"
)

// subject is the id of a CX (id^^^&OID&ISO) in the archive's own numbering. One of
// another authority stays whole, so that it is nobody's local id.
func (s *source) subject(cx string) string {
	parts := strings.Split(cx, "^")
	if len(parts) < 4 {
		return cx
	}
	authority := strings.Split(parts[3], "&")
	if len(authority) < 2 || authority[1] != s.PatientAuthority || parts[0] == "" {
		return cx
	}
	return unescape(parts[0])
}

// unescape undoes the escapes of HL7 v2 in a component.
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	return strings.NewReplacer(`\F\`, "|", `\S\`, "^", `\T\`, "&", `\R\`, "~", `\E\`, `\`).Replace(s)
}

// components are the parts of a composite, without escapes; as many as are asked for.
func components(s string, n int) []string {
	parts := strings.Split(s, "^")
	for len(parts) < n {
		parts = append(parts, "")
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(unescape(parts[i]))
	}
	return parts
}

// odsAuthority is the OID of ODS codes in an XON.
var odsAuthority = map[string]bool{"1.2.826.0.1285.0.1.10": true, "2.16.840.1.113883.2.1.3.2.4.19.1": true}

// author reads the slots of an author: XCN, XON and words.
func author(s slots) *record.Actor {
	a := record.Actor{Name: xcn(s.first("authorPerson")), Role: components(s.first("authorRole"), 1)[0]}
	if a.Role == "" {
		a.Role = components(s.first("authorSpecialty"), 1)[0]
	}
	xon := components(s.first("authorInstitution"), 10)
	a.Organisation.Name = xon[0]
	if authority := strings.Split(xon[5], "&"); len(authority) > 1 && odsAuthority[authority[1]] {
		a.Organisation.ODS = xon[9]
	}
	if a.IsZero() {
		return nil
	}
	return &a
}

// xcn is a person's name as one line; one without parts is given as it stands.
func xcn(s string) string {
	if !strings.Contains(s, "^") {
		return strings.TrimSpace(unescape(s))
	}
	p := components(s, 6)
	var words []string
	for _, w := range []string{p[5], p[2], p[3], strings.Split(p[1], "&")[0], p[4]} {
		if w != "" {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}

// moment reads a time: the metadata's are UTC by definition.
func moment(s string, zone *time.Location) record.Date { return cda.Moment(s, zone) }

// person is what an entry says of whom it is about (sourcePatientInfo, PID).
type person struct {
	family, given, sex string
	born               record.Date
}

func personOf(s slots) (p person) {
	for _, v := range s["sourcePatientInfo"] {
		field, value, _ := strings.Cut(v, "|")
		switch field {
		case "PID-5":
			parts := components(value, 2)
			p.family, p.given = strings.Split(parts[0], "&")[0], parts[1]
		case "PID-7":
			p.born = moment(value, time.UTC).Day()
		case "PID-8":
			p.sex = map[string]string{"M": "male", "F": "female", "O": "other", "U": "unknown"}[value]
		}
	}
	return p
}
