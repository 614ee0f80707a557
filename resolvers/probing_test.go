package resolvers

import (
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// TestProbes: which numbers, in which order and at which pace, are a run.
func TestProbes(t *testing.T) {
	t.Parallel()
	type look struct {
		numbers []int64
		nobody  int
		after   time.Duration
	}
	one := func(ns ...int64) (looks []look) {
		for _, n := range ns {
			looks = append(looks, look{numbers: []int64{n}, after: time.Second})
		}
		return looks
	}
	many := func(n int, every time.Duration) (looks []look) {
		for i := range n {
			looks = append(looks, look{numbers: []int64{int64(i * 7919 % 1000 * 1000)}, nobody: 1, after: every})
		}
		return looks
	}
	for name, c := range map[string]struct {
		looks []look
		flags int
		waits bool
	}{
		"five in order":                     {one(100, 101, 102, 103, 104), 1, false},
		"four in order":                     {one(100, 101, 102, 103), 0, false},
		"downwards":                         {one(104, 103, 102, 101, 100), 1, false},
		"in steps":                          {one(100, 110, 120, 130, 140), 1, false},
		"far apart":                         {one(100, 200, 300, 400, 500, 600), 0, false},
		"to and fro":                        {one(100, 101, 100, 101, 100, 101), 0, false},
		"the same again":                    {one(100, 100, 100, 100, 100, 100), 0, false},
		"with repeats":                      {one(100, 100, 101, 101, 102, 102, 103, 104), 1, false},
		"flagged once within a minute":      {one(100, 101, 102, 103, 104, 105, 106, 107), 1, false},
		"slowly, over hours":                {[]look{{[]int64{1}, 0, time.Hour}, {[]int64{2}, 0, time.Hour}, {[]int64{3}, 0, time.Hour}, {[]int64{4}, 0, time.Hour}, {[]int64{5}, 0, time.Hour}}, 0, false},
		"a list of those that lead to none": {[]look{{[]int64{1, 2, 3, 4, 5}, 5, time.Second}}, 1, false},
		"twenty that lead to nobody":        {many(20, time.Second), 1, true},
		"nineteen":                          {many(19, time.Second), 0, false},
		"twenty, one a minute":              {many(20, time.Minute), 0, false},
		"far more at once":                  {[]look{{nil, 50, time.Second}}, 1, true},
	} {
		now := time.Date(2026, 11, 27, 9, 0, 0, 0, time.UTC)
		p := NewProbes(SearchLimits{}, func() time.Time { return now })
		s := &auth.Session{Issuer: "house", Subject: "u"}
		flags := 0
		for _, l := range c.looks {
			now = now.Add(l.after)
			var numbers []numbered
			for _, n := range l.numbers {
				numbers = append(numbers, numbered{before: "nhs", n: n})
			}
			if p.looked(s, numbers, l.nobody) != "" {
				flags++
			}
		}
		if wait := p.number(s); flags != c.flags || (wait > 0) != c.waits || wait > 10*time.Minute {
			t.Errorf("%s: %d flags, wait %s", name, flags, wait)
		}
		if p.number(&auth.Session{Issuer: "elsewhere", Subject: "u"}) > 0 {
			t.Errorf("%s: another user waits", name)
		}
		now = now.Add(11 * time.Minute)
		if wait := p.number(s); wait > 0 {
			t.Errorf("%s: still waits after it is over: %s", name, wait)
		}
	}
}

// TestProbesForget: what is kept of users is bounded.
func TestProbesForget(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 27, 9, 0, 0, 0, time.UTC)
	p := NewProbes(SearchLimits{PerMinute: 2}, func() time.Time { return now })
	for i := range mostUsers {
		p.search(&auth.Session{Subject: string(rune(i + 1))})
	}
	now = now.Add(time.Hour)
	p.search(&auth.Session{Issuer: "house", Subject: "new"})
	if len(p.users) != 1 {
		t.Errorf("%d users are remembered", len(p.users))
	}
	me := &auth.Session{Issuer: "house", Subject: "new"}
	if p.search(me) != 0 || p.search(me) != time.Minute {
		t.Error("the third search of a minute does not wait until the first is a minute old")
	}
	now = now.Add(time.Minute)
	if p.search(me) != 0 {
		t.Error("a minute later it still waits")
	}
}

func TestLastDigits(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]numbered{
		"H1204118": {before: "h", n: 1204118}, "SC-10024": {before: "sc-", n: 10024}, "12": {n: 12}, "ABC": {before: "abc", n: -1},
		"1" + "99999999999999999999": {n: -1},
	} {
		if got := lastDigits(text); got != want {
			t.Errorf("%s: %+v", text, got)
		}
	}
}
