package web

import (
	"bytes"
	"regexp"
	"testing"
)

// what an SVG that only draws never has, as bytes: whoever reads it more kindly than we do
// finds none of it, either.
var acts = regexp.MustCompile(`(?i)<\s*(script|style|foreignobject|iframe|animate|set|a|image)[\s/>]|<!doctype|<!entity|\son[a-z]+\s*=`)

// FuzzLogo: a logo that is taken is a PNG, or draws and does nothing else.
func FuzzLogo(f *testing.F) {
	for _, s := range []string{
		`<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>`, `<svg><script>1</script></svg>`, `<svg onload="x"/>`, `<svg><use href="#a"/><use xlink:href="http://x"/></svg>`, `<!DOCTYPE svg><svg/>`, `<svg><rect fill="url(#a)"/></svg>`,
		`<svg><rect fill="u\72l(http://x)"/></svg>`, `<svg/><svg/>`, `<x:svg xmlns:x="http://www.w3.org/2000/svg"><x:script/></x:svg>`, `<svg><![CDATA[<script>]]></svg>`, "\x89PNG\r\n\x1a\n", "",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		l, err := NewLogo(body)
		if err != nil {
			if l.body != nil {
				t.Fatal("refused, and kept")
			}
			return
		}
		if l.kind == "svg" && !bytes.Contains(body, []byte("<![CDATA[")) && !bytes.Contains(body, []byte("<!--")) && acts.Match(body) {
			t.Fatalf("%q", body)
		}
	})
}
