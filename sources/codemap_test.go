package sources

import (
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
)

const (
	readv2 = "http://read.info/readv2"
	snomed = "http://snomed.info/sct"
)

func mapOf(t *testing.T, rows string) *Map {
	t.Helper()
	m, err := ReadMap(strings.NewReader(rows), readv2, snomed)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// A map adds what a code stands for, and neither changes what the source said nor guesses.
func TestMapExplains(t *testing.T) {
	t.Parallel()
	m := mapOf(t, "code,term,target\nH33..,Asthma,195967001\nh33..,Other,1\nC10..,Diabetes,73211009\nG30..,One,22298006\nG30..,Another,57054005\nX....,,\n H34.. ,,2\n")
	if m.Len() != 4 {
		t.Errorf("%d codes", m.Len())
	}
	read := func(codes ...string) (all []record.Coding) {
		for _, c := range codes {
			all = append(all, record.Coding{System: readv2, Code: c})
		}
		return all
	}
	for name, c := range map[string]struct {
		codings []record.Coding
		want    string
	}{
		"known":                              {read("H33.."), "195967001"},
		"another case is another code":       {read("h33.."), "1"},
		"blanks around it in the map":        {read("H34.."), "2"},
		"unknown":                            {read("H33z."), ""},
		"two targets in the map":             {read("G30.."), ""},
		"no target in the map":               {read("X...."), ""},
		"two codes that mean one thing each": {read("H33..", "C10.."), ""},
		"one of two is not explained":        {read("H33..", "zzz"), ""},
		"twice the same":                     {read("H33..", "H33.."), "195967001"},
		"of another system":                  {[]record.Coding{{System: "http://read.info/ctv3", Code: "H33.."}}, ""},
		"of no system":                       {[]record.Coding{{Code: "H33.."}}, ""},
		"the source says it itself":          {append(read("H33.."), record.Coding{System: snomed, Code: "9"}), ""},
		"nothing coded":                      {nil, ""},
	} {
		before := slices.Clone(c.codings)
		shared := append(make([]record.Coding, 0, 8), c.codings...) // of several entries
		concept := record.Concept{Text: "As written", Codings: shared}
		m.explain(&concept)
		m.explain(&concept) // stamped again, as what is held is
		if !slices.Equal(concept.Codings[:len(before)], before) || concept.Label() != "As written" {
			t.Errorf("%s: what the source said is changed: %v", name, concept)
		}
		added := concept.Codings[len(before):]
		if c.want == "" && len(added) > 0 || c.want != "" && !slices.Equal(added, []record.Coding{{System: snomed, Code: c.want}}) {
			t.Errorf("%s: added %v, want %q", name, added, c.want)
		}
		if len(added) > 0 && shared[:len(before)+1][len(before)] != (record.Coding{}) {
			t.Errorf("%s: it is written into what others share", name)
		}
	}
}

func TestMapsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for _, rows := range []string{"", "H33..,195967001\n", "code;target\nH33..;1\n", "code,target\nH33..\n", "code,target\n\"H33..,1\n"} {
		if _, err := ReadMap(strings.NewReader(rows), readv2, snomed); err == nil || strings.Contains(err.Error(), "H33") {
			t.Errorf("%q: %v", rows, err)
		}
	}
}
