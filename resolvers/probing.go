package resolvers

import (
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/record"
)

// SearchLimits bound how often one user may search. Zero fields are the defaults.
type SearchLimits struct {
	// PerMinute is how many searches one user may make in a minute; default 30.
	PerMinute int
	// SimilarPerMinute is how many of them may go on to people who are similar; default 10.
	SimilarPerMinute int
	// Nobody is how many numbers may lead to nobody within NobodyWithin before numbers are
	// refused; defaults 20 and 10m.
	Nobody       int
	NobodyWithin time.Duration
}

func (l SearchLimits) withDefaults() SearchLimits {
	def := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	def(&l.PerMinute, 30)
	def(&l.SimilarPerMinute, 10)
	def(&l.Nobody, 20)
	if l.NobodyWithin <= 0 {
		l.NobodyWithin = 10 * time.Minute
	}
	return l
}

const (
	// longestRun is how many numbers in order are still chance, and widestStep how far apart
	// two neighbours may be: one valid NHS number in eleven is missing.
	longestRun = 4
	widestStep = 12
	// mostUsers is how many users are remembered before the idle are forgotten.
	mostUsers = 10_000
	// mostAtOnce is how many numbers one user may be looking up at the same time. Until they
	// are answered none of them is counted: without it one request with many aliases would
	// try out thousands.
	mostAtOnce = 2 * mostPeople
)

// Probes counts what users search for, to see who tries numbers out (H-07). It is kept in
// memory and told to the other servers: who is flagged is in the audit, and a restart begins the
// counting anew. Numbers in their order are seen by each server in what it is asked itself. Safe
// for concurrent use.
type Probes struct {
	// Sharing is set before the Probes are shared.
	Sharing Sharing

	limits SearchLimits
	now    func() time.Time

	mu    sync.Mutex
	users map[string]*usage // by key
}

// usage is what one user did lately.
type usage struct {
	searches, similar, nobody times
	last                      numbered
	asking                    int // how many numbers are being looked up now
	run                       int // how many numbers in order came last
	up                        bool
	seen, flagged             time.Time
}

// numbered is a number as it is counted on: what stands before it, and itself.
type numbered struct {
	before string
	n      int64
	at     time.Time
}

// NewProbes counts by the clock now.
func NewProbes(l SearchLimits, now func() time.Time) *Probes {
	return &Probes{limits: l.withDefaults(), now: now, users: map[string]*usage{}}
}

// Limit sets other limits. What was counted stays.
func (p *Probes) Limit(l SearchLimits) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.limits = l.withDefaults()
}

// times are moments, oldest first.
type times []time.Time

// since drops what is older.
func (t *times) since(from time.Time) int {
	i := 0
	for i < len(*t) && !(*t)[i].After(from) {
		i++
	}
	*t = (*t)[i:]
	return len(*t)
}

// of gives the user's usage; the caller holds mu.
func (p *Probes) of(s *auth.Session, now time.Time) *usage { return p.named(p.key(s), now) }

func (p *Probes) named(key string, now time.Time) *usage {
	u := p.users[key]
	if u == nil {
		if len(p.users) >= mostUsers {
			p.forget(now)
		}
		u = &usage{}
		p.users[key] = u
	}
	u.seen = now
	return u
}

func (p *Probes) forget(now time.Time) {
	for key, u := range p.users {
		if u.asking == 0 && now.Sub(u.seen) > max(p.limits.NobodyWithin, time.Minute) {
			delete(p.users, key)
		}
	}
}

// search counts a search, or says how long the user must wait for the next one.
func (p *Probes) search(s *auth.Session) time.Duration {
	return p.within(s, countedSearches, func(u *usage) *times { return &u.searches }, func(l SearchLimits) int { return l.PerMinute })
}

// nearby counts a search for people who are similar.
func (p *Probes) nearby(s *auth.Session) time.Duration {
	return p.within(s, countedSimilar, func(u *usage) *times { return &u.similar }, func(l SearchLimits) int { return l.SimilarPerMinute })
}

func (p *Probes) within(s *auth.Session, what string, which func(*usage) *times, bound func(SearchLimits) int) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now, most := p.now(), bound(p.limits)
	t := which(p.of(s, now))
	if t.since(now.Add(-time.Minute)) >= most {
		return (*t)[len(*t)-most].Add(time.Minute).Sub(now)
	}
	*t = append(*t, now)
	p.Sharing.tell(what, p.key(s), 1)
	return 0
}

// number says how long the user must wait until numbers may be looked up again.
func (p *Probes) number(s *auth.Session) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	u := p.of(s, now)
	if n := u.nobody.since(now.Add(-p.limits.NobodyWithin)); n >= p.limits.Nobody {
		return u.nobody[n-p.limits.Nobody].Add(p.limits.NobodyWithin).Sub(now)
	}
	return 0
}

// begin takes room for numbers that are to be looked up, until end; false if there is none.
func (p *Probes) begin(s *auth.Session, numbers int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	u := p.of(s, p.now())
	if u.asking > 0 && u.asking+numbers > mostAtOnce {
		return false
	}
	u.asking += numbers
	return true
}

// end gives back what begin took.
func (p *Probes) end(s *auth.Session, numbers int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.of(s, p.now()).asking -= numbers
}

// looked counts numbers that were looked up one by one, and how many led to nobody. It
// gives what a privacy officer should know of it; "" if nothing, or not again so soon.
func (p *Probes) looked(s *auth.Session, numbers []numbered, nobody int) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	u := p.of(s, now)
	u.nobody.since(now.Add(-p.limits.NobodyWithin))
	for range min(nobody, p.limits.Nobody) {
		u.nobody = append(u.nobody, now)
	}
	p.Sharing.tell(countedNobody, p.key(s), min(nobody, p.limits.Nobody))
	inOrder := false
	for _, n := range numbers {
		n.at = now
		inOrder = u.follows(n, p.limits.NobodyWithin) || inOrder
	}
	why := ""
	switch {
	case inOrder:
		why = "looked up numbers one after another, in numeric order"
	case nobody > 0 && len(u.nobody) >= p.limits.Nobody:
		why = "looked up many numbers that lead to nobody"
	}
	if why == "" || now.Sub(u.flagged) < time.Minute {
		return ""
	}
	u.flagged = now
	return why
}

// follows reports whether the number goes on a run that is too long for chance.
func (u *usage) follows(n numbered, within time.Duration) bool {
	step := n.n - u.last.n
	near := n.before == u.last.before && n.at.Sub(u.last.at) < within
	if near && step == 0 {
		return false // the same again
	}
	up := step > 0
	if near && max(step, -step) <= widestStep {
		if u.run == 1 || up == u.up {
			u.run++
		} else {
			u.run = 2
		}
	} else {
		u.run = 1
	}
	u.last, u.up = n, up
	return u.run > longestRun
}

// nineDigits is an NHS number without its check digit, which does not count on.
func nineDigits(n record.NHSNumber) numbered {
	if len(n) < 10 {
		return numbered{before: "nhs", n: -1}
	}
	nine, _ := strconv.ParseInt(string(n[:9]), 10, 64)
	return numbered{before: "nhs", n: nine}
}

// lastDigits parts a local number into what stands before its last digits, and these.
func lastDigits(s string) numbered {
	rest := strings.TrimRight(s, "0123456789")
	n, err := strconv.ParseInt(s[len(rest):], 10, 64)
	if err != nil {
		n = -1
	}
	return numbered{before: lowered(rest), n: n}
}
