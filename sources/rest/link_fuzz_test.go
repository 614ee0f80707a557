package rest

import (
	"strings"
	"testing"
	"time"
)

// FuzzLink: of a Link header no more is taken for the next page than what stands between its
// brackets, and a hostile one costs no time.
func FuzzLink(f *testing.F) {
	for _, s := range []string{
		`<https://a.example/?page=2>; rel="next"`, `<a>; rel=prev, <b>; rel="last next"`, `<a>; title="x, <c>; rel=next"; rel=next`, `<a`, `<a>;;;rel=next`, `<a>; rel`, "<a>; rel=\"" + strings.Repeat("x ", 1000) + `next"`,
		strings.Repeat("<", 1000), strings.Repeat("<a>; b=c", 500), strings.Repeat("<a>;", 500) + strings.Repeat(" ", 1000),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, header string) {
		if len(header) > 32<<10 {
			return
		}
		began := time.Now()
		link := nextLink(header)
		if took := time.Since(began); took > 2*time.Second {
			t.Fatalf("%v", took)
		}
		if link != "" && (!strings.Contains(header, "<"+link+">") || strings.ContainsAny(link, "<>") || !strings.Contains(strings.ToLower(header), "next")) {
			t.Fatalf("%q is the next of %q", link, header)
		}
	})
}
