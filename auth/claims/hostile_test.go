package claims_test

import (
	"math"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/claims"
)

// trusting are rules as a hurried operator writes them: each of them must hold against
// values of every other shape.
func trusting() claims.Rules {
	return claims.Rules{
		Name:        `claims.?given.orValue("") + claims.?family.orValue("")`,
		Identifiers: map[string]string{"email": `claims.email`, "gmc": `claims.gmc.split(" ")[0]`},
		Require:     []claims.Requirement{{That: `!("Suspended" in claims.?flags.orValue([]))`, Else: "Ask the help desk"}},
		Roles: []claims.RoleRule{
			{When: `"admin" in claims.groups`, Role: "administrator"},
			{When: `claims.groups.exists(g, g == "admin")`, Role: "administrator"},
			{When: `claims.groups.all(g, g == "admin") && size(claims.groups) > 0`, Role: "administrator"},
			{When: `claims.groups.filter(g, g == "admin").size() > 0`, Role: "administrator"},
			{When: `claims.groups.map(g, g.lowerAscii()).exists_one(g, g == "admin")`, Role: "administrator"},
			{When: `claims.?groups.orValue([]).exists(g, g.matches("^admin$"))`, Role: "administrator"},
			{When: `claims.groups.join(",") == "admin"`, Role: "administrator"},
			{When: `claims.admin`, Role: "administrator"},
			{When: `claims.level >= 3`, Role: "administrator"},
			{When: `claims.level > 2.0 && claims.level < 10.0`, Role: "administrator"},
			{When: `has(claims.org) && claims.org.type == "admin"`, Role: "administrator"},
			{Each: `claims.groups`, When: `it == "admin"`, Role: "administrator"},
			{Each: `claims.groups`, When: `it.name == "admin"`, Role: "administrator"},
			{Each: `claims.roles`, Role: "administrator", Organisation: `it.ods`},
		},
	}
}

// A value of a wrong shape never gives a role, whatever the rule.
func TestConfusedClaimsGiveNoRole(t *testing.T) {
	t.Parallel()
	m := compiled(t, trusting(), two[:1])
	cases := map[string]any{
		"a text": "admin", "a longer text": "not-admin administrators", "an object": object{"admin": true}, "an object of objects": object{"admin": object{"name": "admin"}},
		"keys as indexes": object{"0": "admin", "length": int64(1)}, "a number": int64(1), "a fraction": 1.5, "NaN": math.NaN(), "infinity": math.Inf(1),
		"true": true, "nothing": nil, "an empty list": list{}, "lists in lists": list{list{"admin"}, list{list{"admin"}}},
		"an object in a list": list{object{"admin": "admin"}}, "a part": list{"administrator", "not-admin", "admin ", " admin", "admin\x00", "admin\n"},
		"look-alikes":  list{"аdmin", "ａｄｍｉｎ", "admın", "admin\u200b", "\u202eadmin", "ad\u00admin", "ADMİN"},
		"one as words": "[admin]", "one with commas": "x,admin", "JSON": `["admin"]`, "a pattern": ".*", "numbers": list{int64(0), math.NaN(), true, nil},
		"a broken text": list{"admin\xff", "\xed\xa0\x80"}, "prototypes": object{"__proto__": object{"admin": true}, "constructor": "admin", "toString": "admin"},
	}
	for name, v := range cases {
		for _, key := range []string{"groups", "admin", "level", "org", "roles", "it", "__proto__", "", "groups.0", "claims"} {
			if key == "admin" && v == true {
				continue // that is the one right value there
			}
			if f, ok := v.(float64); ok && key == "level" && f > 2 {
				continue
			}
			said := object{"email": "a@b.example", key: v, "__proto__": v}
			if id, err := m.Map(proofOf(said)); err == nil {
				t.Errorf("%s as %q gives %s", name, key, words(id.Positions))
			} else if r := refusalOf(t, err); r.Code != auth.RefusedNoRole {
				t.Errorf("%s as %q: %s %s", name, key, r.Code, r.Cause)
			}
		}
		_, err := m.Map(proofOf(object{"groups": list{"admin"}, "flags": v}))
		if _, isList := v.([]any); !isList {
			if r := refusalOf(t, err); r.Code != auth.RefusedRequirement {
				t.Errorf("%s as flags: %v", name, r)
			}
		}
	}
}

// nested is v in n objects and lists.
func nested(v any, n int) any {
	for i := range n {
		v = object{"a": v}
		if i%2 == 0 {
			v = list{v}
		}
	}
	return v
}

func repeated(v any, n int) list {
	all := make(list, n)
	for i := range all {
		all[i] = v
	}
	return all
}

// What no JSON holds is refused, not evaluated.
func TestOddTypesAreRefused(t *testing.T) {
	t.Parallel()
	m := compiled(t, trusting(), two[:1])
	for _, v := range []any{[]string{"admin"}, map[string]bool{"admin": true}, 1, struct{}{}, []byte("admin"), map[any]any{"admin": 1}, func() {}} {
		_, err := m.Map(proofOf(object{"groups": list{v}}))
		if r := refusalOf(t, err); r.Code != auth.RefusedInvalid {
			t.Errorf("%T: %v", v, r)
		}
	}
}

// What is within the bounds is mapped, what is beyond is refused before anything is tried.
func TestBoundsOfClaims(t *testing.T) {
	t.Parallel()
	m := compiled(t, claims.Rules{Roles: []claims.RoleRule{{When: `true`, Role: "gp"}}}, two[:1])
	k := strings.Repeat("x", 1<<10)
	for name, c := range map[string]struct {
		well, bad object
	}{
		"values": {object{"a": repeated("x", 4998)}, object{"a": repeated("x", 4999)}},
		"depth":  {object{"a": nested("x", 9)}, object{"a": nested("x", 11)}},
		"text":   {object{"a": repeated(k, 255)}, object{"a": repeated(k, 256)}},
		"one":    {object{"a": strings.Repeat(k, 4)}, object{"a": strings.Repeat(k, 4) + "x"}},
		"key":    {object{strings.Repeat(k, 4): true}, object{strings.Repeat(k, 4) + "x": true}},
	} {
		if _, err := m.Map(proofOf(c.well)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		_, err := m.Map(proofOf(c.bad))
		if r := refusalOf(t, err); r.Code != auth.RefusedInvalid {
			t.Errorf("%s: %v", name, r)
		}
	}
}
