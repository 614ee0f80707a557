package resolvers

import (
	"context"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/patient/match"
	"github.com/patchworkcare/patchwork/record"
)

// comparedField is something of the demographics that systems may state differently.
type comparedField struct {
	field model.DemographicField
	// seen are the fields of the record that must be visible.
	seen  []string
	value func(*record.Person) string
	same  func(a, b string) bool
}

var comparedFields = []comparedField{
	{model.DemographicFieldBirthDate, []string{"birthDate"}, func(p *record.Person) string { return string(p.BirthDate.Day()) },
		func(a, b string) bool { return strings.HasPrefix(a, b) || strings.HasPrefix(b, a) }}, // one may know the year only
	{model.DemographicFieldFamilyName, []string{"name"}, func(p *record.Person) string { return p.Name.Family }, sameName},
	{model.DemographicFieldGivenName, []string{"name"}, firstGiven, sameName},
	{model.DemographicFieldGender, []string{"gender"}, func(p *record.Person) string {
		if p.Gender == "unknown" {
			return ""
		}
		return p.Gender
	}, strings.EqualFold},
	{model.DemographicFieldPostcode, []string{"addresses", "postcode"}, currentPostcode, func(a, b string) bool { return packed(a) == packed(b) }},
	{model.DemographicFieldNhsNumber, []string{"nhsNumber"}, func(p *record.Person) string { return string(p.NHSNumber) },
		func(a, b string) bool { return a == b }},
}

func sameName(a, b string) bool { return match.Similarity(a, b) == 1 }

func firstGiven(p *record.Person) string {
	if len(p.Name.Given) == 0 {
		return ""
	}
	return p.Name.Given[0]
}

func currentPostcode(p *record.Person) string {
	for _, a := range p.Addresses {
		if a.Use != "old" && a.Use != "temp" && a.Postcode != "" {
			return a.Postcode
		}
	}
	return ""
}

func packed(postcode string) string { return strings.ToUpper(strings.ReplaceAll(postcode, " ", "")) }

// conflicts are where the systems that know a person state other demographics than each
// other; null while it cannot be said that there are none.
func (r *Resolver) conflicts(ctx context.Context, p *patient.Patient) []*model.DemographicConflict {
	set := section[*record.Person](ctx, r, p, record.Demographics, nil)
	out := []*model.DemographicConflict{}
	for i := range comparedFields {
		if c := r.conflict(requestFrom(ctx), &comparedFields[i], set); c != nil {
			out = append(out, c)
		}
	}
	if len(out) == 0 && (len(set.Missing) > 0 || len(set.Entries) == 0) {
		return nil
	}
	return out
}

// conflict is one field with every system's own, in the region's order; nil if they agree.
func (r *Resolver) conflict(q *request, f *comparedField, set *record.Set[*record.Person]) *model.DemographicConflict {
	c := &model.DemographicConflict{Field: f.field}
	// By what may be seen, not by what is said to be withheld: of what is concealed that
	// says nothing.
	if slices.ContainsFunc(f.seen, func(field string) bool {
		return !q.policy.Has(sectionClass(record.Demographics), policy.Fields(set.Fields), field)
	}) {
		return nil
	}
	differ := false
	for _, s := range r.Systems {
		for _, p := range set.Entries {
			value := f.value(p)
			if p.Provenance.Source != s.Origin() || value == "" || hides(f, p.Withheld) {
				continue
			}
			for _, other := range c.Values {
				differ = differ || !f.same(*other.Value, value)
			}
			c.Values = append(c.Values, &model.StatedValue{Source: s.Origin(), Value: &value})
		}
	}
	if !differ {
		return nil
	}
	return c
}

// hides reports whether a field that must be visible is withheld.
func hides(f *comparedField, withheld []string) bool {
	return slices.ContainsFunc(f.seen, func(field string) bool { return slices.Contains(withheld, field) })
}
