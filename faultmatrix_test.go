package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// The fault matrix (assurance.md §3): every fault of every system, as every surface shows
// it, under load; and what every rule promises, measured on a server in a process of its own.
// In the suite it is short, with bounds that a busy machine keeps; PATCHWORK_FAULTS=report
// (make faults) goes through all of it and prints the figures reached.
func TestFaultMatrix(t *testing.T) {
	exhausts(t)
	t.Parallel()
	report := newFaultReport()
	t.Run("absence", func(t *testing.T) { absenceIsNeverFaked(t, report) })
	t.Run("bounds", func(t *testing.T) { boundsHold(t, report) })
	report.print(t)
}

// faultsVariable asks for the whole matrix.
const faultsVariable = "PATCHWORK_FAULTS"

func wholeMatrix() bool { return os.Getenv(faultsVariable) == "report" }

const (
	// matrixTimeout is the deadline of each of the matrix's systems.
	matrixTimeout = 1500 * time.Millisecond
	// faultPanic is one that no system can commit: the connector's own code fails.
	faultPanic = "connector-panic"
	// faultPanicBeside is the same, outside of any call to the system.
	faultPanicBeside = "connector-panic-beside"
)

// matrixFaults are the faults of the matrix, as the control URL takes them.
func matrixFaults() (names []string) {
	names = slices.Concat(demo.FaultNames(), demo.TLSFaultNames())
	for _, of := range []float64{0.5, 1, 3, 10} { // the first byte at so much of the deadline
		names = append(names, fmt.Sprintf("slow %v", time.Duration(of*float64(matrixTimeout))))
	}
	names = append(names, faultPanic, faultPanicBeside)
	if wholeMatrix() {
		return names
	}
	return slices.DeleteFunc(names, func(name string) bool {
		return !slices.Contains([]string{"refused", "hang-mid-body", "bad-json", "wrong-patient", "empty", "gzip-bomb", "flapping", "tls-expired", faultPanic}, name)
	})
}

// matrix is a region of all kinds of systems, and a person of whom each holds something.
type matrix struct {
	*region
	person    demo.Patient
	others    []string // NHS numbers
	id        string
	list      string
	view      string
	unopened  []demo.Patient
	opened    []demo.Patient    // under a fault
	twin      *matrix           // the same people, and nothing goes wrong
	documents map[string]string // one of each system that opens, by system
	names     map[string]string // of the systems
	titles    map[string]string // of the sections
	long      *sync.Map         // chapters of the summary that are cut

	search  SearchConfig
	failing map[string]*failing
	before  map[string]seen
	cells   *cells
}

func newMatrix(t *testing.T) *matrix {
	m := &matrix{failing: map[string]*failing{}, before: map[string]seen{}, cells: &cells{all: map[string]*cellCount{}},
		documents: map[string]string{}, long: &sync.Map{}, names: map[string]string{}, titles: map[string]string{}}
	m.region = startRegion(t, demo.Options{Patients: 200, PDS: true, GPConnect: true, Feed: true, Archive: true, HomeCare: true, OpenEHR: true, TLS: true}, func(c *Config) {
		remember(c, 0)
		c.Search = SearchConfig{PerMinute: 100_000, SimilarPerMinute: 100_000, Nobody: 100_000, NobodyWithin: time.Minute}
		m.search = c.Search
		for i := range c.Sources {
			s := &c.Sources[i]
			m.failing[s.ID] = &failing{Connector: s.connector}
			s.Timeout, s.connector = matrixTimeout, m.failing[s.ID]
		}
	})
	m.person = m.Scenario("everything")
	m.others = []string{m.Scenario("none-known").NHSNumber, m.Scenario("conflict").NHSNumber}
	m.twin = &matrix{region: startRegion(t, demo.Options{Patients: 200, Feed: true, GPConnect: true, Archive: true, HomeCare: true, OpenEHR: true}, nil)}
	for i, p := range m.Patients {
		if i >= 60 && p.Scenario == "" {
			m.unopened = append(m.unopened, p)
		}
	}
	for _, s := range m.Systems {
		m.names[s.ID] = s.Name
	}
	first := m.found(t, m.ask(t, auth.RoleGP, personQuery(), map[string]any{"n": m.person.NHSNumber}), "data.patientByNHSNumber")
	for name, v := range first {
		if section, ok := v.(map[string]any); ok {
			m.titles[name] = object(section).text("title")
		}
	}
	var papers []object
	m.id, papers = m.documentsFor(t, auth.RoleGP, m.person.NHSNumber)
	for _, d := range papers {
		if d.at("content.opens") == true {
			m.documents[d.text("provenance.source.id")] = d.text("id")
		}
	}
	m.list = m.keepList(t, auth.RoleGP, "The matrix", m.person.NHSNumber)
	columns := []map[string]any{{"name": "nhs_number", "section": "patient", "field": "nhsNumber"}}
	for _, section := range matrixColumns {
		columns = append(columns, map[string]any{"name": strings.ToLower(section), "section": section, "take": "COUNT"})
	}
	m.view = m.saveView(t, auth.RoleGP, map[string]any{"title": "The matrix", "purpose": "TREAT", "columns": columns})
	for _, s := range matrixSurfaces() {
		m.before[s.name] = s.look(t, m)
	}
	return m
}

// absenceIsNeverFaked commits every fault on half of the systems and then on the other
// half, so that an answer always has both well and unwell ones.
func absenceIsNeverFaked(t *testing.T, report *faultReport) {
	m := newMatrix(t)
	report.cells = m.cells
	halves := [][]string{{"gp", "mental-health", "gp-connect", "archive", "home-care"}, {"hospital", "social-care", "pds", "community"}}
	stop := sync.OnceFunc(m.load(t))
	defer stop()
	for _, fault := range matrixFaults() {
		for _, half := range halves {
			if faulty := m.commit(t, half, fault); len(faulty) > 0 {
				m.lookAt(t, fault, faulty)
				m.heal(t, faulty)
			}
		}
	}
	stop()
	for _, half := range halves {
		t.Run(faultDNS+" of "+half[0]+" and others", func(t *testing.T) { m.namesAreUnknown(t, half) })
	}
	for i, p := range m.opened {
		m.whoOpenedUnder(t, fmt.Sprint("fault ", i), p)
	}
	for _, s := range matrixSurfaces() {
		if n := m.cells.all[s.name]; n == nil || n.cells == 0 || n.told+n.whole == 0 {
			t.Errorf("%s was not seen", s.name)
		}
	}
	for _, s := range m.Systems {
		if s.Kind != "hl7v2" && m.calls(t, s.ID)["/trap"] != 0 {
			t.Errorf("%s: a link to elsewhere was followed", s.ID)
		}
	}
	if log := m.log.String(); strings.Contains(log, m.person.NHSNumber) || strings.Contains(log, m.person.FamilyName) {
		t.Error("the log names the patient")
	}
}

// commit sets a fault on systems and gives those on which it makes sense.
func (m *matrix) commit(t *testing.T, systems []string, fault string) (faulty []string) {
	t.Helper()
	for _, system := range systems {
		name, delay, _ := strings.Cut(fault, " ")
		switch {
		case fault == faultPanic:
			m.failing[system].in.Store(true)
		case fault == faultPanicBeside:
			m.failing[system].beside.Store(true)
		default:
			body := `{"fault":"` + name + `"}`
			if delay != "" {
				body = `{"fault":"` + name + `","delay":"` + delay + `"}`
			}
			switch status := m.tryControl(t, system, body); {
			case status == http.StatusUnprocessableEntity:
				continue
			case status >= 300:
				t.Fatalf("%s %s: %d", system, fault, status)
			}
		}
		faulty = append(faulty, system)
	}
	return faulty
}

// lookAt looks by every surface, all at once.
func (m *matrix) lookAt(t *testing.T, fault string, faulty []string) {
	t.Run(fault+" of "+faulty[0]+" and others", func(t *testing.T) {
		for _, s := range matrixSurfaces() {
			t.Run(s.name, func(t *testing.T) {
				t.Parallel()
				for _, wrong := range m.cells.judge(s.name, fault, faulty, m.before[s.name], s.look(t, m)) {
					t.Error(wrong)
				}
			})
		}
		somebody, known := m.stranger(t, faulty)
		m.opened = append(m.opened, somebody)
		t.Run(firstOpening, func(t *testing.T) {
			t.Parallel()
			for _, wrong := range m.cells.judge(firstOpening, fault, faulty, known, m.openFirst(t, somebody)) {
				t.Error(wrong)
			}
		})
	})
}

// heal waits until everything is as before.
func (m *matrix) heal(t *testing.T, systems []string) {
	t.Helper()
	for _, system := range systems {
		m.failing[system].in.Store(false)
		m.failing[system].beside.Store(false)
		m.control(t, http.MethodDelete, system, "", "")
	}
	deadline := time.After(time.Minute)
	for {
		now, same := lookAtPerson(t, m), true
		for at, was := range m.before["GraphQL, one person"] {
			same = same && (!slices.Contains(systems, at.system) || slices.Equal(was.ids, now[at].ids) && now[at].gap == was.gap)
		}
		if same {
			return
		}
		select {
		case <-deadline:
			t.Errorf("%v have not recovered within a minute", systems)
			return
		case <-time.After(100 * time.Millisecond): // a probe is let through once a second
		}
	}
}

// load lets others read other people until it is stopped.
func (m *matrix) load(t *testing.T) (stop func()) {
	t.Helper()
	every := 500 * time.Millisecond
	if wholeMatrix() {
		every = 100 * time.Millisecond
	}
	var reads, lost atomic.Int64
	var running sync.WaitGroup
	done := make(chan struct{})
	for i, role := range []auth.Role{auth.RoleGP, auth.RoleHospitalDoctor} {
		running.Go(func() {
			beat := time.NewTicker(2 * every)
			defer beat.Stop()
			for n := i; ; n++ {
				select {
				case <-done:
					return
				case <-beat.C:
				}
				running.Go(func() {
					if !m.reads(t.Context(), m.tokens[role], m.Patients[10+n%40].NHSNumber) {
						lost.Add(1)
					}
					reads.Add(1)
				})
			}
		})
	}
	return func() {
		close(done)
		running.Wait()
		if lost.Load() > 0 || reads.Load() == 0 {
			t.Errorf("%d of %d pages of the load did not come", lost.Load(), reads.Load())
		}
	}
}

// reads reports whether a page comes.
func (m *matrix) reads(ctx context.Context, token, number string) bool {
	body, err := json.Marshal(map[string]any{"query": personQuery(), "variables": map[string]any{"n": number}})
	if err != nil {
		return false
	}
	req, err := http.NewRequestWithContext(context.WithoutCancel(ctx), http.MethodPost, m.http.URL+"/graphql", bytes.NewReader(body))
	if err != nil {
		return false
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err == nil && resp.StatusCode == http.StatusOK
}
