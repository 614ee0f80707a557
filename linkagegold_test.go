package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/patient/match"
)

// linkageGold are published sets of people in which it is known who is who, with the best
// F1 that is published for them: Python Record Linkage Toolkit, with all fields, the
// identifier among them.
var linkageGold = []struct {
	name, file, pattern string
	// published is a precision, a recall and an F1; "" if there are none.
	published string
}{
	{"FEBRL1", "febrl/dataset1.csv.gz", febrlPerson, ""},
	{"FEBRL2", "febrl/dataset2.csv.gz", febrlPerson, "0.9624    0.9798    0.9710"},
	{"FEBRL3", "febrl/dataset3.csv.gz", febrlPerson, "0.9900    0.9734    0.9816"},
	{"fake_1000", "splink/fake_1000.csv.gz", "", ""},
}

// febrlPerson is the person in rec-PERSON-org and rec-PERSON-dup-N.
const febrlPerson = `^rec-(\d+)-`

// TestLinkageGold measures the built-in model and one estimated from each set itself,
// without its gold pairs, with the set's identifier and without. No model may link two
// people by itself, and by score alone, from a threshold that no gold pair has chosen, each
// is better than what is published.
func TestLinkageGold(t *testing.T) {
	exhausts(t)
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
		head := fmt.Sprintf("\n%s: %d records, %d pairs of one person\n%-54s precision   recall      F1    false", set.name, len(people), pairsWithin(people), "")
		if set.published != "" {
			head += fmt.Sprintf("\n%-56s %s", "published, with the identifier", set.published)
		}
		t.Log(head)
		if len(people[0].person.Identifiers) > 0 {
			measureGold(t, "with the identifier", people, set.published)
			for i := range people {
				people[i].person.Identifiers = nil
			}
		}
		measureGold(t, "without an identifier", people, set.published)
	}
}

func measureGold(t *testing.T, fields string, people []listed, published string) {
	t.Helper()
	estimated, _, err := match.Estimate(traitsOf(people))
	if err != nil {
		t.Fatal(err)
	}
	if problems := estimated.Validate(); len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, model := range []struct {
		name string
		*match.Model
	}{{"built-in", match.Default()}, {"estimated", estimated}} {
		m := measure(people, model.Model)
		for _, f := range []struct {
			name string
			figures
		}{{fmt.Sprintf("score, best: %.1f", m.threshold), m.best}, {"score, from 0 bits", m.fixed}, {"linked by itself", m.link}, {"linked or asked", m.asked}} {
			t.Logf("%-22s %-10s %-22s %7.4f   %7.4f   %7.4f  %5d", fields, model.name, f.name, f.precision(), f.recall(), f.f1(), f.wrong)
		}
		if m.link.wrong > 0 || m.highest > lowest {
			t.Errorf("%s, %s: %d false links; the family rules let two people pass at %.1f bits", fields, model.name, m.link.wrong, m.highest)
		}
		var p, r, f1 float64
		if _, err := fmt.Sscan(strings.TrimSpace(published), &p, &r, &f1); err == nil && m.fixed.f1() <= f1 {
			t.Errorf("%s, %s: F1 %.4f, published is %.4f", fields, model.name, m.fixed.f1(), f1)
		}
	}
}
