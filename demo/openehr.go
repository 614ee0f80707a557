package demo

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/demo/openehr"
)

// communityID is the community trust's id in the region.
const communityID = "community"

// Who may ask the repository.
const (
	communityUser     = "patchwork"
	communityPassword = "demo-community-password"
)

func communityTrust() organisation {
	return organisation{ods: "RYW9", name: "Westmarch Community Healthcare"}
}

// The archetypes that the trust's forms are made of.
const (
	adverseReaction  = "openEHR-EHR-EVALUATION.adverse_reaction_risk.v1"
	problemDiagnosis = "openEHR-EHR-EVALUATION.problem_diagnosis.v1"
	bodyWeight       = "openEHR-EHR-OBSERVATION.body_weight.v2"
)

// communityQueries are the queries that are stored in the repository.
func communityQueries() map[string]string {
	return map[string]string{"uk.westmarch.community::body_weight": `SELECT e/ehr_id/value AS subject, c/uid/value AS id,
		o/data[at0002]/events[at0003]/data[at0001]/items[at0004]/value AS weight, c/context/start_time/value AS date, c/composer/name AS author_name
		FROM EHR e CONTAINS COMPOSITION c CONTAINS OBSERVATION o[` + bodyWeight + `]
		WHERE e/ehr_id/value matches {$ehr_ids} ORDER BY c/context/start_time/value DESC`}
}

// nurse writes down the people whom the community trust visits: every third of the
// hospital's.
func (c *content) nurse(people []*person, today time.Time) {
	for i, p := range people {
		if p.in&inHospital == 0 || i%3 != 0 || p.states[inHospital].nhs != p.truth.nhs {
			continue
		}
		e := p.visited(i, today)
		c.community = append(c.community, e)
		for k := range c.patients {
			if x := &c.patients[k]; x.NHSNumber == p.truth.nhs {
				x.Systems = append(x.Systems, communityID)
				x.LocalIDs[communityID] = e.ID
			}
		}
	}
}

// visited is the person's record at the community trust.
func (p *person) visited(index int, today time.Time) openehr.EHR {
	e := openehr.EHR{ID: uuid("community-ehr", fmt.Sprint(index)), NHS: p.truth.nhs, Details: map[string]any{"items[at0001]/value": openehr.Text(p.truth.family),
		"items[at0002]/value": openehr.Text(p.truth.given), "items[at0003]/value": openehr.Date(date(p.truth.born))}}
	add := func(kind string, at time.Time, values map[string]any) {
		e.Entries = append(e.Entries, openehr.Entry{UID: uuid("community", kind, fmt.Sprint(index), fmt.Sprint(len(e.Entries))) + "::cdr.westmarch.example::1",
			Archetype: kind, Composer: "Sister Folasade Adeyemi-Holt", Started: at.Format("2006-01-02") + "T10:15:00", Values: values})
	}
	for _, a := range p.history.allergies {
		if a.none || a.mistaken || a.resolved || a.label != "" {
			continue
		}
		values := map[string]any{"data[at0001]/items[at0002]/value": codedText(a.code)}
		if a.criticality != "" {
			values["data[at0001]/items[at0101]/value"] = openehr.Coded("local", map[string]string{"low": "at0102", "high": "at0103"}[a.criticality], strings.ToUpper(a.criticality[:1])+a.criticality[1:])
		}
		if a.reaction.display != "" {
			values["data[at0001]/items[at0009]/items[at0011]/value"] = codedText(a.reaction)
		}
		add(adverseReaction, today.AddDate(0, -6, 0), values)
	}
	for _, x := range p.history.problems {
		if x.mistaken || x.label != "" || x.status != "active" {
			continue
		}
		add(problemDiagnosis, today.AddDate(0, -6, 0), map[string]any{"data[at0001]/items[at0002]/value": codedText(x.code), "data[at0001]/items[at0077]/value": openehr.When(date(x.at))})
	}
	kilograms := 48 + index%45
	if p.truth.age(today) < 12 {
		kilograms = 14 + index%9
	}
	for n, months := range []int{-6, -3, -1} {
		add(bodyWeight, today.AddDate(0, months, 0), map[string]any{"data[at0002]/events[at0003]/data[at0001]/items[at0004]/value": openehr.Quantity(fmt.Sprintf("%d.%d0", kilograms-n, index%10), "kg")})
	}
	return e
}

func codedText(c concept) any {
	if c.code == "" || c.system != snomed {
		return openehr.Text(c.display)
	}
	return openehr.Coded("SNOMED-CT", c.code, c.display)
}

// ehr plants payloads in what the trust holds of somebody.
func (p *planter) ehr(e *openehr.EHR) {
	for _, at := range []string{"items[at0001]/value", "items[at0002]/value"} {
		o := e.Details[at].(object)
		o["value"] = p.text(o["value"].(string))
	}
	for i := range e.Entries {
		x := &e.Entries[i]
		x.Composer = p.text(x.Composer)
		for at, v := range x.Values {
			if o, ok := v.(object); ok && (o["_type"] == "DV_TEXT" || o["_type"] == "DV_CODED_TEXT") && !strings.Contains(at, "at0101") {
				o["value"] = p.text(o["value"].(string))
			}
		}
	}
}

// startOpenEHR starts the repository. Its password is in a file, as the connector wants it.
func (r *Region) startOpenEHR(o Options, x *content, c *control, controls, elsewhere string) error {
	path, err := r.keep(o, "community", communityPassword)
	if err != nil {
		return err
	}
	server := openehr.New(x.community, communityQueries())
	server.User, server.Password = communityUser, communityPassword
	front := &wire{gate: c.gate, count: openEHRPath, unwell: server.Unwell, garble: garbleJSON, trap: elsewhere + "/" + communityID + trapPath,
		serve: func(w http.ResponseWriter, req *http.Request, v visit) { server.Serve(w, req, v.fault.Name) }}
	address, ca, err := r.startHTTPS(o, front, c)
	if err != nil {
		return fmt.Errorf("%s: %w", communityID, err)
	}
	org := communityTrust()
	r.Systems = append(r.Systems, &System{ID: communityID, Kind: "openehr", Organisation: org.ods, Name: org.name, CareSetting: "community",
		URL: address + openehr.Base, Control: controls + "/" + communityID, KeyFile: path, CAFile: ca})
	return nil
}

// keep writes a secret into a file that goes with the region.
func (r *Region) keep(o Options, what, secret string) (string, error) {
	file, err := os.CreateTemp(o.Dir, "patchwork-demo-"+what+"-*.key")
	if err != nil {
		return "", err
	}
	path := file.Name()
	r.closers = append(r.closers, func(context.Context) error { return os.Remove(path) })
	if _, err = file.WriteString(secret + "\n"); err == nil {
		err = file.Close()
	}
	return path, err
}

// openEHRPath is the path a request is counted under: the EHR API, a query, or a stored one.
func openEHRPath(r *http.Request) string { return strings.TrimPrefix(r.URL.Path, openehr.Base) }

// refusedByOpenEHR are the faults the repository cannot have.
func refusedByOpenEHR() map[string]string {
	return map[string]string{faultNextForeign: "the repository's pages are no links"}
}
