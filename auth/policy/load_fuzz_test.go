package policy_test

import (
	"testing"

	"github.com/patchworkcare/patchwork/auth/policy"
)

// FuzzLoad: a set of policies that is taken is written so that it is read as the same.
func FuzzLoad(f *testing.F) {
	if s, err := policy.Defaults(); err == nil {
		if text, err := s.YAML(); err == nil {
			f.Add(text[:min(len(text), 3000)])
		}
	}
	f.Add([]byte("policies:\n- id: a\n  description: A\n  subjects: ['*']\n  actions: [read]\n  resources: ['*']\n  effect: allow\n"))
	f.Add([]byte("policies: &a [*a]"))
	f.Add([]byte("policies:\n- {id: a, effect: deny, conditions: {x: {type: In}}}\n"))
	f.Add([]byte("a: &a [x,x,x]\nb: &b [*a,*a,*a]\npolicies: [*b,*b]"))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := policy.Load(text)
		if err != nil {
			if s != nil {
				t.Fatal("refused, and given")
			}
			return
		}
		again, err := s.YAML()
		if err != nil {
			t.Fatal(err)
		}
		second, err := policy.Load(again)
		if err != nil || len(second.Policies) != len(s.Policies) {
			t.Fatalf("%v\n%s", err, again)
		}
		if third, err := second.YAML(); err != nil || string(third) != string(again) {
			t.Fatalf("%v\n%s\n%s", err, again, third)
		}
	})
}
