package main

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/patchworkcare/patchwork/fuzz/naive"
	"github.com/patchworkcare/patchwork/fuzz/operations"
)

// changes are the mutations with the classes that decide them.
var changes = map[string]string{
	"claimRelationship": "patient:claim", "breakGlass": "patient:break-glass", "endBreakGlass": "patient:break-glass",
	"recordObjection": "patient:object",
}

// change runs one mutation under the policies and notes what it did, so that what
// stands between the caller and the person is known when the question comes.
func (r *fuzzRegion) change(t *testing.T, d *naive.Document, c *fuzzCaller, rng *rand.Rand) {
	t.Helper()
	root := []string{"claimRelationship", "breakGlass", "endBreakGlass", "recordObjection"}[rng.IntN(4)]
	o, err := operations.Try(r.schema, rng, r.facts(rng), root)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.use(d); err != nil {
		t.Fatal(err)
	}
	if len(o.Roots()) == 0 { // skipped
		return
	}
	f := o.Roots()[0]
	person := r.personByID(f.Arguments["patient"])
	j := r.judge(d, c)
	may := j.may(person, changes[root])
	resp, err := r.run(c.session, o.Text, o.Variables)
	if err != nil {
		t.Fatal(err)
	}
	done := len(resp.Errors) == 0
	if root == "endBreakGlass" && may && !c.about[person].Broken {
		return // there was none to end
	}
	if done != may {
		text, _ := d.Write()
		t.Errorf("%s of person %d: may %v, done %v (%v); caller %+v, about %+v\n%s", root, person, may, done, resp.Errors, c.naive, c.about[person], text)
	}
	whole, _ := json.Marshal(resp)
	for _, found := range r.world.Scan(whole) {
		t.Errorf("%s stands in the answer of %s", found.Text, root)
	}
	if done {
		noted(&c.about[person], root, f)
	}
}

// may decides what is done to a person and belongs to no source.
func (j *fuzzJudge) may(person int, class string) bool {
	if l := j.caller.session.Launch; l != nil && l.Patient != j.region.ids[person] {
		return false
	}
	// Scopes name nothing but reading the record (smart.md).
	return j.caller.naive.Scopes == nil && j.policy.Class(j.about(person, "", class), "read", class) == naive.Shown
}
