package fhir

import (
	"fmt"
	"strings"
	"testing"
)

// of makes what was found: one resource for each letter of each word, in the words' order; the
// letter is its source.
func of(words ...string) *found {
	f := &found{statements: map[string]statement{}}
	counts := map[rune]int{}
	for _, letter := range strings.Join(words, "") {
		counts[letter]++
		o := object{"id": fmt.Sprintf("%c%d", letter, counts[letter])}
		f.resources = append(f.resources, o)
		f.stated(o, statement{entry: node{"provenance": map[string]any{"source": map[string]any{"id": string(letter)}}}})
	}
	return f
}

// A source that answers one page and not the next, or with more, moves nothing of what the
// others hold: all of that is on some page, once.
func TestPagesOfOthersStand(t *testing.T) {
	t.Parallel()
	for name, pages := range map[string][]string{
		"all answer":             {"abcabcabcabc"},
		"one is gone":            {"abcabcabcabc", "acacacac"},
		"one is there then":      {"acacacac", "abcabcabcabc"},
		"one has ever more":      {"abcabcabcabc", "bbbabbbcbbbabbbcbbbabbbcac", "bbbbbbbabbbbbbbcbbbabbbcbbbabbbcac"},
		"one comes and goes":     {"abcabcabcabc", "acacacac", "abcabcabcabc", "acacacac"},
		"all but one are gone":   {"abcabcabcabc", "c", "abcabcabcabc"},
		"what nobody alone said": {"-abcabcabcabc"},
	} {
		seen := map[string]int{}
		at := progress(nil)
		for i := 0; ; i++ {
			page, next, more := of(pages[min(i, len(pages)-1)]).from(at, 0, 3)
			for _, o := range page {
				seen[o["id"].(string)]++
			}
			read, all, ok := progressOf(next.String())
			if len(next) > 0 && (!ok || all != 0 || read.String() != next.String()) {
				t.Fatalf("%s: %q is read as %q", name, next, read)
			}
			if at = next; !more && i >= len(pages)-1 {
				break
			}
			if i > 50 {
				t.Fatalf("%s: it does not end", name)
			}
		}
		for _, source := range []string{"a", "c"} {
			for n := 1; n <= 4; n++ {
				if id := fmt.Sprint(source, n); seen[id] != 1 {
					t.Errorf("%s: %s was on %d pages", name, id, seen[id])
				}
			}
		}
	}
}

func TestOffsets(t *testing.T) {
	t.Parallel()
	for text, ok := range map[string]bool{
		"0": true, "12": true, "gp:3": true, "gp:3,hospital-2:40": true, ":2": true,
		"": false, "-1": false, "gp": false, "gp:": false, "gp:0": false, "gp:-1": false, "gp:1,gp:2": false, "gp:1,": false, "gp:x": false,
		strings.Repeat("a:1,", 600) + "b:1": false,
	} {
		if _, _, got := progressOf(text); got != ok {
			t.Errorf("%q: %v", text, got)
		}
	}
	if page, _, more := of("abc").from(nil, 2, 5); len(page) != 1 || more || page[0]["id"] != "c1" {
		t.Errorf("from the third of all: %v", page)
	}
}
