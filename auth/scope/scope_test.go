package scope_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth/scope"
)

const vitalSigns = "patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|vital-signs"

func TestScopesAreRead(t *testing.T) {
	t.Parallel()
	for text, v2 := range map[string]string{
		"openid": "openid", "fhirUser": "fhirUser", "profile": "profile", "launch": "launch", "launch/patient": "launch/patient",
		"launch/encounter": "launch/encounter", "online_access": "online_access", "offline_access": "offline_access",
		"patient/*.read":                            "patient/*.rs",
		"patient/*.write":                           "patient/*.cud",
		"patient/*.*":                               "patient/*.cruds",
		"user/Observation.read":                     "user/Observation.rs",
		"system/Patient.s":                          "system/Patient.s",
		"patient/Observation.rs":                    "patient/Observation.rs",
		"patient/*.cruds":                           "patient/*.cruds",
		vitalSigns:                                  vitalSigns,
		"user/Encounter.r?b=2&a=":                   "", // an empty value is no search
		"user/Encounter.r?b=2&a=1&b=2":              "user/Encounter.r?a=1&b=2",
		"user/Observation.s?code:in=http%3A%2F%2Fv": "user/Observation.s?code:in=http://v",
	} {
		s, err := scope.Parse(text)
		if v2 == "" {
			if err == nil {
				t.Errorf("%s is read as %s", text, s)
			}
			continue
		}
		if err != nil || s.V2() != v2 {
			t.Errorf("%s: %q, %v; want %q", text, s.V2(), err, v2)
		}
		again, err := scope.Parse(s.String())
		if err != nil || again.String() != s.String() || !again.Covers(s) || !s.Covers(again) {
			t.Errorf("%s does not survive being written: %q, %v", text, again, err)
		}
	}
}

func TestWhatIsNoScopeIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", " ", "/", ".", "*", "*/*.*", "*/Observation.rs", "patient", "patient/", "patient/.rs", "patient/Observation", "patient/Observation.",
		"patient/Observation.x", "patient/Observation.sr", "patient/Observation.rr", "patient/Observation.RS", "patient/Observation.read.read",
		"patient/Observation.readwrite", "patient/Observation.re", "patient/Observation.**", "patient/Observation.rs.", "patient/Observation.rs?",
		"patient/Observation.read?category=a", "patient/Observation.rs?category", "patient/Observation.rs?=a", "patient/Observation.rs?a=b&", "patient/Observation.rs?a=%",
		"patient/Observation.rs?a=%00", "patient/Observation.rs?a=%ff", "patient/Observation.rs?a=%E2%80%AE", "patient/Observation.rs?a b=c", "patient/Observation.rs?a%20=c",
		"patient/observation.rs", "patient/Observa*.rs", "patient/**.rs", "patient/Observation/1.rs", "patient/../Patient.rs", "patient//Observation.rs",
		"Patient/Observation.rs", "PATIENT/*.rs", "patient /Observation.rs", " patient/Observation.rs", "patient/Observation.rs\n", "patient/Observation.r\x00s",
		"patient/Оbservation.rs", "patient/Observation.rs\"", "patient/Observation\\.rs", "encounter/Observation.rs", "launch/", "launch/Patient", "launch/patient/1", "OpenID",
		"openid.rs", "offline_access ", "patient/" + strings.Repeat("A", 65) + ".rs", "patient/Observation.rs?a=" + strings.Repeat("x", 600),
		"patient/Observation.rs?" + strings.Repeat("a=b&", 20) + "a=b",
	} {
		if s, err := scope.Parse(text); err == nil {
			t.Errorf("%q is read as %s", text, s)
		}
		if scope.Permits([]string{"patient/*.cruds", "user/*.cruds", "system/*.cruds", text}, text) {
			t.Errorf("%q is permitted", text)
		}
		if scope.Permits([]string{text}, "patient/Observation.r") {
			t.Errorf("%q permits reading", text)
		}
	}
}

func TestNarrow(t *testing.T) {
	t.Parallel()
	const lab = "patient/Observation.rs?category=laboratory"
	for name, c := range map[string]struct{ asked, allowed, want string }{
		"what is allowed":                   {"openid patient/Observation.rs", "openid fhirUser patient/*.rs", "openid patient/Observation.rs"},
		"excess is left out":                {"patient/Observation.cruds user/*.rs", "patient/*.rs", "patient/Observation.rs"},
		"unknown is left out":               {"email patient/Observation.rs nonsense", "patient/*.rs email", "patient/Observation.rs"},
		"a star becomes the types":          {"patient/*.rs", "patient/Observation.rs patient/Condition.r", "patient/Observation.rs patient/Condition.r"},
		"v1 is answered in v1":              {"patient/*.read", "patient/*.cruds", "patient/*.read"},
		"v1 star becomes read":              {"patient/Observation.*", "patient/*.rs", "patient/Observation.read"},
		"half of v1 read is nothing":        {"patient/Observation.read", "patient/*.r", ""},
		"v1 allows v2":                      {"patient/Observation.rs", "patient/*.read", "patient/Observation.rs"},
		"two halves make one":               {"patient/Observation.rs", "patient/*.r patient/Observation.s", "patient/Observation.rs"},
		"two halves make a v1 read":         {"patient/Observation.read", "patient/*.r patient/*.s", "patient/Observation.read"},
		"a query is kept":                   {lab, "patient/*.rs", lab},
		"a query is put on":                 {"patient/Observation.rs", lab, lab},
		"v1 has no word for a query":        {"patient/*.read", lab, lab},
		"two queries must both hold":        {"patient/Observation.rs?code=a", lab, "patient/Observation.rs?category=laboratory&code=a"},
		"a wider scope makes it needless":   {"patient/*.rs " + lab, "patient/*.rs", "patient/*.rs"},
		"a patient's is not the user's":     {"user/Observation.rs patient/Observation.rs", "system/*.cruds patient/*.rs", "patient/Observation.rs"},
		"the user's is not a patient's":     {"patient/Observation.rs", "user/*.cruds", ""},
		"launch is not launch/patient":      {"launch/patient launch", "launch", "launch"},
		"nothing allowed":                   {"openid patient/*.rs launch", "", ""},
		"nothing asked":                     {"", "openid patient/*.rs", ""},
		"said twice, in both versions":      {"patient/Observation.read patient/Observation.rs", "patient/*.rs", "patient/Observation.read"},
		"offline is only given where it is": {"offline_access online_access", "online_access", "online_access"},
	} {
		got := strings.Join(scope.Strings(scope.Narrow(parse(c.asked), parse(c.allowed))), " ")
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestPermits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		allowed, wanted string
		want            bool
	}{
		{"patient/*.rs", "patient/Observation.rs", true},
		{"patient/*.read", "patient/Observation.rs", true},
		{"patient/*.rs", "patient/Observation.read", true},
		{"patient/*.r patient/Observation.s", "patient/Observation.rs", true},
		{"patient/*.r patient/Condition.s", "patient/Observation.rs", false},
		{"patient/Observation.rs", "patient/*.rs", false},
		{"patient/*.rs", "patient/Observation.cruds", false},
		{"patient/*.rs", vitalSigns, true},
		{vitalSigns, "patient/Observation.rs", false},
		{vitalSigns, vitalSigns + "&code=a", true},
		{vitalSigns, "patient/Observation.rs?category=laboratory", false},
		{"user/*.cruds", "patient/Observation.r", false},
		{"patient/*.cruds", "user/Observation.r", false},
		{"openid", "openid", true},
		{"openid", "fhirUser", false},
		{"", "openid", false},
	} {
		if got := scope.Permits(strings.Fields(c.allowed), c.wanted); got != c.want {
			t.Errorf("%s permits %s: %v", c.allowed, c.wanted, got)
		}
	}
}

// TestManyScopesAreBounded: asking a lot of a client that is allowed a lot ends.
func TestManyScopesAreBounded(t *testing.T) {
	t.Parallel()
	var asked, allowed []string
	for i := range 400 {
		name := strings.Repeat(string(rune('A'+i%26)), 1+i/26)
		asked = append(asked, "patient/*.rs?a="+name)
		allowed = append(allowed, "patient/"+name+".rs")
	}
	a := scope.ParseAll(asked)
	if len(a) != 100 {
		t.Errorf("%d scopes are read", len(a))
	}
	if out := scope.Narrow(a, scope.ParseAll(allowed)); len(out) != 100 {
		t.Errorf("%d scopes are left", len(out))
	}
}

func parse(text string) []scope.Scope { return scope.ParseAll(strings.Fields(text)) }

func TestParseAll(t *testing.T) {
	t.Parallel()
	got := scope.Strings(scope.ParseAll([]string{"openid", "x", "openid", "patient/*.read", "patient/*.rs"}))
	if want := []string{"openid", "patient/*.read", "patient/*.rs"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
