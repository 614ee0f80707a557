package scope_test

import (
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth/scope"
)

// FuzzScopes: what is read is written so that it is read as the same, and narrowing gives
// nothing that was not both asked for and allowed.
func FuzzScopes(f *testing.F) {
	f.Add("patient/*.rs openid launch", "patient/Observation.r user/Patient.read")
	f.Add("patient/Observation.rs?category=laboratory&a=b", "patient/*.cruds")
	f.Add("user/*.read fhircast/Patient-open.read", "fhircast/*.write user/Patient.r?_id=1")
	f.Add("patient/.rs patient/a.rs? ? / .", "*/*.* patient/*.*")
	f.Fuzz(func(t *testing.T, asked, allowed string) {
		a, b := scope.ParseAll(strings.Fields(asked)), scope.ParseAll(strings.Fields(allowed))
		for _, s := range append(append([]scope.Scope{}, a...), b...) {
			again, err := scope.Parse(s.String())
			if err != nil || again.String() != s.String() || !again.Covers(s) || !s.Covers(again) {
				t.Fatalf("%q is read as %q, %v", s, again, err)
			}
			if v2, err := scope.Parse(s.V2()); err != nil || !v2.Covers(s) || !s.Covers(v2) {
				t.Fatalf("%q is %q in v2, %v", s, s.V2(), err)
			}
			_ = s.Words()
		}
		for _, s := range scope.Narrow(a, b) {
			if !covered(s, a) || !covered(s, b) {
				t.Fatalf("%q is given, of %q within %q", s, scope.Strings(a), scope.Strings(b))
			}
		}
	})
}

// covered: by one of them, or each of its permissions by one.
func covered(s scope.Scope, by []scope.Scope) bool {
	if s.Context == "" {
		for _, b := range by {
			if b.Covers(s) {
				return true
			}
		}
		return false
	}
	for bit := scope.Permissions(1); bit != 0; bit <<= 1 {
		if s.May&bit == 0 {
			continue
		}
		one, found := s, false
		one.May = bit
		for _, b := range by {
			found = found || b.Covers(one)
		}
		if !found {
			return false
		}
	}
	return true
}
