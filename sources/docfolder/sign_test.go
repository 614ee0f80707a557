package docfolder

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// The signatures are those of the examples in the documentation of S3 (Signature
// Calculations for the Authorization Header, single chunk).
func TestSign(t *testing.T) {
	for _, c := range []struct{ url, header, want string }{
		{"https://examplebucket.s3.amazonaws.com/test.txt", "bytes=0-9", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"},
		{"https://examplebucket.s3.amazonaws.com/?lifecycle", "", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"},
		{"https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J", "", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"},
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.url, nil)
		if err != nil {
			t.Fatal(err)
		}
		if c.header != "" {
			req.Header.Set("Range", c.header)
		}
		sign(req, "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1", time.Date(2013, 5, 24, 0, 0, 0, 0, time.UTC))
		if got := req.Header.Get("Authorization"); !strings.HasSuffix(got, "Signature="+c.want) {
			t.Errorf("%s: %s", c.url, got)
		}
	}
}

// Where a patient's id ends is beyond doubt, or the pattern is none.
func TestPatterns(t *testing.T) {
	for _, bad := range []string{"", "x", "{patient}", "{patient}-{title}.pdf", "{title}{patient}.pdf", "x{patient}/a.pdf", "{patient}/{patient}.pdf", "/{patient}/a.pdf", "../{patient}/a.pdf",
		"{patient}/{x}.pdf", "{patient}/{title}_{title}.pdf", "{patient}/.{title}", `{patient}\{title}`, "{patient}/{", "{Patient}/{patient}.pdf"} {
		if _, err := compile(bad); err == nil {
			t.Errorf("%q is a pattern", bad)
		}
	}
	for _, c := range []struct{ pattern, name, want string }{
		{"{patient}/{date}_{type}_{title}.{ext}", "RZH-12/2026-03-04_LETTER_A_long_title.pdf", "RZH-12 2026-03-04 LETTER A_long_title"},
		{"{patient}/{date}_{type}_{title}.{ext}", "RZH-12/20260304_LETTER_x.pdf", "RZH-12 2026-03-04 LETTER x"},
		{"{patient}/{date}_{type}_{title}.{ext}", "RZH-12/a/20260304_LETTER_x.pdf", ""},
		{"{patient}/{date}_{type}_{title}.{ext}", "RZH-12/nonsense.pdf", ""},
		{"{patient}/{date}_{type}_{title}.{ext}", "a.b/20260304_LETTER_x.pdf", ""},
		{"{title}_{patient}_{date}.pdf", "letter_12_20260304.pdf", "12 2026-03-04  letter"},
		{"{title}_{patient}_{date}.pdf", "letter_of_12_20260304.pdf", ""},
		{"{type}/{patient}.pdf", "a_b/12.pdf", "12  a_b "},
		{"{patient}_{title}.pdf", "12_34_letter.pdf", "12   34_letter"},
		{"{patient}_{title}.pdf", "12_letter.pdf\n", ""},
	} {
		p, err := compile(c.pattern)
		if err != nil {
			t.Fatal(c.pattern, err)
		}
		got := ""
		if r, ok := p.row(c.name); ok {
			got = strings.Join([]string{r.patient, r.date, r.kind, r.title}, " ")
		}
		if got != c.want {
			t.Errorf("%s: %s: %q, want %q", c.pattern, c.name, got, c.want)
		}
	}
}

func TestPlain(t *testing.T) {
	for _, bad := range []string{"", ".", "..", "../x", "a/../b", "a//b", "/a", "a/", "./a", "a/./b", ".hidden", "a/.hidden/b", `a\b`, `..\x`, "C:x", "a\x00b", "a\nb", "a?b", "a#b", "a%2e%2e/b", " a", "a /b", "a\xff", strings.Repeat("a", 2000)} {
		if plain(bad) {
			t.Errorf("%q is a plain name", bad)
		}
	}
	for _, good := range []string{"a", "a/b.pdf", "Ä b/c (1).pdf", "a..b/c", "a~b&c'd.pdf"} {
		if !plain(good) {
			t.Errorf("%q is no plain name", good)
		}
	}
}

// FuzzPattern: whatever files are called, an id stands alone in the name.
func FuzzPattern(f *testing.F) {
	f.Add("{patient}/{date}_{type}_{title}.{ext}", "RZH-12/2026-03-04_LETTER_A_long_title.pdf")
	f.Add("{title}_{patient}_{date}.pdf", "letter_12_20260304.pdf")
	f.Fuzz(func(t *testing.T, pattern, name string) {
		p, err := compile(pattern)
		if err != nil {
			return
		}
		r, ok := p.row(name)
		if !ok {
			return
		}
		alone := false
		for at := 0; at+len(r.patient) <= len(name); at++ {
			end := at + len(r.patient)
			alone = alone || name[at:end] == r.patient && (at == 0 || strings.ContainsAny(name[at-1:at], "/_")) && (end == len(name) || strings.ContainsAny(name[end:end+1], "/_."))
		}
		if r.patient == "" || strings.ContainsAny(r.patient, "/_.") || !alone {
			t.Errorf("%q in %q by %q", r.patient, name, pattern)
		}
	})
}
