package demo

import (
	"regexp"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/demo/pds"
)

// planter puts a payload behind every text of every system, as it stands on the wire: the
// same text has the same payload everywhere, so that systems agree on a person's name as
// before. What a system means something by (ids, references, dates, closed codes) it leaves.
// A nil planter plants nothing.
type planter struct {
	payloads []string
	of       map[string]string // payload by text, whatever its case: the PAS shouts
	left     map[string]bool   // hostile already
}

func newPlanter() *planter {
	p := &planter{payloads: HostilePayloads(), of: map[string]string{}, left: map[string]bool{"": true}}
	for _, text := range append(PlainTexts(), p.payloads...) {
		p.left[text] = true
	}
	return p
}

// text is the text with its payload.
func (p *planter) text(s string) string {
	if p == nil || p.left[s] || overlong(s) {
		return s
	}
	key := strings.ToLower(s)
	if p.of[key] == "" {
		p.of[key] = p.payloads[len(p.of)%len(p.payloads)]
	}
	planted := s + " " + p.of[key]
	p.left[planted] = true
	return planted
}

// words plants every word by itself, where a system runs together what others keep apart.
func (p *planter) words(s string) string {
	all := strings.Split(s, " ")
	for i, word := range all {
		all[i] = p.text(word)
	}
	return strings.Join(all, " ")
}

// overlong texts, and those whose letters are the trap, are hostile by themselves.
func overlong(s string) bool {
	return len(s) > 500 || strings.ContainsAny(s, "\u0000\u200b\u202c\u202e\u2066\u2067")
}

// day matches FHIR's dates and times.
var day = regexp.MustCompile(`^\d{4}(-\d\d(-\d\d(T.*)?)?)?$`)

// meant are the elements of FHIR whose strings are meant, not read: ids, addresses within
// FHIR, and closed codes.
func meant() []string {
	return strings.Fields("resourceType id reference system code use status docStatus intent gender mode criticality lifecycleStatus priority contentType " +
		"relation severity type category kind url profile versionId lastUpdated valueCode valueUri valueCanonical valueUrl data hash identifier meta instantiatesCanonical comparator")
}

// store plants a FHIR server's resources.
func (p *planter) store(from *fhirStore) (*fhirStore, error) {
	if p == nil {
		return from, nil
	}
	to := newFHIRStore()
	for _, kind := range sortedKeys(from.byKind) {
		for _, r := range from.byKind[kind] {
			if err := to.put(p.object(r.content)); err != nil {
				return nil, err
			}
		}
	}
	return to, nil
}

func (p *planter) object(from object) object {
	to := make(object, len(from))
	for _, key := range sortedKeys(from) {
		to[key] = p.element(from, key)
	}
	return to
}

// element is one element planted. What is an object or a list of them is gone into, also
// where a string of its name would be meant.
func (p *planter) element(in object, key string) any {
	switch {
	case key == "identifier" || key == "meta":
		return in[key]
	case slices.Contains(meant(), key):
		return p.value(in[key], false)
	}
	return p.value(in[key], true)
}

func (p *planter) value(v any, plant bool) any {
	switch v := v.(type) {
	case object:
		return p.object(v)
	case list:
		all := make(list, len(v))
		for i := range v {
			all[i] = p.value(v[i], plant)
		}
		return all
	case string:
		if plant && !day.MatchString(v) {
			return p.text(v)
		}
	}
	return v
}

// rows plants the rows of a database or an extract.
func (p *planter) rows(tables map[string][]row) {
	if p == nil {
		return
	}
	for _, name := range sortedKeys(tables) {
		for _, r := range tables[name] {
			for _, column := range sortedKeys(r) {
				r[column] = p.column(column, r[column])
			}
		}
	}
}

// meantColumns are the columns of the PAS and the extract that hold no text.
func meantColumns() []string {
	return strings.Fields("nhs_no nhs_status nhs_number nhs_number_status sex gender dob dod date_of_birth date_of_death updated status rank sensitive severity domain code duration " +
		"duration_minutes info_share sharing_consent list_type next_of_kin main_carer power_of_attorney restricted alert_type mime")
}

func (p *planter) column(name, value string) string {
	for _, end := range []string{"_id", "_code", "_date", "_time"} {
		if strings.HasSuffix(name, end) {
			return value
		}
	}
	switch {
	case slices.Contains(meantColumns(), name):
		return value
	case name == "first_names":
		return p.words(value)
	}
	return p.text(value)
}

// national plants what the register says of a person.
func (p *planter) national(n *pds.Person) {
	if p == nil {
		return
	}
	for _, text := range []*string{&n.Title, &n.Given, &n.Middle, &n.Family, &n.FormerFamily, &n.Phone, &n.Mobile, &n.Email, &n.LanguageName, &n.ContactMethod, &n.Format, &n.ContactTimes} {
		*text = p.text(*text)
	}
	for _, a := range []*pds.Address{&n.Home, &n.Temporary, &n.Former} {
		for i := range a.Lines {
			a.Lines[i] = p.text(a.Lines[i])
		}
		a.Postcode, a.Text = p.text(a.Postcode), p.text(a.Text)
	}
}
