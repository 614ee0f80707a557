package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/resolvers"
)

// TestCostIsToldToWhoAsks: reads and what was remembered, apart; nothing to who does not
// ask. That it tells nothing which is hidden, the worlds of TestTwoWorlds show.
func TestCostIsToldToWhoAsks(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 5}, nil)
	body := jsonOf(t, map[string]any{
		"query":     `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { id allergies { verdict outcomes { status source { id } } } again: allergies { verdict } problems { verdict outcomes { status source { id } } } } }`,
		"variables": map[string]any{"n": r.Scenario("everything").NHSNumber},
	})
	ask := func(header string) object {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.http.URL+"/graphql", bytes.NewReader([]byte(body)))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Authorization", "Bearer "+r.tokens[auth.RoleGP])
		if header != "" {
			req.Header.Set(resolvers.CostHeader, header)
		}
		_, text := send(t, req)
		var o object
		if err := json.Unmarshal(text, &o); err != nil {
			t.Fatal(err)
		}
		return o
	}
	first := ask("1")
	want := 0 // every system with an answer to show was asked once for each section, however often it is selected
	for _, section := range []string{"allergies", "problems"} {
		for _, o := range first.list("data.patientByNHSNumber." + section + ".outcomes") {
			if s := o.text("status"); s != "NOT_OFFERED" && s != "NOT_REGISTERED" && s != "WITHHELD" {
				want++
			}
		}
	}
	if got := first.number("extensions.cost.reads"); got != want || want < 4 {
		t.Errorf("%d reads, want %d: %v", got, want, first.at("extensions"))
	}
	sum := 0
	for _, s := range first.list("extensions.cost.sources") {
		sum += s.number("reads")
	}
	if sum != want || first.number("extensions.cost.fields") < 20 {
		t.Errorf("%d of %d reads by source: %v", sum, want, first.at("extensions"))
	}
	second, remembered := ask("1"), 0
	for _, s := range second.list("extensions.cost.sources") {
		remembered += s.number("remembered")
	}
	if second.number("extensions.cost.reads")+remembered != want || remembered == 0 {
		t.Errorf("asked again: %v", second.at("extensions"))
	}
	if third := ask(""); third["extensions"] != nil {
		t.Errorf("told without being asked: %v", third["extensions"])
	}
}
