package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
)

type demoCommand struct {
	Listen   string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where to serve; port 0 picks a free one."`
	State    string `placeholder:"DIR" help:"Keep the state here; by default it is thrown away at the end."`
	Seed     uint64 `default:"1" help:"Of the synthetic people: the same seed, the same people."`
	Patients int    `default:"200" help:"How many people."`
	Bundles  string `placeholder:"DIR" help:"Serve the people of FHIR R4 transaction bundles instead."`
	Busy     int    `name:"busy-person" placeholder:"N" help:"Add one person with so many entries, to see a long record."`
	PDS      bool   `name:"pds" default:"true" negatable:"" help:"Run a national register (Personal Demographics Service) too."`
	More     bool   `default:"true" negatable:"" help:"Run the region's further systems too: GP Connect, HL7 v2 messages, an archive of documents, a home-care provider, openEHR."`
	Hostile  bool   `help:"Put a script payload into every text of every system, and add people who are hard to show."`
	// PersistedOnly is how a region runs that knows its apps.
	PersistedOnly bool          `help:"Run registered operations only: those of the viewer, and none that somebody writes."`
	FaultFree     bool          `help:"Offer no control URLs: nothing can be told to misbehave."`
	Latency       time.Duration `help:"How long every answer of every system takes."`
	// IdentityProviders is where the OpenID provider's script stands, with its node_modules.
	IdentityProviders string `placeholder:"DIR" help:"Let three organisations sign in by identity providers of their own; DIR is demo/idp/oidc of the source tree."`
	// SMARTApp is where somebody else's app stands, with its node_modules.
	SMARTApp  string `name:"smart-app" placeholder:"DIR" help:"Offer a SMART app that charts measurements; DIR is demo/smartapp of the source tree."`
	ReadyFile string `placeholder:"FILE" help:"Write addresses, logins and people here when everything answers."`
}

// Ready is the ready file: how to reach and use the demo (assurance.md, the contract).
type Ready struct {
	URL      string         `json:"url"`
	GraphQL  string         `json:"graphql"`
	FHIR     string         `json:"fhir"`
	PID      int            `json:"pid"`
	Systems  []ReadySystem  `json:"systems"`
	Users    []DemoUser     `json:"users"`
	Logins   []DemoLogin    `json:"logins"`
	Patients []ReadyPatient `json:"patients"`
	// EPR is the hospital's own system, which opens the record; its Control makes it
	// misbehave. SMARTApp is somebody else's app; "" if it is not offered.
	EPR        string `json:"epr"`
	EPRControl string `json:"eprControl"`
	SMARTApp   string `json:"smartApp"`
}

// ReadySystem is one system of the region.
type ReadySystem struct {
	ID           string `json:"id"`
	Kind         string `json:"kind"`
	Organisation string `json:"organisation"`
	URL          string `json:"url"`
	Control      string `json:"control"`
}

// ReadyPatient is one person of the region. ID is "" if the server could not link them.
type ReadyPatient struct {
	ID         string   `json:"id"`
	NHSNumber  string   `json:"nhsNumber"`
	FamilyName string   `json:"familyName"`
	BirthDate  string   `json:"birthDate"`
	Systems    []string `json:"systems"`
	Scenario   string   `json:"scenario,omitempty"`
}

// Run starts the region and the server over it, until it is told to stop.
func (c *demoCommand) Run(t *terminal) (err error) {
	dir, cleanUp, err := c.stateDir()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, cleanUp()) }()
	l, err := listen(c.Listen)
	if err != nil {
		return err
	}
	defer l.Close()
	region, err := demo.Start(t.ctx, demo.Options{Seed: c.Seed, Patients: c.Patients, Bundles: c.Bundles, Latency: c.Latency, Dir: dir, PDS: c.PDS, Hostile: c.Hostile, Busy: c.Busy,
		GPConnect: c.More, Feed: c.More, Archive: c.More, HomeCare: c.More, OpenEHR: c.More})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, region.Close(context.WithoutCancel(t.ctx))) }()
	own, err := c.signIn(t, region, demoPlace{dir: dir, url: "http://" + l.Addr().String(), script: c.IdentityProviders})
	if err != nil {
		return err
	}
	defer own.stop()
	other, err := startEPR(t.ctx, region, "http://"+l.Addr().String(), c.SMARTApp)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, other.stop(context.WithoutCancel(t.ctx))) }()
	for _, note := range slices.Concat(region.Notes, own.notes, other.notes) {
		fmt.Fprintln(t.out, "note:", note)
	}
	if own.stanzas == "" {
		own.stanzas = fmt.Sprintf("public_url: http://%s\n", l.Addr())
	}
	own.stanzas += other.stanza()
	config, err := demoConfigWith(region, filepath.Join(dir, "patchwork.db"), own)
	if err != nil {
		return err
	}
	config.GraphQL.PersistedOnly = c.PersistedOnly
	s, err := open(t.ctx, config, t.log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := region.Fed(t.ctx); err != nil {
		return err
	}
	users, err := s.seedUsers(t.ctx, region, dir)
	if err != nil {
		return err
	}
	if err := other.register(t.ctx, s); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() { done <- s.serve(t.ctx, l) }()
	if err := c.announce(t, s, region, users, own.logins, other, l); err != nil {
		return err
	}
	return <-done
}

// signIn starts the organisations' identity providers, if that is asked for.
func (c *demoCommand) signIn(t *terminal, region *demo.Region, place demoPlace) (*demoSignIn, error) {
	if c.IdentityProviders == "" {
		return &demoSignIn{}, nil
	}
	return startSignIn(t.ctx, region, place)
}

func (c *demoCommand) stateDir() (string, func() error, error) {
	if c.State != "" {
		if err := os.MkdirAll(c.State, 0o700); err != nil {
			return "", nil, fmt.Errorf("the state directory cannot be made: %w", err)
		}
		return c.State, func() error { return nil }, nil
	}
	dir, err := os.MkdirTemp("", "patchwork-demo-")
	return dir, func() error { return os.RemoveAll(dir) }, err
}

// announce writes the ready file and tells the person at the terminal where to go.
func (c *demoCommand) announce(t *terminal, s *server, region *demo.Region, users []DemoUser, logins []DemoLogin, other *demoEPR, l net.Listener) error {
	url := "http://" + l.Addr().String()
	r := Ready{URL: url, GraphQL: url + "/graphql", FHIR: url + "/fhir", PID: os.Getpid(), Users: users, Logins: c.showable(logins)}
	other.describe(&r, c.FaultFree)
	for _, sys := range region.Systems {
		rs := ReadySystem{ID: sys.ID, Kind: sys.Kind, Organisation: sys.Organisation, URL: sys.URL, Control: sys.Control}
		if c.FaultFree {
			rs.Control = ""
		}
		r.Systems = append(r.Systems, rs)
	}
	var err error
	if r.Patients, err = s.linkPeople(t.ctx, region); err != nil {
		return err
	}
	if err := s.seedCohort(t.ctx, users, r.Patients); err != nil {
		return err
	}
	if c.ReadyFile != "" {
		if err := writeWhole(c.ReadyFile, r); err != nil {
			return err
		}
	}
	fmt.Fprintf(t.out, "\nPatchwork serves a synthetic region at %s\n\n  GraphiQL  %s/graphiql#token=%s\n  people    %d, for example NHS number %s\n\n", url, url, users[0].Token, len(r.Patients), record.NHSNumber(r.Patients[0].NHSNumber).Format())
	for _, u := range users {
		fmt.Fprintf(t.out, "  %-22s %-24s %s\n", u.Username, u.Password, u.Role)
	}
	for _, l := range logins {
		fmt.Fprintf(t.out, "\n  %s, by its own account:\n", l.Name)
		for _, u := range l.Users {
			fmt.Fprintf(t.out, "  %-22s %-24s %s\n", u.Username, u.Password, u.outcome())
		}
	}
	if r.EPR != "" {
		fmt.Fprintf(t.out, "\n  the hospital's EPR     %s\n", r.EPR)
	}
	if r.SMARTApp != "" {
		fmt.Fprintf(t.out, "  somebody else's app    %s\n", r.SMARTApp)
	}
	fmt.Fprintf(t.out, "\nStop with Ctrl-C.\n")
	return nil
}

// showable are the logins as the ready file has them.
func (c *demoCommand) showable(logins []DemoLogin) []DemoLogin {
	all := append([]DemoLogin{}, logins...)
	for i := range all {
		if c.FaultFree {
			all[i].Control = ""
		}
	}
	return all
}

// linkPeople opens everybody once, so that the ready file can name their ids.
func (s *server) linkPeople(ctx context.Context, region *demo.Region) ([]ReadyPatient, error) {
	people := make([]ReadyPatient, 0, len(region.Patients))
	const step = 100
	for from := 0; from < len(region.Patients); from += step {
		some := region.Patients[from:min(from+step, len(region.Patients))]
		numbers := make([]record.NHSNumber, len(some))
		for i, p := range some {
			numbers[i] = record.NHSNumber(p.NHSNumber)
		}
		found, err := s.index.ByNHSNumbers(ctx, numbers, 5*time.Second)
		if err != nil {
			return nil, err
		}
		for i, p := range some {
			people = append(people, ReadyPatient{
				ID: idOf(found[i]), NHSNumber: p.NHSNumber, FamilyName: p.FamilyName, BirthDate: p.BirthDate,
				Systems: p.Systems, Scenario: p.Scenario,
			})
		}
	}
	return people, nil
}

func idOf(f patient.Found) string {
	if f.Patient == nil {
		return ""
	}
	return f.Patient.ID
}

// writeWhole writes v so that a reader never sees half of it.
func writeWhole(file string, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	part := file + ".part"
	if err := os.WriteFile(part, append(text, '\n'), 0o600); err != nil {
		return fmt.Errorf("the ready file cannot be written: %w", err)
	}
	return os.Rename(part, file)
}
