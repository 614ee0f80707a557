package check_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/sources/check"
	"github.com/patchworkcare/patchwork/sources/csvfile"
)

const extract = `
date_format: DD/MM/YYYY
people:
  file: people.csv
  columns: {subject: id, nhs_number: nhs, family_name: last, given_names: first, birth_date: dob, gender: sex}
  values: {gender: {F: female}}
sections:
  alerts:
    file: alerts.csv
    columns: {subject: id, id: no, code_text: what, status: state, start: from, end: to, author_name: who, note: note}
  observations:
    file: scores.csv
    columns: {subject: id, id: no, code: code, code_text: what, value: value, value_unit: unit, date: on, author_name: who, status: state}
    constants: {code_system: "http://snomed.info/sct"}
`

func files() map[string]string {
	return map[string]string{
		"people.csv": "id,nhs,last,first,dob,sex\n" + patientID + "," + number + "," + family + ",Canaria,09/04/1951,F\n",
		"alerts.csv": "id,no,what,state,from,to,who,note\n" +
			patientID + ",A1,Dog in the house,active,01/02/2020,01/02/2021," + wrote + ",at " + street + "\n" +
			patientID + ",A2,Key safe,active,01/03/2020,," + wrote + ",\n",
		"scores.csv": "id,no,code,what,value,unit,on,who,state\n" +
			patientID + ",S1,27113001,Body weight,71,kg,01/02/2020," + wrote + ",final\n",
	}
}

// The same for a nightly extract: exactly the defect that was seeded is found.
func TestSeededDefectsOfAnExtract(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, from, to string
		more           string // of the stanza
		fail, warn     []string
	}{
		"none":                {},
		"one statement twice": {file: "scores.csv", from: "final\n", to: "final\n" + patientID + ",S2,27113001,Body weight,71,kg,01/02/2020," + wrote + ",final\n", fail: []string{"duplicate-statement"}},
		"start and end":       {file: "alerts.csv", from: "01/02/2020,01/02/2021", to: "01/02/2021,01/02/2020", fail: []string{"date-swapped"}},
		"month and day":       {file: "scores.csv", from: "01/02/2020", to: "02/28/2020", fail: []string{"date-unreadable"}},
		"rounded by a sheet":  {file: "scores.csv", from: "27113001", to: "2.7113E+07", fail: []string{"snomed-invalid"}},
		"windows-1252":        {file: "alerts.csv", from: "Key safe", to: "Caf\xe9 key", fail: []string{"text-unreadable"}},
		"twice encoded":       {file: "alerts.csv", from: "Key safe", to: "CafÃ© key", fail: []string{"mojibake"}},
		"NHS number":          {file: "people.csv", from: number, to: "9990000019", fail: []string{"nhs-number-missing"}},
		"unit in words":       {file: "scores.csv", from: "kg", to: "kilos", warn: []string{"unit-uncoded"}},
		"no unit":             {file: "scores.csv", from: "kg", to: "", warn: []string{"unit-missing"}},
		"too many rows":       {more: "max_rows: 1\n", fail: []string{"cut-off"}},
		"an old extract":      {more: "stale_after: 30m\n", fail: []string{"stale"}},
		"a file is missing":   {file: "scores.csv", fail: []string{"file-missing"}},
		"a column is missing": {file: "scores.csv", from: "code,what", to: "kode,what", fail: []string{"not-understood"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all := files()
			switch {
			case c.from != "":
				all[c.file] = strings.Replace(all[c.file], c.from, c.to, 1)
			case c.file != "":
				delete(all, c.file)
			}
			r := checked(t, stanza(t, new(csvfile.Config), "location: "+folder(t, all)+"\n"+c.more+extract), settings, check.Options{People: []string{patientID}, Wait: patience})
			if fail, warn := r.Found(check.Fail), r.Found(check.Warn); !slices.Equal(fail, c.fail) || !slices.Equal(warn, c.warn) {
				t.Errorf("failed %v, not %v; warned %v, not %v", fail, c.fail, warn, c.warn)
			}
		})
	}
}

// folder writes an extract of an hour ago.
func folder(t *testing.T, all map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range all {
		file, at := filepath.Join(dir, name), clock().Add(-time.Hour)
		if err := errors.Join(os.WriteFile(file, []byte(text), 0o600), os.Chtimes(file, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
