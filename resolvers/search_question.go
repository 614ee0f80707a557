package resolvers

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// searchInput is what a search was asked with; nil was not given.
type searchInput struct {
	nhsNumber                                                          *record.NHSNumber
	birthDate                                                          *record.Date
	familyName, givenName, gender, postcode, localNumber, organisation *string
}

// question is a search that was understood.
type question struct {
	query record.PersonQuery
	// organisation is an ODS code or the id of a system, folded, for a local number.
	organisation string
}

// named reports whether it goes by a name: then people may be similar.
func (qn question) named() bool { return qn.query.FamilyName != "" }

// asks reports whether a system is one that the question is for.
func (qn question) asks(s *sources.System) bool {
	return qn.organisation == "" || qn.organisation == lowered(s.Origin().ID) || qn.organisation == lowered(s.Origin().Organisation.ODS)
}

// fields are those of demographics that the search goes by, besides those without which
// nobody is shown. What may not be seen may not be searched by: the answer would tell it.
func (qn question) fields() []string {
	fields := []string{"name", "birthDate"}
	if qn.query.NHSNumber != "" {
		fields = append(fields, "nhsNumber")
	}
	if qn.query.Identifier != "" {
		fields = append(fields, "identifiers", "localId")
	}
	if qn.query.Postcode != "" {
		fields = append(fields, "postcode", "addresses")
	}
	if qn.query.Gender != "" {
		fields = append(fields, "gender")
	}
	return fields
}

// searchable reports whether every field that the search goes by may be seen.
func (qn question) searchable(g policy.Grant) bool {
	return !slices.ContainsFunc(qn.fields(), func(f string) bool { return !g.Field(f) })
}

// understand reads what was given, or refuses it with a plain reason that repeats
// nothing of it.
func (r *Resolver) understand(ctx context.Context, in searchInput) (question, error) {
	bad := func(text string) (question, error) { return question{}, refuse(ctx, CodeBadInput, text) }
	texts := map[string]*string{"familyName": in.familyName, "givenName": in.givenName, "gender": in.gender, "postcode": in.postcode,
		"localNumber": in.localNumber, "organisation": in.organisation}
	for _, name := range []string{"familyName", "givenName", "gender", "postcode", "localNumber", "organisation"} {
		if wrong := unfit(deref(texts[name])); wrong != "" {
			return bad("`" + name + "` " + wrong)
		}
	}
	family, local := tidy(in.familyName), tidy(in.localNumber)
	var qn question
	switch byNumber, byLocal := in.nhsNumber != nil, in.localNumber != nil; {
	case byNumber && (byLocal || in.familyName != nil), byLocal && in.familyName != nil:
		return bad("Search by one of `nhsNumber`, `familyName` with `birthDate`, or `localNumber` with `organisation`")
	case byNumber:
		qn.query.NHSNumber = *in.nhsNumber
	case byLocal && utf8.RuneCountInString(local) < 2:
		return bad("`localNumber` needs at least two characters")
	case byLocal && tidy(in.organisation) == "":
		return bad("`localNumber` needs its `organisation`: an ODS code or the id of a system")
	case byLocal:
		qn = question{record.PersonQuery{Identifier: local}, lowered(tidy(in.organisation))}
		if !slices.ContainsFunc(r.Systems, qn.asks) {
			return bad("`organisation` is no ODS code or system of this region")
		}
	case letters(family) < 2:
		return bad("`familyName` needs at least two letters")
	default:
		qn.query = record.PersonQuery{FamilyName: family, GivenName: tidy(in.givenName), Postcode: tidy(in.postcode)}
		if in.birthDate == nil {
			return bad("`familyName` needs `birthDate` with it")
		}
	}
	if qn.named() {
		qn.query.BirthDate = *in.birthDate
		if wrong := r.unborn(*in.birthDate); wrong != "" {
			return bad("`birthDate` " + wrong)
		}
		gender := lowered(tidy(in.gender))
		if gender != "" && !slices.Contains([]string{"male", "female", "other", "unknown"}, gender) {
			return bad("`gender` must be male, female, other or unknown")
		}
		qn.query.Gender = gender
		return qn, nil
	}
	if in.givenName != nil || in.birthDate != nil || in.gender != nil || in.postcode != nil || qn.organisation == "" && in.organisation != nil {
		return bad("A number is searched for alone: leave the other fields out")
	}
	return qn, nil
}

// longest is how many characters a text of a search may have.
const longest = 100

// unfit says why a text cannot be searched by; "" if it can.
func unfit(text string) string {
	switch {
	case strings.ContainsAny(text, "*%?"):
		return "must not hold wildcards"
	case !utf8.ValidString(text) || strings.ContainsFunc(text, func(c rune) bool { return unicode.IsControl(c) || unicode.Is(unicode.Cf, c) }):
		return "must not hold control characters"
	case utf8.RuneCountInString(text) > longest:
		return "is longer than any that there is"
	}
	return ""
}

// oldest is the age that nobody has reached.
const oldest = 130

// unborn says why nobody was born on a date; "" if somebody may have been.
func (r *Resolver) unborn(d record.Date) string {
	born, ok := d.Time()
	today := r.Now().In(r.Zone)
	switch {
	case !ok || len(d) != len(time.DateOnly):
		return "must be a whole date: YYYY-MM-DD"
	case string(d) > today.Format(time.DateOnly):
		return "is in the future"
	case born.Before(today.AddDate(-oldest, 0, 0)):
		return "is too long ago"
	}
	return ""
}

func letters(s string) int {
	n := 0
	for _, c := range s {
		if unicode.IsLetter(c) {
			n++
		}
	}
	return n
}

// tidy gives a text without spaces around it and with single ones in it.
func tidy(text *string) string { return strings.Join(strings.Fields(deref(text)), " ") }

func lowered(s string) string { return strings.ToLower(s) }
