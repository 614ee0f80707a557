package main

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// How long and how much is measured, in the whole matrix and in the suite.
type measuring struct {
	perSecond int
	each      time.Duration // a fault
	slack     time.Duration // what a busy machine may add to any time
	memory    float64       // MiB above the base: the goal is 64; a busy machine collects late
	faults    []string
}

func measuringNow() measuring {
	if !wholeMatrix() {
		return measuring{5, 2 * time.Second, 5 * time.Second, 256, []string{"hang", "status-500", "huge"}}
	}
	return measuring{20, 8 * time.Second, 0, 64, []string{"refused", "hang", "slow", "drip", "hang-mid-body", "reset", "status-500", "status-503", "status-429", "status-401",
		"bad-json", "html", "wrong-patient", "huge", "gzip-bomb", "endless-paging", "next-loop", "flapping", "outcome-in-200", "duplicates"}}
}

// boundsHold measures what the rules promise of a system at fault and of all others, under
// load, one fault after the other.
func boundsHold(t *testing.T, report *faultReport) {
	m, how := startMetered(t), measuringNow()
	m.steady(t, how.perSecond, how.each, "", nil) // connections are open, and everybody is found
	<-time.After(time.Second)
	base := m.held(t)
	m.peakAnew(t)
	well := m.steady(t, how.perSecond, 2*how.each, "", nil)
	usual := m.mebibytes(t, "VmHWM:")
	all := &totals{base: usual, well: well}
	for _, fault := range how.faults {
		all.add(fault, m.under(t, fault, how))
	}
	all.tell(t, report, how)
	m.breaker(t, report, how)
	m.leftAlone(t, report, how)
	m.protected(t, report)
	m.paged(t, report)
	m.nothingLeft(t, report, base)
	m.stop(t)
}

// underFault is what one fault of the hospital did.
type underFault struct {
	*reached
	peak        float64 // MiB
	asked, seen float64 // calls by the server's own count, and at the system
	recovered   time.Duration
}

func (m *metered) under(t *testing.T, fault string, how measuring) (u underFault) {
	t.Helper()
	m.control(t, http.MethodDelete, "hospital", "/counts", "")
	asked := m.calls(t, "hospital")
	m.peakAnew(t)
	m.control(t, http.MethodPut, "hospital", "", `{"fault":"`+fault+`"}`)
	u.reached = m.steady(t, how.perSecond, how.each, "hospital", nil)
	u.peak = m.mebibytes(t, "VmHWM:")
	// What hangs is let go first, so that the server has counted whatever the system has.
	u.recovered = m.recovery(t, "hospital")
	m.quiet(t)
	u.asked, u.seen = m.calls(t, "hospital")-asked, float64(m.control(t, http.MethodGet, "hospital", "", "").Total)
	t.Logf("%-15s pages %d (%d failed), longest %v, first %v, healthy %v, peak %.0f MiB, asked %.0f, seen %.0f, recovered %v", fault, u.pages, u.failed, u.longest.Round(time.Millisecond),
		percentile(u.first, 0.99).Round(time.Millisecond), percentile(u.healthy, 0.99), u.peak, u.asked, u.seen, u.recovered.Round(time.Millisecond))
	return u
}

// totals are all faults together.
type totals struct {
	base, peak          float64
	peakOf              string
	well                *reached
	healthy, first      time.Duration // the worst fault's
	healthyOf, firstOf  string
	pages, failed, late int
	longest, recovered  time.Duration
	recoveredOf         string
	retries             float64
	retriesOf           string
}

func (a *totals) add(fault string, u underFault) {
	worst := func(into *time.Duration, of *string, v time.Duration) {
		if v >= *into {
			*into, *of = v, fault
		}
	}
	worst(&a.healthy, &a.healthyOf, percentile(u.healthy, 0.99))
	worst(&a.first, &a.firstOf, percentile(u.first, 0.99))
	worst(&a.recovered, &a.recoveredOf, u.recovered)
	a.pages, a.failed, a.late, a.longest = a.pages+u.pages, a.failed+u.failed, a.late+u.late, max(a.longest, u.longest)
	if u.peak > a.peak {
		a.peak, a.peakOf = u.peak, fault
	}
	if u.asked > 0 && u.seen/u.asked > a.retries {
		a.retries, a.retriesOf = u.seen/u.asked, fault
	}
}

func (a *totals) tell(t *testing.T, report *faultReport, how measuring) {
	t.Helper()
	was := percentile(a.well.healthy, 0.99)
	goal := was*12/10 + 20*time.Millisecond
	report.rule("a healthy source is unaffected", fmt.Sprintf("p99 ≤ 1.2 × %v + 20 ms = %v", was, goal), "%v (%s)", a.healthy, a.healthyOf)
	report.rule("absolute deadline", "100 % of answers ≤ 2.5 s", "%.2f %% of %d, longest %v; %d were no page", 100*float64(a.pages-a.late)/float64(a.pages), a.pages, a.longest.Round(time.Millisecond), a.failed)
	report.rule("first healthy data", "≤ 300 ms p99 with 50 ms sources", "%v (%s); without a fault %v", a.first.Round(time.Millisecond), a.firstOf, percentile(a.well.first, 0.99).Round(time.Millisecond))
	report.rule("memory", "base + 64 MiB", "base %.0f MiB + %.0f MiB (%s)", a.base, a.peak-a.base, a.peakOf)
	report.rule("retries", "≤ 1.1 × requests", "%.3f × (%s)", a.retries, a.retriesOf)
	report.rule("recovery", "≤ 3 s after it heals", "%v (%s)", a.recovered.Round(time.Millisecond), a.recoveredOf)
	if a.failed > 0 || a.well.failed > 0 {
		t.Errorf("%d pages did not come, %d of them without a fault", a.failed+a.well.failed, a.well.failed)
	}
	if a.healthy > goal+how.slack || a.longest > longestAnswer+how.slack || a.first > firstHealthy+how.slack || a.recovered > 3*time.Second+how.slack {
		t.Errorf("a goal of time is missed: %+v", *a)
	}
	if a.peak > a.base+how.memory {
		t.Errorf("memory: %.0f MiB more than %.0f (%s)", a.peak-a.base, a.base, a.peakOf)
	}
	if a.retries > 1.1 {
		t.Errorf("%.2f requests for each call (%s)", a.retries, a.retriesOf)
	}
}

// breaker counts what a dead system is still asked.
func (m *metered) breaker(t *testing.T, report *faultReport, how measuring) {
	t.Helper()
	rest := 5 * how.each / 4
	for _, fault := range []string{"status-500", "refused"} {
		before := m.calls(t, "hospital")
		m.control(t, http.MethodPut, "hospital", "", `{"fault":"`+fault+`"}`)
		var opened, first, after float64
		m.steady(t, how.perSecond, time.Second+rest+how.each/4, "hospital", func() {
			<-time.After(time.Second)
			first = m.calls(t, "hospital") - before
			began := time.Now()
			<-time.After(rest)
			opened, after = m.calls(t, "hospital")-before, time.Since(began).Seconds()
		})
		m.recovery(t, "hospital")
		rate := (opened - first) / after
		report.rule("breaker, "+fault, "≤ 20 calls or 1 s, then ≤ 1 a second", "%.0f calls in the first second, then %.2f a second", first, rate)
		if rate > 1.5 || opened == 0 {
			t.Errorf("breaker, %s: %.0f calls in the first second, then %.2f a second", fault, first, rate)
		}
	}
}

// leftAlone watches when a system that asked for two seconds' rest is asked again.
func (m *metered) leftAlone(t *testing.T, report *faultReport, how measuring) {
	t.Helper()
	for _, fault := range []string{"status-503", "status-429"} {
		m.control(t, http.MethodDelete, "hospital", "/counts", "")
		m.control(t, http.MethodPut, "hospital", "", `{"fault":"`+fault+`"}`)
		shortest, most := time.Duration(math.MaxInt64), 0
		done := make(chan struct{})
		m.steady(t, how.perSecond, max(how.each, 7*time.Second), "hospital", func() {
			var last, begun time.Time
			was, of := 0, 0
			for {
				select {
				case <-done:
					return
				case <-time.After(10 * time.Millisecond):
				}
				n := m.control(t, http.MethodGet, "hospital", "", "").Total
				now := time.Now()
				switch {
				case n == was:
					if !begun.IsZero() && now.Sub(begun) > 7*time.Second {
						return
					}
					continue
				case last.IsZero():
					begun = now
				case now.Sub(last) > 500*time.Millisecond:
					shortest, most, of = min(shortest, now.Sub(last)), max(most, of), 0
				}
				last, of, was = now, of+n-was, n
			}
		})
		close(done)
		m.recovery(t, "hospital")
		report.rule("Retry-After: 2, "+fault, "honoured", "left alone for %v at least; %d requests at most before it is", shortest.Round(10*time.Millisecond), most)
		if shortest < 1700*time.Millisecond {
			t.Errorf("%s: asked again after %v", fault, shortest)
		}
	}
}

// protected lets a crowd open one patient at the same moment.
func (m *metered) protected(t *testing.T, report *faultReport) {
	t.Helper()
	person := m.fresh(t, "hospital").NHSNumber
	m.fetched(t, person) // they are found
	page := func(token string) (int, error) {
		status, _, err := m.graphql(context.WithoutCancel(t.Context()), token, pageOfLoad(), map[string]any{"n": person, "w": 2000})
		return status, err
	}
	count := func(do func()) (total, peak int) {
		for _, s := range m.region.Systems {
			m.control(t, http.MethodDelete, s.ID, "/counts", "")
		}
		do()
		for _, s := range m.region.Systems {
			c := m.control(t, http.MethodGet, s.ID, "", "")
			total, peak = total+c.Total, max(peak, c.PeakInFlight)
		}
		return total, peak
	}
	one, _ := count(func() {
		if status, err := page(m.crowd[0]); status != http.StatusOK {
			t.Errorf("one page: %d %v", status, err)
		}
	})
	answers := map[int]int{}
	all, peak := count(func() {
		var mu sync.Mutex
		var running sync.WaitGroup
		for _, token := range m.crowd {
			running.Go(func() {
				status, err := page(token)
				if err != nil {
					status = -1
				}
				mu.Lock()
				defer mu.Unlock()
				answers[status]++
			})
		}
		running.Wait()
	})
	report.rule("a legacy system is protected", "in flight ≤ 16, its cap, under 500 users opening one patient; equal reads joined", "%d in flight at most; %d requests to the four systems for 500 pages, %d for one page; %v",
		peak, all, one, answers)
	if peak > 16 {
		t.Errorf("%d calls in flight", peak)
	}
	if all > one*crowdSize/4 {
		t.Errorf("%d requests for %d pages of %d", all, crowdSize, one)
	}
	if answers[http.StatusOK]+answers[http.StatusServiceUnavailable] < crowdSize {
		t.Errorf("the crowd's answers: %v", answers)
	}
}

// fetched reads somebody once.
func (m *metered) fetched(t *testing.T, person string) {
	t.Helper()
	if status, _, err := m.graphql(t.Context(), m.crowd[0], `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n, wait: 2000) { id } }`, map[string]any{"n": person}); status != http.StatusOK || err != nil {
		t.Errorf("%d %v", status, err)
	}
}

// paged reads a page while the hospital's answers never end.
func (m *metered) paged(t *testing.T, report *faultReport) {
	t.Helper()
	for _, fault := range []string{"endless-paging", "next-loop", "next-foreign"} {
		m.control(t, http.MethodDelete, "hospital", "/counts", "")
		m.control(t, http.MethodPut, "hospital", "", `{"fault":"`+fault+`"}`)
		statuses, person := map[string]int{}, m.fresh(t, "hospital").NHSNumber
		for waiting := true; waiting; { // what is late is there when asked again
			_, answer, err := m.graphql(t.Context(), m.users[auth.RoleGP].Token, pageOfLoad(), map[string]any{"n": person, "w": 2000})
			if err != nil {
				t.Fatal(err)
			}
			waiting = false
			clear(statuses)
			p, _ := answer.at("data.patientByNHSNumber").(map[string]any)
			for _, v := range p {
				section, _ := v.(map[string]any)
				o := outcome(section, "hospital")
				waiting = waiting || o.text("status") == "PENDING"
				if status := o.text("status"); status != "" {
					if n, _ := o.at("count").(float64); status == "PARTIAL" && n > 0 {
						status += " with entries"
					}
					statuses[status]++
				}
			}
		}
		c := m.control(t, http.MethodGet, "hospital", "", "")
		m.recovery(t, "hospital")
		most := 0
		for path, n := range c.Counts {
			if path != "/trap" {
				most = max(most, n)
			}
		}
		report.rule("paging, "+fault, "bounded (20 pages), same origin; capped → PARTIAL with count", "%d requests of one kind at most, %d followed elsewhere; sections by status: %v", most, c.Counts["/trap"], statuses)
		if c.Counts["/trap"] > 0 || most > 60 {
			t.Errorf("%s: %v", fault, c.Counts)
		}
	}
}

// nothingLeft looks at what the process holds when all is well again.
func (m *metered) nothingLeft(t *testing.T, report *faultReport, base held) {
	t.Helper()
	m.client.CloseIdleConnections()
	<-time.After(5 * time.Second)
	after := m.held(t)
	report.rule("no leak", "goroutines, descriptors and connections back to base 5 s after healing", "goroutines %d (base %d), descriptors and connections %d (base %d)",
		after.goroutines, base.goroutines, after.descriptors, base.descriptors)
	if slack := 40; after.goroutines > base.goroutines+slack || after.descriptors > base.descriptors+slack {
		t.Errorf("after it all %+v, before %+v", after, base)
	}
}
