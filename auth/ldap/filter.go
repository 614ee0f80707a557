package ldap

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/go-ldap/ldap/v3"
)

// userFilter is the filter that finds a person, taken apart.
type userFilter struct {
	template string
	// attribute is compared with before + the user name + after; comparison is that part of
	// the template.
	attribute, before, after, comparison string
}

const usernamePlace = "{username}"

// comparison is a simple equality with the user name in its value: only then can it be
// known which name the person found has.
var comparison = regexp.MustCompile(`\(([A-Za-z][A-Za-z0-9-]*|[0-9.]+)=([^()*\\]*)\{username\}([^()*\\]*)\)`)

func parseUserFilter(template string) (*userFilter, error) {
	m := comparison.FindStringSubmatch(template)
	if m == nil || strings.Count(template, usernamePlace) != 1 {
		return nil, errors.New("must have {username} exactly once, compared with an attribute as in (uid={username})")
	}
	f := &userFilter{template: template, comparison: m[0], attribute: m[1], before: m[2], after: m[3]}
	for _, filter := range []string{f.fill("x"), f.class()} {
		if _, err := ldap.CompileFilter(filter); err != nil {
			return nil, errors.New("is not a filter, such as (&(objectClass=person)(uid={username}))")
		}
	}
	return f, nil
}

// fill is the filter for a name, which is data whatever it holds: RFC 4515 §3.
func (f *userFilter) fill(name string) string {
	return strings.Replace(f.template, usernamePlace, ldap.EscapeFilter(name), 1)
}

// class is what everybody matches who may sign in here, whatever their name.
func (f *userFilter) class() string {
	return strings.Replace(f.template, f.comparison, "("+f.attribute+"=*)", 1)
}

// names reports whether the entry has the name, in a spelling that the lock-out counts as
// this one. A directory may find more than that: some compare without accents, or by the
// sound. Whoever is found like that has not been named, or the lock-out could be got
// round by spelling. known is false if the entry shows no such attribute.
func (f *userFilter) names(entry *ldap.Entry, name string) (found string, known bool) {
	values := entry.GetEqualFoldAttributeValues(f.attribute)
	want := fold(f.before + name + f.after)
	for _, v := range values {
		if fold(v) == want {
			return v, true
		}
	}
	return "", len(values) > 0
}

// fillMoment writes the time into a filter: GeneralizedTime (RFC 4517 §3.3.13), and
// Active Directory's FILETIME, 100 ns since 1601 (MS-DTYP §2.3.3).
func fillMoment(filter string, now time.Time) string {
	const from1601to1970 = 11_644_473_600
	return strings.NewReplacer(
		"{now}", now.UTC().Format("20060102150405Z"),
		"{filetime}", strconv.FormatInt((now.Unix()+from1601to1970)*10_000_000, 10),
	).Replace(filter)
}

// fill is the filter for the groups of a person.
func (g *Groups) fill(dn, username string) string {
	filter := g.filter()
	if g.Nested {
		filter = nestedComparison.ReplaceAllString(filter, "(${1}:1.2.840.113556.1.4.1941:={dn})")
	}
	return strings.NewReplacer("{dn}", ldap.EscapeFilter(dn), usernamePlace, ldap.EscapeFilter(username)).Replace(filter)
}

var nestedComparison = regexp.MustCompile(`\(([A-Za-z][A-Za-z0-9-]*)=\{dn\}\)`)
