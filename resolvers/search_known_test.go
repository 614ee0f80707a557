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
	is := func(id string) *patient.Patient { return &patient.Patient{ID: id} }
	ours, theirs := owned{"gp", "1"}, owned{"hospital", "1"}
	both := &hit{hit: &model.PatientHit{}, locals: []local{{Local: a, told: true}, {Local: b, told: true}}}
	untold := &hit{hit: &model.PatientHit{}, locals: []local{{Local: a, told: true}, {Local: b}}}
	for name, c := range map[string]struct {
		hit    *hit
		linked map[owned]*patient.Patient
		want   string
	}{
		"one person":            {both, map[owned]*patient.Patient{ours: is("p"), theirs: is("p")}, "p"},
		"one is linked":         {both, map[owned]*patient.Patient{theirs: is("p")}, "p"},
		"two people":            {both, map[owned]*patient.Patient{ours: is("p"), theirs: is("q")}, ""},
		"nobody":                {both, nil, ""},
		"what must not be told": {untold, map[owned]*patient.Patient{ours: is("p"), theirs: is("q")}, "p"},
		"only that is linked":   {untold, map[owned]*patient.Patient{theirs: is("q")}, ""},
	} {
		if got := deref(c.hit.knownAs(c.linked)); got != c.want {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
	}
}
