package scope_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/patchworkcare/patchwork/auth/scope"
)

// act is one thing somebody does with one record, and what searches find that record by.
type act struct {
	context, resource, may string
	found                  []string
}

// permitted is the standard's words read naively, without this package.
func permitted(scopes []string, a act) bool {
	return slices.ContainsFunc(scopes, func(text string) bool {
		head, query, narrowed := strings.Cut(text, "?")
		context, rest, _ := strings.Cut(head, "/")
		resource, word, _ := strings.Cut(rest, ".")
		word = map[string]string{"read": "rs", "write": "cud", "*": "cruds"}[word] + word
		if context != a.context || resource != "*" && resource != a.resource || !strings.Contains(strings.TrimSuffix(strings.TrimSuffix(word, "read"), "write"), a.may) {
			return false
		}
		return !narrowed || !slices.ContainsFunc(strings.Split(query, "&"), func(p string) bool { return !slices.Contains(a.found, p) })
	})
}

// TestNarrowingPermitsWhatBothPermit: never more than asked, never more than allowed, and,
// of scopes of v2, nothing less.
func TestNarrowingPermitsWhatBothPermit(t *testing.T) {
	t.Parallel()
	params := []string{"a=1", "a=2", "b=1"}
	v2 := rapid.Custom(func(t *rapid.T) string {
		text := rapid.SampledFrom([]string{"patient", "user"}).Draw(t, "context") + "/" + rapid.SampledFrom([]string{"*", "Flag", "Group"}).Draw(t, "type") + "."
		text += rapid.SampledFrom([]string{"r", "s", "rs", "cud", "cruds", "c"}).Draw(t, "may")
		if q := rapid.SliceOfNDistinct(rapid.SampledFrom(params), 0, 2, rapid.ID[string]).Draw(t, "query"); len(q) > 0 {
			text += "?" + strings.Join(q, "&")
		}
		return text
	})
	v1 := rapid.SampledFrom([]string{"patient/*.read", "patient/Flag.*", "user/*.write", "patient/Group.read"})
	rapid.Check(t, func(t *rapid.T) {
		asked := rapid.SliceOfN(rapid.OneOf(v2, v1), 0, 4).Draw(t, "asked")
		allowed := rapid.SliceOfN(rapid.OneOf(v2, v1), 0, 4).Draw(t, "allowed")
		got := scope.Strings(scope.Narrow(scope.ParseAll(asked), scope.ParseAll(allowed)))
		for _, s := range got {
			if !scope.Permits(allowed, s) || !scope.Permits(asked, s) {
				t.Fatalf("%s is more than %v and %v permit", s, asked, allowed)
			}
		}
		old := slices.ContainsFunc(asked, func(s string) bool { w, err := scope.Parse(s); return err == nil && w.V1 })
		a := act{
			rapid.SampledFrom([]string{"patient", "user"}).Draw(t, "of"), rapid.SampledFrom([]string{"Flag", "Group", "Goal"}).Draw(t, "record"),
			rapid.SampledFrom([]string{"c", "r", "u", "d", "s"}).Draw(t, "does"), rapid.SliceOfNDistinct(rapid.SampledFrom(params), 0, 3, rapid.ID[string]).Draw(t, "found"),
		}
		both, is := permitted(asked, a) && permitted(allowed, a), permitted(got, a)
		if is && !both || both && !is && !old {
			t.Fatalf("%+v: permitted %v by %v; asked %v, allowed %v", a, is, got, asked, allowed)
		}
	})
}
