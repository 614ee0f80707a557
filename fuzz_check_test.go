package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/fuzz/naive"
	"github.com/patchworkcare/patchwork/fuzz/operations"
	"github.com/patchworkcare/patchwork/resolvers"
)

// check asks the server under the policies and judges the whole of what it did: the
// answer, the log and the ledger. It asks again if the minute changed meanwhile,
// because policies may look at the clock.
func (r *fuzzRegion) check(sum *tally, d *naive.Document, c *fuzzCaller, o *operations.Operation) ([]finding, error) {
	if err := r.use(d); err != nil {
		return nil, err
	}
	for {
		j := r.judge(d, c)
		resp, err := r.run(c.session, o.Text, o.Variables)
		if err != nil {
			return nil, err
		}
		if now := time.Now().In(r.zone); now.Format("15:04") != j.at.Format("15:04") {
			continue
		}
		if len(resp.Errors) > 0 && resp.Errors[0].Extensions["code"] == resolvers.CodeOperationTooLarge {
			return nil, fmt.Errorf("it is refused for its size and judges nothing: %s", resp.Errors[0].Message)
		}
		findings := r.watch()
		errors, _ := json.Marshal([]any{resp.Errors, resp.Extensions})
		known := r.inputs(o)
		for _, f := range r.world.Scan(errors) {
			if !known[f.Text] {
				findings = append(findings, leak("%s stands in an error: %v", f.Text, f.Owners))
			}
		}
		return append(findings, r.data(sum, j, o, resp.Data, known)...), nil
	}
}

// inputs are the canaries that the question itself holds.
func (r *fuzzRegion) inputs(o *operations.Operation) map[string]bool {
	variables, _ := json.Marshal(o.Variables)
	text := o.Text + string(variables)
	known := map[string]bool{}
	for _, form := range []string{text, strings.ReplaceAll(text, " ", "")} {
		for _, f := range r.world.Scan([]byte(form)) {
			known[f.Text] = true
		}
	}
	return known
}

// data judges the answer root field by root field.
func (r *fuzzRegion) data(sum *tally, j *fuzzJudge, o *operations.Operation, data []byte, known map[string]bool) []finding {
	var parts map[string]json.RawMessage
	if len(data) == 0 || string(data) == "null" {
		return nil
	}
	if err := json.Unmarshal(data, &parts); err != nil {
		return []finding{leak("the answer is not JSON: %v", err)}
	}
	var findings []finding
	for _, root := range o.Roots() {
		part := parts[root.Key]
		delete(parts, root.Key)
		for _, f := range r.world.Scan(part) {
			sum.found.Add(1)
			if !j.allows(root.Name, f.Owners) && !(known[f.Text] && root.Name == "patientsByNHSNumber" && !strings.HasPrefix(f.Text, "k7q")) {
				findings = append(findings, leak("%s under %s: %v", f.Text, root.Name, f.Owners))
			}
		}
		findings = append(findings, r.root(sum, j, o, root, part)...)
	}
	for key := range parts {
		findings = append(findings, leak("nobody asked for %s", key))
	}
	return findings
}

// root looks for what is missing from the people under a root field.
func (r *fuzzRegion) root(sum *tally, j *fuzzJudge, o *operations.Operation, root operations.Field, part json.RawMessage) []finding {
	var findings []finding
	one := func(f operations.Field, person int, value any) {
		opens := j.opens(person, opening(root.Name))
		is, _ := value.(map[string]any)
		switch {
		case opens && is == nil:
			findings = append(findings, drop("person %d may be opened by %s and is not there", person, root.Name))
		case !opens && is != nil:
			findings = append(findings, leak("person %d may not be opened by %s and is there", person, root.Name))
		case opens:
			c := &reading{fuzzJudge: j, o: o, action: actionOf(root.Name), person: person}
			c.patient(f, is)
			sum.asked.Add(int64(c.asked))
			findings = append(findings, c.findings...)
		}
	}
	var value any
	_ = json.Unmarshal(part, &value)
	switch root.Name {
	case "patient":
		if i := r.personByID(root.Arguments["id"]); i >= 0 {
			one(root, i, value)
		}
	case "searchPatients":
		is, _ := value.(map[string]any)
		if may := j.searches(); may != (is != nil) {
			findings = append(findings, leak("searching is allowed %v and done %v", may, is != nil))
		} else if may {
			findings = append(findings, j.search(root, is)...)
		}
	case "explain":
		i := r.personByID(root.Arguments["patient"])
		is, _ := value.(map[string]any)
		if opens := j.opens(i, "read"); opens != (is != nil) {
			findings = append(findings, leak("explaining of person %d is allowed %v and done %v", i, opens, is != nil))
		} else if opens {
			findings = append(findings, j.explained(root, i, is)...)
		}
	case "patientByNHSNumber":
		one(root, r.personByNumber(root.Arguments["nhsNumber"]), value)
	case "list":
		is, _ := value.(map[string]any)
		if may := j.keepsLists(); may != (is != nil) {
			findings = append(findings, leak("keeping lists is allowed %v and done %v", may, is != nil))
		} else if may {
			findings = append(findings, j.listed(o, root, is, one)...)
		}
	case "patientsByNHSNumber":
		numbers, _ := root.Arguments["nhsNumbers"].([]any)
		rows, _ := value.([]any)
		for i, row := range rows {
			for _, f := range o.Below(root, "PatientLookup") {
				if is, ok := row.(map[string]any); ok && f.Name == "patient" {
					one(f, r.personByNumber(numbers[i]), is[f.Key])
				}
			}
		}
	}
	return findings
}

func (r *fuzzRegion) personByID(id any) int {
	for i, known := range r.ids {
		if known == id {
			return i
		}
	}
	return -1
}

func (r *fuzzRegion) personByNumber(n any) int {
	text, _ := n.(string)
	for i, p := range r.world.People {
		if string(p.NHSNumber) == strings.ReplaceAll(text, " ", "") {
			return i
		}
	}
	panic("nobody has the number that the test asked for")
}

// watch judges what the server wrote down since it was last called: its log holds no
// canary at all, and its ledger none but the ids that systems gave people.
func (r *fuzzRegion) watch() []finding {
	var findings []finding
	for _, f := range r.world.Scan(r.log.take()) {
		findings = append(findings, leak("%s stands in the log: %v", f.Text, f.Owners))
	}
	for {
		events, err := r.server.ledger.Events(noContext(), audit.Filter{After: r.ledger, Limit: audit.MaxLimit})
		if err != nil {
			return append(findings, leak("the ledger cannot be read: %v", err))
		}
		if len(events) == 0 {
			return findings
		}
		for _, e := range events {
			r.ledger = e.Seq
			for i := range e.Sources {
				e.Sources[i].LocalIDs = nil
			}
			for _, f := range r.world.Scan([]byte(fmt.Sprintf("%+v", e))) {
				findings = append(findings, leak("%s stands in the ledger (%s): %v", f.Text, e.Action, f.Owners))
			}
		}
	}
}
