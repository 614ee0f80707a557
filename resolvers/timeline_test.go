package resolvers

import (
	"slices"
	"testing"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"

	"pgregory.net/rapid"
)

func (q *request) nothing() policy.Grant { return policy.Grant{} }

func keyOf(name string) sources.Key {
	s, _ := record.SectionNamed(name)
	return sources.Key{Section: s, LocalID: "1"}
}

// Cursors survive their own encoding, and order as the line does.
func TestCursors(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := place{rapid.Int64().Draw(t, "at"), rapid.StringMatching(`[A-Za-z0-9_.-]{1,24}`).Draw(t, "id")}
		if got, ok := readCursor(p.cursor()); !ok || got != p {
			t.Fatalf("%v became %v", p, got)
		}
	})
	for _, bad := range []string{"", "x", "!!", "YQ", "Li4"} {
		if p, ok := readCursor(bad); ok {
			t.Errorf("%q is taken for a cursor: %v", bad, p)
		}
	}
}

func TestTimelineSections(t *testing.T) {
	t.Parallel()
	all := timelineSections(nil)
	if slices.Contains(all, record.Demographics) || !slices.Contains(all, record.Allergies) {
		t.Errorf("by default: %v", all)
	}
	if got := timelineSections([]string{"consents"}); !slices.Equal(got, []record.Section{record.Consents}) {
		t.Errorf("asked for consents: %v", got)
	}
}

func TestEndOfDay(t *testing.T) {
	t.Parallel()
	for in, want := range map[record.Date]string{"2024": "2025-01-01", "2024-02": "2024-03-01", "2024-02-29": "2024-03-01"} {
		if got := endOf(in).Format("2006-01-02"); got != want {
			t.Errorf("end of %s is %s, want %s", in, got, want)
		}
	}
}
