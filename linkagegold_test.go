package main

import (
	"fmt"
	"os"
	"regexp"
	"testing"

	"github.com/patchworkcare/patchwork/patient/match"
)

// linkageGold are published sets of people in which it is known who is who, with the best
// F1 that their README gives for them (all fields, the identifier among them).
var linkageGold = []struct {
	name, file, pattern string
	published           string
}{
	{"FEBRL1", "febrl/dataset1.csv.gz", febrlPerson, ""},
	{"FEBRL2", "febrl/dataset2.csv.gz", febrlPerson, "F1 .9710 (P .9624 R .9798)"},
	{"FEBRL3", "febrl/dataset3.csv.gz", febrlPerson, "F1 .9816 (P .9900 R .9734)"},
	{"fake_1000", "splink/fake_1000.csv.gz", "", ""},
}

// febrlPerson is the person in rec-PERSON-org and rec-PERSON-dup-N.
const febrlPerson = `^rec-(\d+)-`

// TestLinkageGold measures the built-in model and one estimated from each set itself,
// without its gold pairs. No model may link two people by itself.
func TestLinkageGold(t *testing.T) {
	t.Parallel()
	const folder = "../shared/data/linkage/"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("skipped: ../shared/data is absent")
	}
	for _, set := range linkageGold {
		people, err := readPeople(folder + set.file)
		if err != nil {
			t.Fatal(err)
		}
		if set.pattern != "" {
			samePerson(people, regexp.MustCompile(set.pattern))
		}
		for _, with := range []string{"with identifier", "without"} {
			if with == "without" {
				if len(people[0].person.Identifiers) == 0 {
					continue
				}
				for i := range people {
					people[i].person.Identifiers = nil
				}
			}
			estimated, _, err := match.Estimate(traitsOf(people))
			if err != nil {
				t.Fatal(err)
			}
			for _, model := range []struct {
				name string
				*match.Model
			}{{"built-in", match.Default()}, {"estimated", estimated}} {
				m := measure(people, model.Model)
				t.Log(fmt.Sprintf("%-9s %-15s %-9s %d records, %d pairs; published %s", set.name, with, model.name, m.records, m.gold, set.published))
				for _, f := range []struct {
					name string
					figures
				}{{"best", m.best}, {"link", m.link}, {"ask", m.asked}} {
					t.Log(fmt.Sprintf("   %-5s P %.4f R %.4f F1 %.4f  wrong %d", f.name, f.precision(), f.recall(), f.f1(), f.wrong))
				}
				t.Log(fmt.Sprintf("   threshold %.1f highest false %.1f compared %d", m.threshold, m.highest, m.compared))
				if m.link.wrong > 0 {
					t.Errorf("%s %s %s: %d false links", set.name, with, model.name, m.link.wrong)
				}
			}
		}
	}
}
