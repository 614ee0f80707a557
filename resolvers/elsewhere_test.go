package resolvers

import (
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// What a user has done on one server counts on the others; what others do does not, and
// nobody is named on the way.
func TestWhatIsCountedElsewhereCounts(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	var one, two *Executor
	server := func(other **Executor) *Executor {
		sharing := Sharing{Secret: []byte("the same on every server"), Tell: func(c Counted) {
			if c.User == "" || c.User == "ann" || len(c.User) > 20 {
				t.Errorf("%q", c.User)
			}
			(*other).Elsewhere(c)
		}}
		p := NewProbes(SearchLimits{PerMinute: 3, SimilarPerMinute: 2, Nobody: 4}, clock)
		p.Sharing = sharing
		return &Executor{resolver: &Resolver{Probes: p}, pace: newPace(Rates{Default: 3}, sharing, clock)}
	}
	one, two = server(&two), server(&one)
	ann, bob := &auth.Session{Issuer: "local", Subject: "ann", App: "app"}, &auth.Session{Issuer: "local", Subject: "bob", App: "app"}
	for i := range 3 {
		x := []*Executor{one, two}[i%2]
		if wait := x.resolver.Probes.search(ann); wait != 0 {
			t.Fatal(i, wait)
		}
		if _, _, ok := x.pace.take(ann, 3); !ok {
			t.Fatal(i)
		}
		if i < 2 && x.resolver.Probes.nearby(ann) != 0 {
			t.Fatal(i)
		}
	}
	one.resolver.Probes.looked(ann, nil, 2)
	two.resolver.Probes.looked(ann, nil, 2)
	for name, x := range map[string]*Executor{"one": one, "two": two} {
		if _, _, ok := x.pace.take(ann, 3); ok || x.resolver.Probes.search(ann) == 0 || x.resolver.Probes.nearby(ann) == 0 || x.resolver.Probes.number(ann) == 0 {
			t.Errorf("ann may go on at %s", name)
		}
		if _, _, ok := x.pace.take(bob, 3); !ok || x.resolver.Probes.search(bob) != 0 || x.resolver.Probes.number(bob) != 0 {
			t.Errorf("bob is held up at %s", name)
		}
	}
	now = now.Add(time.Minute + time.Second)
	if _, _, ok := two.pace.take(ann, 3); !ok || two.resolver.Probes.search(ann) != 0 {
		t.Error("ann waits for longer than a minute")
	}
	two.Elsewhere(Counted{What: "searches", User: "x", N: 1 << 40}) // a notice that nobody sent costs nothing
	two.Elsewhere(Counted{What: "unknown", User: "x", N: 1})
}
