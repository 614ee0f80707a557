package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/record"
)

const askStatus = `{ systemStatus { source name about sections state since reason answeredPercent } }`

// status is what a role is told of one system; nil if nothing.
func (r *region) status(t *testing.T, role auth.Role, source string) object {
	t.Helper()
	a := r.ask(t, role, askStatus, nil)
	if a["errors"] != nil {
		t.Fatal(a["errors"])
	}
	for _, s := range a.list("data.systemStatus") {
		if s.text("source") == source {
			return s
		}
	}
	return nil
}

// What users are told of a system is how it is: not asked yet, answering, down, switched off with the
// reason, at rest.
func TestSystemStatus(t *testing.T) {
	t.Parallel()
	const about = "The practice's own record: what your GP has written."
	r := startRegion(t, demo.Options{Patients: 60}, func(c *Config) {
		remember(c, 0)
		for i := range c.Sources {
			switch c.Sources[i].ID {
			case "gp":
				c.Sources[i].About, c.Sources[i].Timeout = about, 1500*time.Millisecond
			}
		}
	})
	page := func() { r.record(t, auth.RoleGP, r.Scenario("everything").NHSNumber) }
	is := func(state string) object {
		t.Helper()
		s := r.status(t, auth.RoleGP, "gp")
		if s.text("state") != state {
			t.Fatalf("it is %v, not %s", s, state)
		}
		return s
	}
	if s := is("UNKNOWN"); s["answeredPercent"] != nil || s.text("about") != about || len(s["sections"].([]any)) == 0 {
		t.Errorf("before anybody asked: %v", s)
	}
	page()
	page()
	if s := is("ANSWERS"); s["answeredPercent"] != 100.0 || s.text("since") == "" || s["reason"] != nil {
		t.Errorf("after two pages: %v", s)
	}
	r.control(t, "PUT", "gp", "", `{"fault":"refused"}`)
	page()
	if s := is("DOWN"); s["answeredPercent"].(float64) >= 100 || s.text("since") == "" {
		t.Errorf("down: %v", s)
	}
	r.control(t, "DELETE", "gp", "", "")
	const why = "Planned work of the supplier until 14:00"
	r.ask(t, auth.RoleAdministrator, `mutation { switchSourceOff(source: "gp", reason: "`+why+`") { off } }`, nil)
	if s := is("OFF"); s.text("reason") != why || s.text("since") == "" {
		t.Errorf("switched off: %v", s)
	}
	r.ask(t, auth.RoleAdministrator, `mutation { switchSourceOn(source: "gp", reason: "It is done again") { off } }`, nil)
	if s := r.status(t, auth.RoleGP, "gp"); s.text("state") == "OFF" || s["reason"] != nil {
		t.Errorf("switched on: %v", s)
	}
}

// How one that is not part of the record does is told to nobody whom it is no part for; and how much
// it answered to nobody where it was a few single looks.
func TestStatusTellsNoMoreThanMayBeKnown(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 60}, nil)
	everybody := []auth.Role{auth.RoleGP, auth.RoleReceptionist, auth.RoleAnalyst, auth.RoleAdministrator}
	for _, role := range everybody {
		if r.status(t, role, "hospital") == nil {
			t.Errorf("%s is not told of a live system", role)
		}
	}
	r.ask(t, auth.RoleGP, `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { allergies { verdict } } }`, map[string]any{"n": r.Scenario("everything").NHSNumber})
	if s := r.status(t, auth.RoleGP, "hospital"); s["answeredPercent"] != nil {
		t.Errorf("a share of single looks: %v", s)
	}
	a := r.ask(t, auth.RoleAdministrator, fmt.Sprintf(`mutation { setSourceStage(source: "hospital", stage: %s, reason: "It is new here") { source } }`, strings.ToUpper(string(record.Shadow))), nil)
	if a["errors"] != nil {
		t.Fatal(a)
	}
	for _, role := range everybody {
		if s := r.status(t, role, "hospital"); s != nil {
			t.Errorf("%s is told of a system in shadow: %v", role, s)
		}
	}
}
