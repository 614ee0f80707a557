package csvfile

import (
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

// TestSamples reads published lists of people by a stanza, as an extract of them would come.
func TestSamples(t *testing.T) {
	const febrl = `
date_format: YYYYMMDD
people:
  file: people.csv
  columns: {subject: rec_id, family_name: surname, given_names: given_name, birth_date: date_of_birth, address: [street_number, address_1, address_2, suburb], postcode: postcode}
`
	const splink = `
people:
  file: people.csv
  columns: {subject: unique_id, family_name: surname, given_names: first_name, birth_date: dob, address: city}
`
	for _, x := range []struct{ of, pattern, mapping string }{
		{"febrl", "linkage/febrl/*.csv.gz", febrl}, {"splink", "linkage/splink/fake_1000.csv.gz", splink},
	} {
		c := &sourcetest.Tally{Connector: "csvfile, " + x.of}
		for _, s := range sourcetest.Samples(t, c.Connector, x.pattern) {
			c.Files++
			text := strings.ReplaceAll(string(s.Body), ", ", ",") // their comma has a blank behind it
			server := serve(t, map[string]string{"people.csv": text})
			everybody(t, c, open(t, stanza(t, "location: "+server.url()+x.mapping)), text)
		}
		c.Report(t)
		if c.Entries() < 900 {
			t.Errorf("only %d people", c.Entries())
		}
	}
}

// everybody asks for everybody in the file.
func everybody(t *testing.T, c *sourcetest.Tally, source sources.Source, text string) {
	t.Helper()
	var keys []sources.Key
	for i, row := range strings.Split(strings.TrimSpace(text), "\n") {
		if id, _, _ := strings.Cut(row, ","); i > 0 {
			keys = append(keys, sources.Key{Section: record.Demographics, LocalID: id})
		}
	}
	source.Fetch(t.Context(), keys, func(k sources.Key, r sources.Result) {
		if r.Err != nil {
			t.Errorf("%v", r.Err)
		}
		c.Understood(k.Section.Name(), len(r.Entries))
		for _, g := range r.Gaps {
			c.Not(g.Code)
		}
	})
}
