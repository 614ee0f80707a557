package demo

import (
	"errors"
	"time"

	"github.com/patchworkcare/patchwork/demo/gpconnect"
	"github.com/patchworkcare/patchwork/demo/homecare"
	"github.com/patchworkcare/patchwork/demo/openehr"
	"github.com/patchworkcare/patchwork/demo/pds"
	"github.com/patchworkcare/patchwork/demo/xds"
)

// content is what the systems hold.
type content struct {
	patients     []Patient
	rosters      []Roster
	gp, hospital *fhirStore
	pas          map[string][]row
	council      map[string][]row
	national     []pds.Person
	outOfHours   []gpconnect.Record
	fed          []fed
	archived     []xds.Document
	home         []homecare.Client
	caseloads    []homecare.Caseload
	community    []openehr.EHR
	notes        []string
}

// content makes the people and writes them down in each system's own form.
func (o Options) content() (*content, error) {
	var adapted *Adapted
	var people []*person
	today := london(o.Now())
	day := time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, time.UTC)
	if o.Bundles != "" { // their people instead of invented ones
		var err error
		if adapted, err = LoadBundles(o.Bundles); err != nil {
			return nil, err
		}
	} else {
		taken := &numbers{used: map[string]bool{}}
		people = population(o.Seed, o.Patients, day, taken)
		if o.Busy > 0 {
			people = append(people, stage([]scenario{busy(o.Busy)}, len(people), taken, day)...)
		}
		if o.PDS {
			people = append(people, stage(nationalScenarios(), len(people), taken, day)...)
		}
		if o.Hostile {
			people = append(people, stage(hostileScenarios(), len(people), taken, day)...)
		}
	}
	c := &content{pas: pasRows(people), council: csvRows(people)}
	if adapted == nil {
		c.rosters = rosters(people, day)
	}
	for _, p := range people {
		c.patients = append(c.patients, p.summary())
	}
	var err error
	if c.gp, err = writeFHIR(inGP, supplier(), people); err != nil {
		return nil, err
	}
	if c.hospital, err = writeFHIR(inHospital, acuteTrust(), people); err != nil {
		return nil, err
	}
	if adapted != nil {
		if err := c.adapt(adapted); err != nil {
			return nil, err
		}
	}
	if o.Feed {
		c.feed(people)
	}
	if o.PDS {
		c.register(people)
	}
	if o.GPConnect {
		c.attend(people)
	}
	if o.Archive {
		c.archive(people)
	}
	if o.HomeCare {
		c.visitHomes(people, day)
	}
	if o.OpenEHR {
		c.nurse(people, day)
	}
	if o.Hostile {
		if err := c.plant(newPlanter()); err != nil {
			return nil, err
		}
	}
	c.gp.ready()
	c.hospital.ready()
	return c, nil
}

// plant makes every text of every system hostile.
func (c *content) plant(p *planter) (err error) {
	for i := range c.patients {
		c.patients[i].FamilyName, c.patients[i].GivenName = p.text(c.patients[i].FamilyName), p.text(c.patients[i].GivenName)
	}
	if c.gp, err = p.store(c.gp); err != nil {
		return err
	}
	if c.hospital, err = p.store(c.hospital); err != nil {
		return err
	}
	p.rows(c.pas)
	p.rows(c.council)
	for i := range c.fed {
		w := &c.fed[i].who
		w.Family, w.Given = p.text(w.Family), p.text(w.Given)
	}
	for i := range c.national {
		p.national(&c.national[i])
	}
	for i := range c.outOfHours {
		p.attendances(&c.outOfHours[i])
	}
	p.archived(c.archived)
	for i := range c.home {
		p.client(&c.home[i])
	}
	for i := range c.community {
		p.ehr(&c.community[i])
	}
	return nil
}

// adapt adds the people of a directory of bundles.
func (c *content) adapt(adapted *Adapted) error {
	c.notes = append(c.notes, adapted.Summary())
	for _, problem := range adapted.Problems {
		c.notes = append(c.notes, problem.Error())
	}
	if err := errors.Join(c.gp.merge(adapted.gp), c.hospital.merge(adapted.hospital)); err != nil {
		return err
	}
	mergeRows(c.pas, adapted.pas)
	for file, rows := range adapted.council {
		c.council[file] = append(c.council[file], rows...)
	}
	for _, p := range adapted.people {
		c.patients = append(c.patients, p.summary())
	}
	return nil
}

// summary is the adapted person as Region.Patients tells them: all are known
// everywhere.
func (p *bundlePerson) summary() Patient {
	out := Patient{NHSNumber: p.nhs, FamilyName: p.read.text("name.family"), GivenName: p.read.text("name.given"),
		BirthDate: p.read.text("birthDate"), LocalIDs: map[string]string{}}
	for _, system := range holders() {
		out.Systems = append(out.Systems, system.id())
		out.LocalIDs[system.id()] = p.localID(system)
	}
	return out
}

// summary is the person as Region.Patients tells them.
func (p *person) summary() Patient {
	out := Patient{NHSNumber: p.truth.nhs, FamilyName: p.truth.family, GivenName: p.truth.given, BirthDate: date(p.truth.born),
		Scenario: p.scenario, LocalIDs: map[string]string{}}
	for _, system := range holders() {
		if s := p.states[system]; s != nil {
			out.Systems = append(out.Systems, system.id())
			out.LocalIDs[system.id()] = s.localID
		}
	}
	return out
}
