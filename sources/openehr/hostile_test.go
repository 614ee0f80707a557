package openehr

import (
	"fmt"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
	"github.com/patchworkcare/patchwork/sources/jsonapi"
)

// What is no result set is none, and what is none of the data types is odd.
func TestResultSetsThatAreNone(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`null`, `[]`, `{}`, `"x"`, `{"columns":[]}`, `{"rows":[]}`, `{"columns":{},"rows":[]}`, `{"columns":[],"rows":{}}`, `{"columns":[],"rows":null}`,
		`{"columns":[{"name":"a"}],"rows":[["1","2"]]}`, `{"columns":[{"name":"a"}],"rows":[[]]}`, `{"columns":[{"name":"a"}],"rows":["1"]}`,
		`{"columns":[{}],"rows":[]}`, `{"columns":[1],"rows":[]}`, `{"columns":[null],"rows":[[1]]}`,
	} {
		tree, err := jsonapi.Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if set, err := parse(tree); err == nil {
			t.Errorf("%s is taken as %v", text, set)
		} else if e := sources.AsError(err); e.Kind != sources.Malformed || e.Code != "not-result-set" {
			t.Error(e)
		}
	}
	for text, want := range map[string]string{
		`{"_type":"DV_MULTIMEDIA","data":"x"}`:  "odd",
		`{"_type":"COMPOSITION"}`:               "odd",
		`{"_type":7}`:                           "odd",
		`{"a":1}`:                               "odd",
		`{"_type":"DV_CODED_TEXT","value":"x"}`: "x",
		`{"_type":"DV_TEXT"}`:                   "",
		`{"_type":"DV_TEXT","value":{"_type":"DV_TEXT","value":"x"}}`:                                                                                 "",
		`{"_type":"DV_QUANTITY","magnitude":7.10,"units":"mmol/l"}`:                                                                                   "7.10 mmol/l",
		`{"_type":"DV_QUANTITY","magnitude":5,"magnitude_status":">=","units":"g"}`:                                                                   ">=5 g",
		`{"_type":"DV_QUANTITY","magnitude":5,"magnitude_status":"~"}`:                                                                                "~5",
		`{"_type":"DV_INTERVAL","lower":{"_type":"DV_QUANTITY","magnitude":1,"units":"g"},"upper":{"_type":"DV_QUANTITY","magnitude":2,"units":"g"}}`: "1 g - 2 g",
		`{"_type":"DV_INTERVAL","upper":{"_type":"DV_COUNT","magnitude":2}}`:                                                                          "<=2",
		`{"_type":"DV_PROPORTION","numerator":1,"denominator":2,"type":3}`:                                                                            "1/2",
		`{"_type":"DV_PROPORTION","numerator":50,"denominator":100,"type":2}`:                                                                         "50 %",
		`{"_type":"DV_IDENTIFIER","id":"x","issuer":"y"}`:                                                                                             "x",
		`{"_type":"PARTY_SELF"}`: "",
		`[{"_type":"DV_TEXT","value":"a"},{"_type":"DV_TEXT","value":"b"}]`:                  "a; b",
		`[{"_type":"DV_TEXT","value":"a"},{"_type":"FEEDER_AUDIT"}]`:                         "a odd",
		strings.Repeat(`{"_type":"ELEMENT","value":`, 20) + `null` + strings.Repeat(`}`, 20): "odd",
		`true`: "true", `-0.0`: "-0.0", `12345678901234567890`: "12345678901234567890", `null`: "", `[]`: "",
	} {
		tree, err := jsonapi.Parse([]byte(text))
		if err != nil {
			t.Fatal(text, err)
		}
		c := read(tree, depth)
		got := c.whole()
		if c.odd {
			got = strings.TrimSpace(got + " odd")
		}
		if got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}

// Whatever a repository answers, it is read to its end or named as none; a row's cells are
// as many as its header has.
func FuzzResultSet(f *testing.F) {
	f.Add([]byte(`{"columns":[{"name":"subject"},{"name":"code"},{"name":"value"},{"name":"date"}],"rows":[["P1",{"_type":"DV_CODED_TEXT","value":"x","defining_code":{"terminology_id":{"value":"SNOMED-CT"},"code_string":"1"}},{"_type":"DV_QUANTITY","magnitude":7.10,"units":"g"},{"_type":"DV_DATE_TIME","value":"2024-01-01T10:00:00"}]]}`))
	f.Add([]byte(`{"columns":[{"path":"/a"},"b",{"name":"subject"},{"name":"SUBJECT"}],"rows":[[[1,[2]],{"_type":"ELEMENT","value":null},null,true]]}`))
	f.Add([]byte(`{"columns":[{"name":"subject"},{"name":"value/code"},{"name":"value"}],"rows":[["P1",{},{"_type":"DV_INTERVAL"}],["P2",[],{"_type":"DV_ORDINAL","symbol":7}]]}`))
	mapping := columns.New(record.Observations, columns.Stanza{}, columns.Defaults{}, true)
	v := &view{key: "sections.observations", section: record.Observations, mapping: mapping}
	s := &source{maxRows: 50, uris: terminologies()}
	f.Fuzz(func(t *testing.T, body []byte) {
		tree, err := jsonapi.Parse(body)
		if err != nil {
			return
		}
		set, err := parse(tree)
		if err != nil {
			return
		}
		table := &table{}
		if err := s.take(table, v, set); err != nil {
			t.Fatal(err)
		}
		for _, row := range table.rows {
			if len(row) != len(table.header) {
				t.Fatalf("%d cells under %d names", len(row), len(table.header))
			}
		}
		var c *columns.Collector
		err = table.each(v, func(b *columns.Binding) func([]string) error {
			c = b.Collect([]string{"P1"})
			return func(cells []string) error { c.Add(cells); return nil }
		})
		if e := sources.AsError(err); e != nil && e.Kind != sources.Malformed {
			t.Fatal(e)
		}
		if c != nil {
			_ = fmt.Sprint(c.Results())
		}
	})
}
