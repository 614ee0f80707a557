package demo

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/patchworkcare/patchwork/demo/pgwire"
)

// start starts the systems, each with a gate, and the control port.
func (r *Region) start(ctx context.Context, o Options, c *content) error {
	gates := map[string]*gate{}
	for _, system := range holders() {
		gates[system.id()] = newGate(o.Latency)
		r.closers = append(r.closers, func(context.Context) error { gates[system.id()].close(); return nil })
	}
	gp, hospital := newFHIRServer("Westmarch GP", c.gp), newFHIRServer("Westmarch Infirmary EPR", c.hospital)
	folder := newCSVServer(c.council, o.Now)
	gpWire, hospitalWire := fhirWire(gp, gates["gp"]), fhirWire(hospital, gates["hospital"])
	councilWire := &wire{gate: gates["social-care"], serve: folder.serve, unwell: folder.unwell, garble: garbleCSV,
		count: func(req *http.Request) string { return req.URL.Path }}

	gpControl := &control{system: "gp", trap: fhirTrap(gp, "gp")}
	hospitalControl := &control{system: "hospital", trap: fhirTrap(hospital, "hospital")}
	pasControl := &control{system: "mental-health", trap: http.NotFoundHandler()}
	councilControl := &control{system: "social-care", trap: http.NotFoundHandler()}
	controls := []*control{gpControl, hospitalControl, pasControl, councilControl}
	pdsControl := &control{system: nationalID, trap: http.NotFoundHandler()}
	if o.PDS {
		gates[nationalID] = newGate(o.Latency)
		r.closers = append(r.closers, func(context.Context) error { gates[nationalID].close(); return nil })
		controls = append(controls, pdsControl)
	}
	more := r.more(o, c)
	for _, m := range more {
		gates[m.control.system] = newGate(o.Latency)
		r.closers = append(r.closers, func(context.Context) error { gates[m.control.system].close(); return nil })
		controls = append(controls, m.control)
	}
	for _, one := range controls {
		one.gate, one.refuse = gates[one.system], refusePartlyRefused
	}
	pasControl.refuse, councilControl.refuse = refuseNamed(refusedByPAS()), refuseNamed(refusedByCSV())
	pdsControl.refuse = refuseNamed(refusedByPDS())
	for _, m := range more {
		m.control.refuse = refuseNamed(m.refused)
	}

	controlDoor, err := r.door(newControlMux(controls))
	if err != nil {
		return err
	}
	// Another host and another port than those of any system.
	elsewhere := strings.Replace(controlDoor.url(), "127.0.0.1", "localhost", 1)
	gp.trap, hospital.trap = elsewhere+"/gp"+trapPath, elsewhere+"/hospital"+trapPath
	gpWire.trap, hospitalWire.trap, councilWire.trap = gp.trap, hospital.trap, elsewhere+"/social-care"+trapPath

	for _, s := range []struct {
		control *control
		wire    *wire
		kind    string
		org     organisation
		setting string
	}{
		{gpControl, gpWire, "fhirr4", supplier(), "primary-care"},
		{hospitalControl, hospitalWire, "fhirr4", acuteTrust(), "acute"},
		{pasControl, nil, "sqlview", mentalHealthTrust(), "mental-health"},
		{councilControl, councilWire, "csvfile", council(), "social-care"},
	} {
		var address string
		if s.wire == nil {
			address, err = r.startPAS(ctx, o, c.pas, s.control)
		} else {
			address, err = r.startHTTP(s.wire, s.control)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", s.control.system, err)
		}
		r.Systems = append(r.Systems, &System{ID: s.control.system, Long: o.Busy > 0, Kind: s.kind, Organisation: s.org.ods, Name: s.org.name, CareSetting: s.setting,
			URL: address, Control: controlDoor.url() + "/" + s.control.system})
	}
	if o.PDS {
		if err := r.startPDS(o, c.national, pdsControl, controlDoor.url(), elsewhere); err != nil {
			return err
		}
	}
	for _, m := range more {
		if err := m.start(controlDoor.url(), elsewhere); err != nil {
			return err
		}
	}
	return nil
}

// fhirWire is the front of a FHIR server.
func fhirWire(s *fhirServer, g *gate) *wire {
	return &wire{gate: g, count: fhirPath, serve: s.serve, unwell: s.unwell, garble: garbleJSON}
}

// fhirTrap answers whoever follows a link to elsewhere: about other people.
func fhirTrap(s *fhirServer, system string) http.Handler {
	return http.StripPrefix("/"+system+trapPath, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.serve(w, r, visit{fault: Fault{Name: faultWrongPatient}})
	}))
}

func (r *Region) door(handler http.Handler) (*door, error) {
	d, err := openDoor(handler)
	if err != nil {
		return nil, err
	}
	r.closers = append(r.closers, d.close)
	return d, nil
}

func (r *Region) startHTTP(w *wire, c *control) (string, error) {
	d, err := r.door(w)
	if err != nil {
		return "", err
	}
	c.shut, c.open = d.shut, d.open
	return d.url(), nil
}

// startPAS fills a database file and puts the PostgreSQL protocol before it.
func (r *Region) startPAS(ctx context.Context, o Options, rows map[string][]row, c *control) (string, error) {
	file, err := os.CreateTemp(o.Dir, "patchwork-demo-pas-*.sqlite")
	if err != nil {
		return "", err
	}
	path := file.Name()
	_ = file.Close()
	remove := func(context.Context) error { return os.Remove(path) }
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(OFF)&_pragma=synchronous(OFF)")
	if err != nil {
		r.closers = append(r.closers, remove)
		return "", err
	}
	closeDB := func(context.Context) error { return db.Close() }
	if err := fillPAS(ctx, db, rows); err != nil {
		r.closers = append(r.closers, closeDB, remove)
		return "", err
	}
	var ids []string
	for _, p := range rows["patients"] {
		ids = append(ids, p["pas_id"])
	}
	server, err := pgwire.Start(context.WithoutCancel(ctx), db, pasGate(c.gate, ids))
	if err != nil {
		r.closers = append(r.closers, closeDB, remove)
		return "", err
	}
	r.closers = append(r.closers, func(context.Context) error { return server.Close() }, closeDB, remove)
	c.shut = func() error { return server.Refuse(true) }
	c.open = func() error { return server.Refuse(false) }
	address := url.URL{Scheme: "postgres", User: url.UserPassword("demo", "demo"), Host: server.Addr(), Path: "/pas", RawQuery: "sslmode=disable"}
	return address.String(), nil
}
