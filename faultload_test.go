package main

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

const (
	// viewersWait is what the viewer says it waits at first, in milliseconds.
	viewersWait = 250
	// longestAnswer is what any answer may take, and firstHealthy what the first may that has
	// what healthy systems hold (assurance.md §3).
	longestAnswer = 2500 * time.Millisecond
	firstHealthy  = 300 * time.Millisecond
)

// pageOfLoad reads all sections, and how long every system took for each.
func pageOfLoad() string {
	return `query($n: NHSNumber!, $w: Int) { patientByNHSNumber(nhsNumber: $n, wait: $w) { id ` + selected(sectionNames()) + `} }
		fragment P on Section { verdict outcomes { source { id } status code count tookMilliseconds } } fragment E on Entry { id }`
}

// reached is what a load saw in a while.
type reached struct {
	pages, failed, late int // late: longer than longestAnswer
	answers             []time.Duration
	first               []time.Duration // until healthy systems' data was there, asked as the viewer asks first
	healthy             []time.Duration // of single sections, as the server measured them
	longest             time.Duration
}

func percentile(of []time.Duration, p float64) time.Duration {
	if len(of) == 0 {
		return 0
	}
	slices.Sort(of)
	return of[min(len(of)-1, int(p*float64(len(of))))]
}

// steady reads pages at a rate for a while, by several users, whether or not earlier ones
// were answered; meanwhile is called when it has begun.
func (m *metered) steady(t *testing.T, perSecond int, d time.Duration, faulty string, meanwhile func()) *reached {
	t.Helper()
	roles := []auth.Role{auth.RoleGP, auth.RoleHospitalDoctor, auth.RolePracticeNurse, auth.RoleParamedic, auth.RoleMentalHealthClinician}
	waits := []any{viewersWait, nil, 2000}
	r, query := &reached{}, pageOfLoad()
	var mu sync.Mutex
	var running sync.WaitGroup
	beat := time.NewTicker(time.Second / time.Duration(perSecond))
	defer beat.Stop()
	for n, end := 0, time.Now().Add(d); time.Now().Before(end); n++ {
		<-beat.C
		token, wait := m.users[roles[n%len(roles)]].Token, waits[n%len(waits)]
		person := m.loaded[m.turn%len(m.loaded)].NHSNumber // on from the last load: what was late is remembered for seconds
		m.turn++
		running.Go(func() {
			began := time.Now()
			status, answer, err := m.graphql(context.WithoutCancel(t.Context()), token, query, map[string]any{"n": person, "w": wait})
			took := time.Since(began)
			mu.Lock()
			defer mu.Unlock()
			r.take(status, answer, err, took, wait == viewersWait, faulty)
		})
		if n == 0 && meanwhile != nil {
			running.Go(meanwhile)
		}
	}
	running.Wait()
	return r
}

// take notes one page.
func (r *reached) take(status int, answer object, err error, took time.Duration, first bool, faulty string) {
	r.pages++
	r.longest = max(r.longest, took)
	r.answers = append(r.answers, took)
	if took > longestAnswer {
		r.late++
	}
	if status != http.StatusOK || err != nil {
		r.failed++
		return
	}
	p, _ := answer.at("data.patientByNHSNumber").(map[string]any)
	waiting := false
	for _, v := range p {
		section, _ := v.(map[string]any)
		for _, o := range object(section).list("outcomes") {
			if o.text("source.id") == faulty {
				continue
			}
			switch status := o.text("status"); {
			case status == "PENDING" || status == "TIMED_OUT":
				waiting = true
			case strings.Contains("ANSWERED EMPTY ASSERTED_NONE PARTIAL", status):
				ms, _ := o.at("tookMilliseconds").(float64)
				r.healthy = append(r.healthy, time.Duration(ms)*time.Millisecond)
			}
		}
	}
	if first && p != nil {
		if waiting {
			took = max(took, 2*firstHealthy) // it has to ask again
		}
		r.first = append(r.first, took)
	}
}

// recovery heals a system and gives how long it takes until a page has its data again.
func (m *metered) recovery(t *testing.T, system string) time.Duration {
	t.Helper()
	m.control(t, http.MethodDelete, system, "", "")
	healed := time.Now()
	person := m.fresh(t, system)
	for time.Since(healed) < 30*time.Second {
		if m.answers(t, system, person) {
			return time.Since(healed)
		}
		<-time.After(20 * time.Millisecond)
	}
	t.Fatalf("%s has not recovered within 30 s", system)
	return 0
}

// answers reports whether a system answers about somebody.
func (m *metered) answers(t *testing.T, system string, p ReadyPatient) bool {
	t.Helper()
	_, answer, err := m.graphql(t.Context(), m.users[auth.RoleGP].Token, `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n, wait: 500) { allergies { outcomes { source { id } status } } } }`,
		map[string]any{"n": p.NHSNumber})
	if err != nil {
		t.Fatal(err)
	}
	section, _ := answer.at("data.patientByNHSNumber.allergies").(map[string]any)
	return slices.Contains([]string{"ANSWERED", "EMPTY", "ASSERTED_NONE"}, outcome(section, system).text("status"))
}

// fresh is somebody whom a system knows and whom neither the load nor anybody else here has
// read: nothing of them is remembered.
func (m *metered) fresh(t *testing.T, system string) ReadyPatient {
	t.Helper()
	for i, p := range m.unread {
		if slices.Contains(p.Systems, system) {
			m.unread = slices.Delete(m.unread, i, i+1)
			return p
		}
	}
	t.Fatal("everybody was read")
	return ReadyPatient{}
}

// quiet waits until the server asks nothing any more, so that what it counts at the end of
// a call and what systems count at its beginning are the same.
func (m *metered) quiet(t *testing.T) {
	t.Helper()
	for m.metric(t, "patchwork_source_reads_in_flight") > 0 {
		<-time.After(20 * time.Millisecond)
	}
}
