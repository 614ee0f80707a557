package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// householders is a file of people, each of whom is in it twice, one time in five with
// another family name.
func householders(n int) string {
	var b strings.Builder
	b.WriteString("\ufeffID,Surname,First_Name,DOB,Gender,street_number,address_1,suburb,postcode,person,shoe size\n")
	for i := range n {
		for copied := range 2 {
			name := fmt.Sprintf("F%cm%cl%c", 'a'+i%26, 'a'+i/26%26, 'a'+i/7%26)
			if copied == 1 && i%5 == 0 {
				name = "Other"
			}
			fmt.Fprintf(&b, "rec-%d-%d,%s,\"G%c%cven\",%d%02d%02d,female,%d,\"Mill Lane\",Farley,FA%d %dTT,p%d,42\n",
				i, copied, name, 'a'+i%21, 'a'+i/21%26, 1930+i%80, 1+i%12, 1+i%28, 1+i%150, i%20, i%10, i)
		}
	}
	return b.String()
}

func TestLinkageCommands(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(at(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("people.csv", householders(300))
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte(householders(100)))
	_ = z.Close()
	write("packed.csv.gz", packed.String())
	write("others.csv", strings.ReplaceAll(householders(100), ",p", ",q"))
	write("plain.csv.gz", "id,surname,first_name,dob\n")
	write("empty.csv", "")
	write("nobody.csv", "surname,first_name,dob\n")
	write("nameless.csv", "id,first_name,dob\n1,Secretname,1956-03-12\n")
	write("broken.csv", "surname,first_name,dob\n\"Secretname,x,1956\n")
	write("unknown.yaml", "linking: {prior: 0.1, link: 15, ask: 0, fields: {}, extra: 1}\n")
	write("wrong.yaml", "linking: {prior: 2, link: 15, ask: 20, fields: {shoe size: {big: {m: 1, u: 0}}}, frequencies: {sex: {other: 1}, family name: {other: .1, values: {secretname: 3}}}}\n")
	write("none.yaml", "sources: []\n")

	for _, c := range []struct {
		args string
		code int
		says []string
	}{
		{"estimate people.csv --out w.yaml", 0, []string{"600 records", "expected to be of one person", "linked by itself", "links from 15 bits on, asks from 0"}},
		{"evaluate people.csv --weights w.yaml", 0, []string{"600 records, 300 pairs of one person", "linked, or a person is asked"}},
		{"evaluate people.csv others.csv", 1, []string{"would be linked by themselves"}}, // the same people under other names
		{`evaluate packed.csv.gz --pattern ^rec-(\d+)-`, 0, []string{"200 records, 100 pairs of one person"}},
		{"evaluate people.csv --pattern ^rec-", 2, []string{"--pattern must be a regular expression with a group"}},
		{"evaluate nobody.csv", 2, []string{"it is not known who is who"}},
		{"estimate packed.csv.gz", 2, []string{"--out"}},
		{"estimate nobody.csv --out w2.yaml", 2, []string{"too few people"}},
		{"evaluate absent.csv", 2, []string{"absent.csv cannot be read"}},
		{"evaluate plain.csv.gz", 2, []string{"plain.csv.gz is not gzip"}},
		{"evaluate empty.csv", 2, []string{"has no header"}},
		{"evaluate nameless.csv", 2, []string{"has no column family_name or surname"}},
		{"evaluate broken.csv", 2, []string{"row 2 is not CSV"}},
		{"evaluate people.csv --weights absent.yaml", 2, []string{"the weights cannot be read"}},
		{"evaluate people.csv --weights none.yaml", 2, []string{"is not what `patchwork linkage estimate` writes"}},
		{"evaluate people.csv --weights unknown.yaml", 2, []string{"there is no key extra here"}},
		{"evaluate people.csv --weights wrong.yaml", 2, []string{"prior must be", "link must be more than ask", `there is no field "shoe size"`,
			`fields must have "birth date"`, `"sex" cannot have any`, "family name: 1 values have no probability"}},
	} {
		args := []string{"linkage"}
		for _, arg := range strings.Fields(c.args) {
			if strings.Contains(arg, ".csv") || strings.HasSuffix(arg, ".yaml") {
				arg = at(arg)
			}
			args = append(args, arg)
		}
		var out, errs bytes.Buffer
		code := run(args, &out, &errs)
		if code != c.code {
			t.Errorf("%s: exit %d, want %d\n%s%s", c.args, code, c.code, out.String(), errs.String())
		}
		for _, want := range c.says {
			if !strings.Contains(out.String()+errs.String(), want) {
				t.Errorf("%s: it does not say %q in\n%s%s", c.args, want, out.String(), errs.String())
			}
		}
		if all := strings.ToLower(out.String() + errs.String()); strings.Contains(all, "secretname") || strings.Contains(all, "1956") {
			t.Errorf("%s: it says who is in the file: %s", c.args, all)
		}
	}
}

// What estimate writes stands in the configuration as it is; mistakes in it have a line.
func TestLinkingInTheConfiguration(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	people, weights := filepath.Join(dir, "people.csv"), filepath.Join(dir, "weights.yaml")
	if err := os.WriteFile(people, []byte(householders(300)), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if code := run([]string{"linkage", "estimate", people, "--out", weights}, &out, &errs); code != 0 {
		t.Fatal(code, errs.String())
	}
	text, err := os.ReadFile(weights)
	if err != nil {
		t.Fatal(err)
	}
	const sources = "sources:\n  - {id: gp, type: fhirr4, connect: {url: http://127.0.0.1:1}}\n"
	c, err := parseConfig("p.yaml", append(text, sources...))
	if err != nil {
		t.Fatal(err)
	}
	if c.linking().Model != c.Linking.Model || c.linking().Model.Prior <= 1e-6 {
		t.Error("the weights of the configuration are not used")
	}
	if c, err = parseConfig("p.yaml", []byte(sources)); err != nil || c.linking().Model == nil || c.linking().Model.Prior != 1e-6 {
		t.Errorf("without weights the built-in ones hold: %v", err)
	}
	_, err = parseConfig("p.yaml", []byte(sources+"linking:\n  prior: 0\n  link: 5\n  fields: {sex: {equal: {m: .9, u: .5, v: 1}}}\n"))
	for _, want := range []string{"p.yaml:4: linking: prior must be", "p.yaml:4: linking: link must be at least 10", "there is no key v here", `sex lacks the level "different"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("it does not say %q in\n%v", want, err)
		}
	}
}
