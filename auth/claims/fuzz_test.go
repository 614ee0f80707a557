package claims_test

import (
	"encoding/json"
	"slices"
	"testing"
	"unicode"

	"github.com/patchworkcare/patchwork/auth"
)

// FuzzMap: whatever JSON a provider sends, the mapping gives what the stanza allows or
// refuses in one of its three ways, and doctors are those in the list of groups.
func FuzzMap(f *testing.F) {
	for _, seed := range []string{
		`{"name": "Dr A", "acr": "aal3", "groups": ["Doctors"]}`, `{"acr": "aal3", "groups": {"Doctors": true}}`, `{"acr": ["aal3"], "groups": "Doctors"}`,
		`{"acr": "aal3", "groups": [["Doctors"], "Pharmacy"], "privacy": 1}`, `{"roles": [{"code": "R8000", "org": "A81001"}, {"code": "R8000", "org": "X"}]}`,
		`{"more": ["a81001", 3], "manager": true, "setting": "gp", "given": "\u202e", "family": null}`, `{"groups": [1e300, -0.0, {"": [[]]}], "acr": "aal3", "privacy": true}`,
	} {
		f.Add(seed)
	}
	one, several := compiled(f, hospital(), two[:1]), compiled(f, region(), two)
	f.Fuzz(func(t *testing.T, text string) {
		var said object
		if json.Unmarshal([]byte(text), &said) != nil {
			return
		}
		id, err := one.Map(proofOf(said))
		check(t, id, err, "RRV01")
		groups, _ := said["groups"].([]any)
		isDoctor := slices.ContainsFunc(id.Positions, func(p auth.Position) bool { return p.Role == auth.RoleHospitalDoctor })
		if err == nil && (said["acr"] != "aal3" || isDoctor != slices.ContainsFunc(groups, func(g any) bool { return g == any("Doctors") })) {
			t.Errorf("%s gives %s", text, words(id.Positions))
		}
		id, err = several.Map(proofOf(said))
		check(t, id, err, "RRV01", "A81001")
	})
}

func check(t *testing.T, id auth.Identity, err error, organisations ...string) {
	if err != nil {
		r := refusalOf(t, err)
		if !slices.Contains([]auth.RefusalCode{auth.RefusedRequirement, auth.RefusedNoRole, auth.RefusedInvalid}, r.Code) || len(id.Positions) > 0 {
			t.Errorf("%+v %+v", r, id)
		}
		return
	}
	if len(id.Positions) == 0 || len(id.Positions) > 50 || id.Name == "" || len(id.Name) > 200 {
		t.Errorf("%+v", id)
	}
	for _, r := range id.Name {
		if !unicode.IsPrint(r) {
			t.Errorf("%q is not printable", id.Name)
		}
	}
	for _, p := range id.Positions {
		if !p.Role.Valid() || !slices.Contains(organisations, p.Organisation.ODS) {
			t.Errorf("%+v", p)
		}
	}
}
