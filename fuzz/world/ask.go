package world

import (
	"reflect"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// Record finds what a source holds under a local id; nil if nothing.
func (w *World) Record(source, localID string) *Record {
	for _, p := range w.People {
		for _, r := range p.Records {
			if r.Source == source && r.LocalID == localID {
				return r
			}
		}
	}
	return nil
}

// In are the person's records in one source.
func (p *Person) In(source string) []*Record {
	var list []*Record
	for _, r := range p.Records {
		if r.Source == source {
			list = append(list, r)
		}
	}
	return list
}

// Person is the demographics of a record.
func (r *Record) Person() *record.Person {
	return r.Sections[record.Demographics].Entries[0].Value.(*record.Person)
}

// Codes are codes that stand in a section of the record: of entries and their parts.
func (r *Record) Codes(s record.Section) []string {
	var codes []string
	take := func(c record.Concept) {
		for _, k := range c.Codings {
			codes = append(codes, k.Code)
		}
	}
	if r.Sections[s] == nil {
		return nil
	}
	for _, e := range r.Sections[s].Entries {
		take(e.Value.Common().Code)
		switch x := e.Value.(type) {
		case *record.Result:
			for _, m := range x.Measurements {
				take(m.Code)
			}
		case *record.Observation:
			for _, m := range x.Components {
				take(m.Code)
			}
		}
	}
	return codes
}

// Find gives the people of one source who match, as its search would: by NHS number,
// by local id, by local number, by family name and birth date narrowed by what else is
// given, or everybody born on a day or on it with day and month exchanged.
func (w *World) Find(source string, q record.PersonQuery) []record.Person {
	var found []record.Person
	for _, p := range w.People {
		for _, r := range p.In(source) {
			if d := r.Person(); fits(d, q) {
				found = append(found, *Copy(d).(*record.Person))
			}
		}
	}
	return found
}

func fits(p *record.Person, q record.PersonQuery) bool {
	switch {
	case q.NHSNumber != "":
		return p.NHSNumber == q.NHSNumber
	case q.LocalID != "":
		return p.Subject == q.LocalID
	case q.Identifier != "":
		return strings.EqualFold(p.Subject, q.Identifier)
	case q.Fuzzy:
		return p.BirthDate == q.BirthDate || p.BirthDate == exchanged(q.BirthDate)
	case !strings.EqualFold(p.Name.Family, q.FamilyName) || p.BirthDate != q.BirthDate:
		return false
	case q.GivenName != "" && (len(p.Name.Given) == 0 || !strings.EqualFold(p.Name.Given[0], q.GivenName)):
		return false
	case q.Gender != "" && p.Gender != "" && !strings.EqualFold(p.Gender, q.Gender):
		return false
	case q.Postcode != "" && (len(p.Addresses) == 0 || !strings.EqualFold(p.Addresses[0].Postcode, q.Postcode)):
		return false
	}
	return q.FamilyName != ""
}

// exchanged is a date with day and month exchanged; no date where there is no such day.
func exchanged(d record.Date) record.Date {
	if len(d) != len("2006-01-02") {
		return ""
	}
	other, err := record.ParseDate(string(d[:5] + d[8:] + "-" + d[5:7]))
	if err != nil {
		return ""
	}
	return other
}

// Copy makes a statement anew, sharing nothing: what is given to a server is the
// server's, which stamps it.
func Copy(e record.Entry) record.Entry {
	return deep(reflect.ValueOf(e)).Interface().(record.Entry)
}

func deep(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			out.Set(reflect.New(v.Type().Elem()))
			out.Elem().Set(deep(v.Elem()))
		}
	case reflect.Slice:
		if !v.IsNil() {
			out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
			for i := range v.Len() {
				out.Index(i).Set(deep(v.Index(i)))
			}
		}
	case reflect.Struct:
		out.Set(v) // unexported fields of time.Time too
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				out.Field(i).Set(deep(v.Field(i)))
			}
		}
	default:
		out.Set(v)
	}
	return out
}

// Said are what the entries of a section say of themselves: words to look for, and the
// organisations that recorded them.
func (r *Record) Said(s record.Section) (words, organisations []string) {
	if r.Sections[s] == nil {
		return nil, nil
	}
	for _, e := range r.Sections[s].Entries {
		b := e.Value.Common()
		words = append(words, b.Code.Label(), b.Note)
		if b.Author != nil {
			words = append(words, b.Author.Name, b.Author.Organisation.Name)
		}
		organisations = append(organisations, b.Provenance.Organisation.Name, b.Provenance.Organisation.ODS)
	}
	return words, organisations
}
