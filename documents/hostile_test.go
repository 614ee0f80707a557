package documents

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

// payloads are ways to make a browser run, load or leave. Each stands in a letter whose
// words must still be there.
var payloads = []string{
	`<script>alert(1)</script>`, `<SCRIPT SRC=//x.invalid/a.js></SCRIPT>`, `<scr<script>ipt>alert(1)</scr</script>ipt>`, `<script/src=data:,alert(1)>`,
	`<img src=x onerror=alert(1)>`, `<img/src="x"/onerror=alert(1)>`, `<IMG """><SCRIPT>alert(1)</SCRIPT>">`, `<img src="javascript:alert(1)">`,
	`<svg onload=alert(1)>`, `<svg><script>alert(1)</script></svg>`, `<svg><animate onbegin=alert(1) attributeName=x>`, `<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>`,
	`<math><mtext><table><mglyph><style><img src onerror=alert(1)>`, `<math href="javascript:alert(1)">x</math>`,
	`<iframe src="javascript:alert(1)"></iframe>`, `<iframe srcdoc="<script>alert(1)</script>"></iframe>`, `<object data="x.invalid/a.swf"></object>`, `<embed src="//x.invalid/a">`,
	`<body onload=alert(1)>`, `<div onmouseover="alert(1)">x</div>`, `<p style="background:url(//x.invalid/a)">x</p>`, `<p style="position:fixed;inset:0">x</p>`,
	`<style>@import "//x.invalid/a.css";</style>`, `<style><img src="</style><img src=x onerror=alert(1)//">`, `<link rel=stylesheet href=//x.invalid/a.css>`,
	`<meta http-equiv=refresh content="0;url=//x.invalid/">`, `<base href="//x.invalid/">`, `<a href="javascript:alert(1)">x</a>`, `<a href="java&#x09;script:alert(1)">x</a>`,
	`<a href="//x.invalid/">x</a>`, `<form action="//x.invalid/"><input name=p><button formaction="javascript:alert(1)">x</button></form>`, `<input autofocus onfocus=alert(1)>`,
	`<details open ontoggle=alert(1)>x</details>`, `<video><source onerror=alert(1)></video>`, `<audio src=x onerror=alert(1)>`, `<marquee onstart=alert(1)>x</marquee>`,
	`<template><script>alert(1)</script></template>`, `<noscript><p title="</noscript><img src=x onerror=alert(1)>">`, `<textarea><img src=x onerror=alert(1)></textarea>`,
	`<table background="//x.invalid/a"><tr><td background="//x.invalid/b">x</td></tr></table>`, `<!--[if IE]><script>alert(1)</script><![endif]-->`, `<?xml-stylesheet href="//x.invalid/a"?>`,
	`<isindex type=image src=1 onerror=alert(1)>`, `<p id="main" class="pw-banner" name="location">x</p>`, "<img src=`x`onerror=alert(1)>", `<a ping="//x.invalid/" href="#">x</a>`,
	`<img srcset="//x.invalid/a 1x">`, `<picture><source srcset="//x.invalid/a"></picture>`, `<input type=image src=//x.invalid/a>`, `<xmp><script>alert(1)</script></xmp>`,
}

var (
	tag       = regexp.MustCompile(`<\s*/?\s*([a-zA-Z][a-zA-Z0-9]*)([^>]*)>`)
	attrNames = regexp.MustCompile(`([a-zA-Z-]+)\s*=`)
)

var allowedTags = "h1 h2 h3 h4 h5 h6 p br hr div span b i u s strong em small sub sup ins del pre code blockquote address ul ol li dl dt dd table caption thead tbody tfoot tr th td"

func TestNothingOfALetterRuns(t *testing.T) {
	t.Parallel()
	for _, payload := range payloads {
		for _, raw := range []string{
			"<html><body><p>Before</p>" + payload + "<p>After: BP <140</p></body></html>",
			"<p>Before</p>" + payload,
		} {
			safe, err := Clean(record.HTML, "text/html", "Letter", strings.NewReader(raw))
			if err != nil {
				t.Errorf("%s: %v", payload, err)
				continue
			}
			_, body, _ := strings.Cut(string(safe.Body), "<body>")
			body, _, _ = strings.Cut(body, "</body>")
			if !strings.Contains(body, "<p>Before</p>") {
				t.Errorf("%s took the letter's words with it: %s", payload, body)
			}
			for _, m := range tag.FindAllStringSubmatch(body, -1) {
				if !strings.Contains(" "+allowedTags+" ", " "+m[1]+" ") {
					t.Errorf("%s leaves <%s>", payload, m[1])
				}
				for _, a := range attrNames.FindAllStringSubmatch(m[2], -1) {
					if !strings.Contains(" colspan rowspan scope dir lang start ", " "+a[1]+" ") {
						t.Errorf("%s leaves the attribute %s", payload, a[1])
					}
				}
			}
		}
	}
}

func TestDangerousLookingTextIsShown(t *testing.T) {
	t.Parallel()
	const said = `BP <140 & pulse >60, O'Neil "quoted" =5mg {{7*7}} ${jndi:ldap://x}`
	text, err := Clean(record.PlainText, "text/plain", "", strings.NewReader(said))
	if err != nil || string(text.Body) != said {
		t.Errorf("%q, %v", text, err)
	}
	old, err := Clean(record.PlainText, "text/plain", "", strings.NewReader("Temp 38\xb0C \x96 caf\xe9"))
	if err != nil || string(old.Body) != "Temp 38°C – café" {
		t.Errorf("%q, %v", old, err)
	}
	letter, err := Clean(record.HTML, "text/html; charset=iso-8859-1", "A <b> & c", strings.NewReader("<p>BP <140 &amp; pulse >60, 38\xb0C</p>"))
	if err != nil || !strings.Contains(string(letter.Body), "<p>BP &lt;140 &amp; pulse &gt;60, 38°C</p>") || !strings.Contains(string(letter.Body), "<title>A &lt;b&gt; &amp; c</title>") {
		t.Errorf("%s, %v", letter.Body, err)
	}
}

func cdaOf(text string) string {
	return `<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><title>T</title><recordTarget><patientRole><id root="2.16.840.1.113883.2.1.4.1" extension="9434765919"/></patientRole></recordTarget>` +
		`<component><structuredBody><component><section><title>S</title><text>` + text + `</text></section></component></structuredBody></component></ClinicalDocument>`
}

func TestCDA(t *testing.T) {
	t.Parallel()
	safe, err := Clean(record.CDA, "text/xml", "", strings.NewReader(cdaOf(
		`<paragraph>BP &lt;140 <content styleCode="Bold">now</content><content revised="delete">50 mg</content></paragraph>`+
			`<list listType="ordered"><item>one</item></list><table onclick="alert(1)"><tbody><tr><td colspan="2">x</td></tr></tbody></table>`+
			`<linkHtml href="javascript:alert(1)">look</linkHtml><script>alert(1)</script><renderMultiMedia referencedObject="m1"/>`)))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<h1>T</h1>", "<h2>S</h2>", "<p>BP &lt;140 <b>now</b><del>[deleted: 50 mg]</del></p>", "<ol><li>one</li></ol>", `<td colspan="2">x</td>`, "look", "alert(1)", "A picture stands here"} {
		if !strings.Contains(string(safe.Body), want) {
			t.Errorf("%s is missing in %s", want, safe.Body)
		}
	}
	if s := string(safe.Body); strings.Contains(s, "<script") || strings.Contains(s, "onclick") || strings.Contains(s, "href") {
		t.Error(s)
	}
	if len(safe.Subjects) != 1 || safe.Subjects[0] != "9434765919" {
		t.Errorf("about %v", safe.Subjects)
	}
}

// XML that reads files, grows or never ends.
func TestHostileCDA(t *testing.T) {
	t.Parallel()
	entity := func(dtd, use string) string {
		return strings.Replace(cdaOf(use), `<?xml version="1.0"?>`, `<?xml version="1.0"?>`+dtd, 1)
	}
	laughs := `<!DOCTYPE a [<!ENTITY a "ha">`
	for c := 'b'; c < 'k'; c++ {
		laughs += "<!ENTITY " + string(c) + ` "` + strings.Repeat("&"+string(c-1)+";", 10) + `">`
	}
	for name, c := range map[string]struct{ xml, code string }{
		"a file":                  {entity(`<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>`, "&x;"), CodeUnreadable},
		"an address":              {entity(`<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1/latest/meta-data">]>`, "&x;"), CodeUnreadable},
		"an outer document type":  {entity(`<!DOCTYPE a SYSTEM "http://x.invalid/a.dtd">`, "x"), CodeUnreadable},
		"a parameter entity":      {entity(`<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]>`, "x"), CodeUnreadable},
		"a billion laughs":        {entity(laughs+"]>", "&j;"), CodeUnreadable},
		"an unknown entity":       {cdaOf("&x;"), CodeUnreadable},
		"cut short":               {cdaOf("x")[:300], CodeUnreadable},
		"two roots":               {cdaOf("x") + "<a/>", CodeUnreadable},
		"too deep":                {cdaOf(strings.Repeat("<content>", 5000) + "x" + strings.Repeat("</content>", 5000)), CodeTooLarge},
		"too much":                {cdaOf(strings.Repeat("<br/>", 600_000)), CodeTooLarge},
		"too large":               {cdaOf(strings.Repeat("x", Largest)), CodeTooLarge},
		"no words":                {cdaOf(" "), CodeUnreadable},
		"an envelope":             {`<ClinicalDocument><component><nonXMLBody><text representation="B64">AAAA</text></nonXMLBody></component></ClinicalDocument>`, CodeKind},
		"another kind of XML":     {`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`, CodeKind},
		"a strange character set": {`<?xml version="1.0" encoding="UTF-7"?>` + cdaOf("+ADw-script+AD4-")[21:], CodeUnreadable},
	} {
		safe, err := Clean(record.CDA, "text/xml", "", strings.NewReader(c.xml))
		var p *Problem
		if !errors.As(err, &p) || p.Code != c.code || safe != nil {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

func TestHostileHTML(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ html, code string }{
		"too deep":     {strings.Repeat("<div>", 100_000) + "x", CodeTooLarge},
		"too much":     {strings.Repeat("<br>", 500_000), CodeTooLarge},
		"too large":    {strings.Repeat("x", Largest+1), CodeTooLarge},
		"nothing left": {"<script>everything</script>", CodeUnreadable},
	} {
		_, err := Clean(record.HTML, "text/html", "", strings.NewReader(c.html))
		var p *Problem
		if !errors.As(err, &p) || p.Code != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

// What a document is said to be, and what it is, must agree.
func TestJudge(t *testing.T) {
	t.Parallel()
	png := "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
	bomb := "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x00\x00\x00\x01\x00\x00\x08\x02\x00\x00\x00\xb2\x92\xe1\x2b"
	for _, c := range []struct {
		declared, head string
		want           record.DocumentKind
	}{
		{"application/pdf", "%PDF-1.7", record.PDF}, {"image/png", png, record.PNG}, {"", "%PDF-1.4", record.PDF}, {"application/octet-stream", png, record.PNG},
		{"text/plain", "BP <140", record.PlainText}, {"text/html; charset=utf-8", "<p>x", record.HTML}, {"text/xml", "\xef\xbb\xbf <?xml?>", record.CDA},
		{"application/rtf", `{\rtf1`, record.RTF}, {"image/tiff", "II*\x00", record.TIFF}, {"image/webp", "RIFF\x00\x00\x00\x00WEBPVP8 ", record.WebP},
		{"application/pdf", "<html><script>", ""}, {"image/png", "<svg onload=alert(1)>", ""}, {"image/png", "%PDF-1.4", ""}, {"text/plain", "MZ\x90\x00", ""},
		{"text/html", "%PDF-1.4", ""}, {"image/svg+xml", "<svg>", ""}, {"application/msword", "\xd0\xcf", ""}, {"", "<script>", ""}, {"text/xml", "x", ""},
		{"text/javascript", "alert(1)", ""}, {"image/png", bomb, ""}, {"image/png", "\x89PNG\r\n\x1a\n", ""}, {"application/pdf", "\r\n%PDF-1.4", ""},
	} {
		got, err := Judge(c.declared, []byte(c.head))
		if (err == nil) != (c.want != "") || err == nil && got != c.want {
			t.Errorf("%s beginning %q: %q, %v, want %q", c.declared, c.head, got, err, c.want)
		}
	}
}

// Documents of other makers, where they are at hand.
func TestSamplesOfCDA(t *testing.T) {
	t.Parallel()
	c := &sourcetest.Tally{Connector: "documents, CDA as it is shown"}
	for _, s := range sourcetest.Samples(t, c.Connector, "cda/*/*.xml", "cda/*/*.ccda.gz") {
		if !strings.Contains(string(s.Body), "ClinicalDocument") {
			continue // a part of one
		}
		c.Files++
		safe, err := Clean(record.CDA, "text/xml", "", strings.NewReader(string(s.Body)))
		var p *Problem
		switch {
		case errors.As(err, &p):
			c.Not("not shown: " + p.Reason)
		case err != nil:
			t.Errorf("%s: %v", s.Name, err)
		case strings.Contains(string(safe.Body), "<script") || strings.Contains(string(safe.Body), "<a "):
			t.Errorf("%s still leads somewhere", s.Name)
		default:
			c.Understood("documents shown", 1)
		}
	}
	c.Report(t)
	if c.Entries() == 0 {
		t.Error("none is shown")
	}
}

func FuzzClean(f *testing.F) {
	for _, p := range payloads {
		f.Add(p)
	}
	f.Add(cdaOf("x"))
	f.Fuzz(func(t *testing.T, raw string) {
		for _, kind := range []record.DocumentKind{record.HTML, record.CDA, record.PlainText} {
			safe, err := Clean(kind, "", "", strings.NewReader(raw))
			if err != nil || kind == record.PlainText {
				continue
			}
			_, body, _ := strings.Cut(string(safe.Body), "<body>")
			for _, m := range tag.FindAllStringSubmatch(strings.TrimSuffix(body, "\n</body></html>\n"), -1) {
				if !strings.Contains(" "+allowedTags+" ", " "+m[1]+" ") {
					t.Errorf("<%s> is left", m[1])
				}
			}
		}
	})
}
