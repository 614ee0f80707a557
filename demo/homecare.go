package demo

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/demo/homecare"
)

// homeCareID is the home-care provider's id in the region.
const homeCareID = "home-care"

// homeCareKey is what its API takes as X-Api-Key.
const homeCareKey = "demo-home-care-key"

func homeCareProvider() organisation {
	return organisation{ods: "VL901", name: "Larch Home Care Ltd"}
}

// carers are the provider's own workers.
func carers() []homecare.Member {
	return []homecare.Member{
		{Worker: "W-01", Name: "Edith Larkinshaw", Role: "Senior care worker", Phone: "01632 960701"},
		{Worker: "W-02", Name: "Jonah Pikersgill", Role: "Care worker", Phone: "01632 960702"},
		{Worker: "W-03", Name: "Abena Osei-Thwaite", Role: "Hospice-at-home nurse", Phone: "01632 960703"},
	}
}

// visitHomes writes down the people whom the provider looks after: those for whom the
// council pays its care.
func (c *content) visitHomes(people []*person, today time.Time) {
	for _, w := range carers() {
		c.caseloads = append(c.caseloads, homecare.Caseload{Worker: w.Worker, Name: w.Name})
	}
	for i, p := range people {
		if !slices.ContainsFunc(p.history.services, func(s service) bool { return s.provider == homeCareProvider().name }) {
			continue
		}
		client := p.atHome(i, today)
		c.home = append(c.home, client)
		c.caseloads[i%len(c.caseloads)].Clients = append(c.caseloads[i%len(c.caseloads)].Clients, client.ID)
		for k := range c.patients {
			if x := &c.patients[k]; x.NHSNumber == p.truth.nhs {
				x.Systems = append(x.Systems, homeCareID)
				x.LocalIDs[homeCareID] = fmt.Sprint(client.ID)
			}
		}
	}
	for _, l := range c.caseloads {
		r := Roster{System: homeCareID, Kind: "CASELOAD", ID: l.Worker, Name: l.Name}
		for _, id := range l.Clients {
			r.LocalIDs = append(r.LocalIDs, fmt.Sprint(id))
		}
		slices.Sort(r.LocalIDs)
		c.rosters = append(c.rosters, r)
	}
}

// atHome is the person as the provider knows them.
func (p *person) atHome(index int, today time.Time) homecare.Client {
	t := p.truth
	id := 40_001 + index*13
	x := homecare.Client{ID: id, Number: fmt.Sprintf("LC-%d", id), NHS: t.nhs, Traced: p.states[inSocialCare].status == "01", Title: t.title, First: t.given,
		Last: t.family, Born: date(t.born), Gender: map[string]string{"male": "M", "female": "F"}[t.sex], Lines: append(t.address.lines(), t.address.town),
		Postcode: t.address.postcode, Phone: t.home}
	if x.Gender == "" {
		x.Gender = "X"
	}
	if p.states[inSocialCare].nhs == "" { // the council did not say
		x.NHS, x.Traced = "", false
	}
	if slices.ContainsFunc(p.kin, func(k relative) bool { return k.phone != "" }) {
		for n, k := range p.kin {
			x.Contacts = append(x.Contacts, homecare.Contact{ID: fmt.Sprintf("K-%d-%d", id, n+1), Name: k.name, Relation: k.relationText, Phone: k.phone, NextOfKin: k.nextOfKin, Carer: k.carer})
		}
	}
	worker := carers()[index%len(carers())]
	since := today
	for _, s := range p.history.services {
		if s.provider != homeCareProvider().name {
			continue
		}
		since = s.at
		x.Packages = append(x.Packages, packageOf(id, s, worker.Name))
	}
	worker.Key, worker.Since = true, date(since)
	x.Team = []homecare.Member{worker}
	x.Risks = []homecare.Risk{{ID: fmt.Sprintf("R-%d-1", id), Kind: "Access to the home", Text: "Key safe beside the back door; the code is with the office", Since: date(since)}}
	for n, days := range []int{-9, -2, -1, 1} {
		at := today.AddDate(0, 0, days)
		status := "DONE"
		if days > 0 {
			status = "PLANNED"
		}
		x.Visits = append(x.Visits, homecare.Visit{ID: fmt.Sprintf("V-%d-%d", id, n+1), At: at.Format("2006-01-02") + "T08:30", Minutes: 45, Kind: "Morning call",
			Worker: worker.Name, Status: status, Note: map[string]string{"DONE": "Washed and dressed; ate breakfast"}[status]})
	}
	x.Letters = []homecare.Letter{{ID: fmt.Sprintf("L-%d-1", id), Title: "Review of the package of care", Date: date(today.AddDate(0, -1, 0)),
		Text: "The package of care was reviewed at home.\nIt works well and goes on as it is.\n"}}
	return x
}

func packageOf(id int, s service, worker string) homecare.Package {
	status := map[string]string{"Active": "ACTIVE", "Ended": "ENDED", "Suspended": "PAUSED"}[s.status]
	p := homecare.Package{ID: fmt.Sprintf("P-%d-1", id), Title: s.name + ", " + s.frequency, Kind: "Package of care", Status: status, Start: date(s.at), Funder: council().name,
		Planner: worker, Goals: []string{s.reason, "Stay at home for as long as it is safe"},
		Services: []homecare.Service{{Name: s.name, Frequency: s.frequency, Worker: worker}, {Name: "Medicines prompt", Frequency: "With every call", Worker: worker}}}
	if !s.until.IsZero() {
		p.End = date(s.until)
	} else {
		p.Review = date(s.at.AddDate(5, 0, 0))
	}
	return p
}

// client plants payloads in what the provider holds of somebody.
func (p *planter) client(x *homecare.Client) {
	x.First, x.Last = p.text(x.First), p.text(x.Last)
	for i := range x.Packages {
		k := &x.Packages[i]
		k.Title, k.Planner = p.text(k.Title), p.text(k.Planner)
		for n := range k.Goals {
			k.Goals[n] = p.text(k.Goals[n])
		}
	}
	for i := range x.Risks {
		x.Risks[i].Text = p.text(x.Risks[i].Text)
	}
	for i := range x.Visits {
		x.Visits[i].Note = p.text(x.Visits[i].Note)
	}
	for i := range x.Letters {
		x.Letters[i].Title = p.text(x.Letters[i].Title)
	}
}

// startHomeCare starts the provider's API. Its key is in a file, as the connector wants it.
func (r *Region) startHomeCare(o Options, x *content, c *control, controls, elsewhere string) error {
	path, err := r.keep(o, homeCareID, homeCareKey)
	if err != nil {
		return err
	}
	server := homecare.New(x.home, x.caseloads, homecare.Options{Key: homeCareKey, Elsewhere: elsewhere + "/" + homeCareID + trapPath})
	front := &wire{gate: c.gate, count: homeCarePath, unwell: server.Unwell, garble: garbleJSON, trap: elsewhere + "/" + homeCareID + trapPath,
		serve: func(w http.ResponseWriter, req *http.Request, v visit) { server.Serve(w, req, v.fault.Name) }}
	address, ca, err := r.startHTTPS(o, front, c)
	if err != nil {
		return fmt.Errorf("%s: %w", homeCareID, err)
	}
	org := homeCareProvider()
	r.Systems = append(r.Systems, &System{ID: homeCareID, Kind: "rest", Organisation: org.ods, Name: org.name, CareSetting: "social-care",
		URL: address + homecare.Base, Control: controls + "/" + homeCareID, KeyFile: path, CAFile: ca})
	return nil
}

// homeCarePath is the path a request is counted under: without ids.
func homeCarePath(r *http.Request) string {
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, homecare.Base), "/")
	switch {
	case len(parts) == 4 && parts[1] == "clients":
		return "/clients/" + parts[3]
	case len(parts) == 3 && (parts[1] == "letters" || parts[1] == "caseloads"):
		return "/" + parts[1] + "/"
	}
	return strings.Join(parts, "/")
}
