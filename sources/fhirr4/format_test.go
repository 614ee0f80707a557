package fhirr4_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
)

// TestGroupedNumbers: a server that keeps NHS numbers in groups is asked for both spellings
// where the stanza says so, in one search and never in a URL, and a grouped number in an
// answer is the number that was asked for.
func TestGroupedNumbers(t *testing.T) {
	t.Parallel()
	people := slices.Concat(one("p1", "999 000 0018", "Ashworth", "1956-03-12"), one("p2", "9990000026", "Birtwistle", "1961-07-04"),
		one("p3", "999-000-0034", "Crompton", "1970-01-01"))
	queries := []record.PersonQuery{{NHSNumber: "9990000018"}, {NHSNumber: "9990000026"}, {NHSNumber: "9990000042"}}
	for format, want := range map[string]string{"": ",p2,", "plain": ",p2,", "spaced": "p1,p2,"} {
		s := newServer(t, people...)
		source := open(t, &fhirr4.Config{URL: s.URL, NHSNumberFormat: format})
		found, err := source.(sources.Finder).Find(t.Context(), queries)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, of := range found {
			id := ""
			for _, p := range of {
				id += p.Subject
			}
			ids = append(ids, id)
		}
		if got := strings.Join(ids, ","); got != want {
			t.Errorf("%q: found %s, want %s", format, got, want)
		}
		if calls := s.seen(); !slices.Equal(calls, []string{"POST /Patient/_search"}) {
			t.Errorf("%q: calls %v", format, calls)
		}
		if format != "spaced" {
			continue
		}
		if p := found[0][0]; p.NHSNumber != "9990000018" || p.NHSNumberStatus != record.NumberVerified {
			t.Errorf("number %s, %s", p.NHSNumber, p.NHSNumberStatus)
		}
	}
	// However it is written, the record that is read carries the number itself.
	s := newServer(t, people...)
	key := sources.Key{Section: record.Demographics, LocalID: "p3"}
	r := fetch(t, open(t, &fhirr4.Config{URL: s.URL}), key)[key]
	if r.Err != nil || len(r.Entries) != 1 || r.Entries[0].(*record.Person).NHSNumber != "9990000034" {
		t.Errorf("%v, %v", r.Entries, r.Err)
	}
	if problems := (&fhirr4.Config{URL: s.URL, NHSNumberFormat: "grouped"}).Validate(); len(problems) != 1 || problems[0].Path != "nhs_number_format" {
		t.Errorf("problems %v", problems)
	}
}
