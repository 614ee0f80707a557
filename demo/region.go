package demo

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/demo/hl7feed"
)

// Options are how a region is made. The zero Options make the usual one.
type Options struct {
	Seed     uint64           // of chance: the same seed, the same people; 0 means 1
	Patients int              // at least the scenario people; 0 means 200
	Bundles  string           // a directory of FHIR bundles whose people are served instead; "" makes people up
	Latency  time.Duration    // of every answer, without any fault
	Now      func() time.Time // what "today" is; nil means time.Now
	Dir      string           // for the PAS's database file; "" means a temporary one
	Busy     int              // entries of one person more, who has been cared for all their life; 0 for nobody
	PDS      bool             // with the national register, which knows everybody and two people more
	Hostile  bool             // every text of every system has a script payload, and four people more are hard to show

	// Systems that are there if they are asked for.
	GPConnect bool // an out-of-hours GP service that speaks GP Connect, and knows some of the practices' people
	Archive   bool // a regional archive of documents (IHE XDS.b), which holds something of many
	Feed      bool // an integration engine of the hospital, which sends HL7 v2 messages
	HomeCare  bool // a home-care provider's JSON API, which knows whom it looks after
	OpenEHR   bool // a community trust's openEHR repository, which knows some of the hospital's people

	TLS bool // GPConnect, HomeCare and OpenEHR answer by HTTPS, with certificates of the region's own authority
}

// Region is a running set of systems. Close it.
type Region struct {
	Systems  []*System // gp, hospital, mental-health, social-care; and those that are asked for
	Patients []Patient // the scenario people first
	Rosters  []Roster  // who is where now; nil with Bundles
	Notes    []string  // what an operator should know of the start, e.g. bundles refused

	sender    *hl7feed.Sender // nil without Feed
	authority *authority      // nil until somebody needs it
	closing   sync.Once
	closed    error
	stop      func() bool
	closers   []func(context.Context) error // in the order of closing
}

// System is one system of the region and how to reach it.
type System struct {
	ID           string `json:"id"`           // gp, hospital, mental-health, social-care, pds
	Kind         string `json:"kind"`         // fhirr4, sqlview, csvfile, pds
	Organisation string `json:"organisation"` // ODS code
	Name         string `json:"name"`         // of the organisation
	CareSetting  string `json:"careSetting"`  // primary-care, acute, mental-health, social-care, national
	URL          string `json:"url"`          // FHIR base, postgres:// address, or folder
	Control      string `json:"control"`      // where faults are set (README.md)
	Long         bool   `json:"-"`            // it holds more of somebody than a system is usually read for
	Dir          string `json:"-"`            // of hospital-feed: where its receiver may keep what it is sent
	KeyFile      string `json:"-"`            // a file with the key that home-care takes, or the password of community
	Key          string `json:"-"`            // PEM: with it pds takes whoever signs for the demo application
	CAFile       string `json:"-"`            // a file with the authority of its certificate; "" without TLS
}

// Patient is one person of the region and where they are known.
type Patient struct {
	NHSNumber  string            `json:"nhsNumber"` // ten digits, current
	FamilyName string            `json:"familyName"`
	GivenName  string            `json:"givenName"`
	BirthDate  string            `json:"birthDate"` // yyyy-mm-dd
	Systems    []string          `json:"systems"`   // ids, in the order of Region.Systems
	Scenario   string            `json:"scenario,omitempty"`
	LocalIDs   map[string]string `json:"localIds"` // by system id
}

// Start makes the people and starts the systems. The region ends when it is
// closed or ctx is.
func Start(ctx context.Context, o Options) (*Region, error) {
	o = o.withDefaults()
	content, err := o.content()
	if err != nil {
		return nil, err
	}
	r := &Region{Patients: content.patients, Rosters: content.rosters, Notes: content.notes}
	if err := r.start(ctx, o, content); err != nil {
		return nil, errors.Join(fmt.Errorf("demo: start: %w", err), r.Close(context.WithoutCancel(ctx)))
	}
	r.stop = context.AfterFunc(ctx, func() { _ = r.Close(context.WithoutCancel(ctx)) })
	return r, nil
}

func (o Options) withDefaults() Options {
	if o.Seed == 0 {
		o.Seed = 1
	}
	if o.Patients == 0 {
		o.Patients = 200
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// System finds a system by id; nil if there is none.
func (r *Region) System(id string) *System {
	for _, s := range r.Systems {
		if s.ID == id {
			return s
		}
	}
	return nil
}

// Scenario finds a scenario person by name; the zero Patient if there is none.
func (r *Region) Scenario(name string) Patient {
	for _, p := range r.Patients {
		if p.Scenario == name {
			return p
		}
	}
	return Patient{}
}

// Close ends every system and leaves nothing behind: no goroutine, no file, no
// port. It waits for running requests until ctx ends. Closing twice is the same
// as closing once.
func (r *Region) Close(ctx context.Context) error {
	r.closing.Do(func() {
		if r.stop != nil {
			r.stop()
		}
		for _, closer := range r.closers {
			r.closed = errors.Join(r.closed, closer(ctx))
		}
	})
	return r.closed
}
