package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/patchworkcare/patchwork/bench/mock"
)

// section is what is checked of a section of an answer.
type section struct {
	Total    int
	Verdict  string
	Entries  []json.RawMessage
	Outcomes []struct{ Status string }
}

// complete says what is missing from a section that must hold so many entries, of
// which so many are shown.
func (s *section) complete(total, shown int) error {
	if s.Verdict != "KNOWN" || s.Total != total || len(s.Entries) != shown {
		return fmt.Errorf("verdict %s with %d of %d entries", s.Verdict, s.Total, total)
	}
	if len(s.Outcomes) != sourceCount {
		return fmt.Errorf("%d outcomes", len(s.Outcomes))
	}
	for _, o := range s.Outcomes {
		if o.Status != "ANSWERED" {
			return fmt.Errorf("a source is %s", o.Status)
		}
	}
	return nil
}

// data reads the data of an answer without errors into into.
func data(answer []byte, into any) error {
	var a struct {
		Errors json.RawMessage
		Data   json.RawMessage
	}
	if err := json.Unmarshal(answer, &a); err != nil {
		return err
	}
	if len(a.Errors) > 0 {
		return fmt.Errorf("errors: %.300s", a.Errors)
	}
	return json.Unmarshal(a.Data, into)
}

// sections checks the sections of one person by what one source's record holds.
func sections(of map[string]json.RawMessage, each map[string]int, first map[string]int) error {
	for name, n := range each {
		var s section
		if err := json.Unmarshal(of[name], &s); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		shown := n * sourceCount
		if most, ok := first[name]; ok {
			shown = most
		}
		if err := s.complete(n*sourceCount, shown); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func checkWhole(answer []byte, values []string) error {
	var d struct {
		PatientByNHSNumber map[string]json.RawMessage
	}
	if err := data(answer, &d); err != nil {
		return err
	}
	if string(d.PatientByNHSNumber["nhsNumber"]) != `"`+values[0]+`"` {
		return errors.New("it is about somebody else")
	}
	if err := sections(d.PatientByNHSNumber, mock.Entries(), nil); err != nil {
		return err
	}
	for _, name := range mock.Nothing() { // asked for by the viewer only
		var s section
		if of, ok := d.PatientByNHSNumber[name]; !ok {
			continue
		} else if err := json.Unmarshal(of, &s); err != nil || s.Verdict != "NOT_RECORDED" || len(s.Outcomes) != sourceCount {
			return fmt.Errorf("%s: verdict %q of what nobody has", name, s.Verdict)
		}
	}
	entries := 0
	for _, n := range mock.Entries() {
		entries += n * sourceCount
	}
	if found := bytes.Count(answer, []byte(values[0])); found < entries {
		return fmt.Errorf("only %d of %d entries name the person", found, entries)
	}
	return nil
}

func checkList(answer []byte, values []string) error {
	var d struct {
		PatientsByNHSNumber []struct {
			NHSNumber string
			Problem   *string
			Patient   map[string]json.RawMessage
		}
	}
	if err := data(answer, &d); err != nil {
		return err
	}
	if len(d.PatientsByNHSNumber) != len(values) {
		return fmt.Errorf("%d of %d people", len(d.PatientsByNHSNumber), len(values))
	}
	for i, p := range d.PatientsByNHSNumber {
		if p.NHSNumber != values[i] || p.Problem != nil {
			return errors.New("somebody is not there")
		}
		if err := sections(p.Patient, mock.ListedEntries(), map[string]int{"observations": 1}); err != nil {
			return err
		}
		if !bytes.Contains(p.Patient["allergies"], []byte(values[i])) {
			return errors.New("the allergies are somebody else's")
		}
	}
	return nil
}

// checkOwn checks an answer in a peer's own graph: it holds every resource that the floor
// finds, by its id, and every person that was asked for.
func checkOwn(w *work, answer []byte, values []string) error {
	var d json.RawMessage
	if err := data(answer, &d); err != nil {
		return err
	}
	if n := bytes.Count(d, []byte(`"id":"`)); n != w.resources {
		return fmt.Errorf("%d of %d resources", n, w.resources)
	}
	for _, v := range values {
		if n := bytes.Count(d, []byte(v)); n < w.resources/len(values)/2 {
			return fmt.Errorf("only %d resources are of who was asked for", n)
		}
	}
	return nil
}

func checkSearch(answer []byte, values []string) error {
	var d struct {
		SearchPatients struct {
			Hits []struct {
				BirthDate string
				Sources   []json.RawMessage
			}
			Outcomes []struct{ Status string }
		}
	}
	if err := data(answer, &d); err != nil {
		return err
	}
	if n := len(d.SearchPatients.Hits); n != 5 || len(d.SearchPatients.Outcomes) != sourceCount {
		return fmt.Errorf("%d hits of 5", n)
	}
	for _, h := range d.SearchPatients.Hits {
		if h.BirthDate != values[1] || len(h.Sources) != sourceCount {
			return errors.New("a hit is not in every source")
		}
	}
	return nil
}
