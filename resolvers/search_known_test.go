package resolvers

import (
	"testing"

	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/patient"
)

// TestAHitOpensOnePerson: twins with one number between them, whom somebody has parted,
// are one hit, and it opens neither.
func TestAHitOpensOnePerson(t *testing.T) {
	t.Parallel()
	a, b := patient.Local{Source: "gp", LocalID: "1"}, patient.Local{Source: "hospital", LocalID: "1"}
	both := &hit{hit: &model.PatientHit{}, locals: []local{{Local: a, told: true}, {Local: b, told: true}}}
	untold := &hit{hit: &model.PatientHit{}, locals: []local{{Local: a, told: true}, {Local: b}}}
	for name, c := range map[string]struct {
		hit   *hit
		known map[patient.Local]string
		want  string
	}{
		"one person":            {both, map[patient.Local]string{a: "p", b: "p"}, "p"},
		"one is linked":         {both, map[patient.Local]string{b: "p"}, "p"},
		"two people":            {both, map[patient.Local]string{a: "p", b: "q"}, ""},
		"nobody":                {both, nil, ""},
		"what must not be told": {untold, map[patient.Local]string{a: "p", b: "q"}, "p"},
		"only that is linked":   {untold, map[patient.Local]string{b: "q"}, ""},
	} {
		if got := deref(c.hit.knownAs(c.known)); got != c.want {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
	}
}
