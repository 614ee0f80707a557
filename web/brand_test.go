package web

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"net/http"
	"strings"
	"testing"
)

const svg = `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><defs><linearGradient id="a"/></defs><path d="M0 0h8v8z" fill="url(#a)"/><use href="#a"/></svg>`

func TestColours(t *testing.T) {
	for colour, want := range map[string]string{
		"#005eb8": "", "#000000": "", "#767676": "", "#777777": "too light", "#ffeb3b": "1.2 to 1", "#FFFFFF": "1.0 to 1",
		"": "must be #", "005eb8": "must be #", "#fff": "must be #", "red": "must be #", "#005eb8;background:url(x)": "must be #", "#005eb8\n": "must be #",
	} {
		if err := CheckColour(colour); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", colour, err)
		}
	}
}

func TestLogosOnlyDraw(t *testing.T) {
	var picture, large bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(&large, image.NewGray(image.Rect(0, 0, 2001, 1))); err != nil {
		t.Fatal(err)
	}
	in := func(text string) string { return `<svg xmlns="http://www.w3.org/2000/svg">` + text + `</svg>` }
	for what, c := range map[string]struct{ body, want string }{
		"a drawing":              {svg, ""},
		"a PNG":                  {picture.String(), ""},
		"a large PNG":            {large.String(), "2000"},
		"half a PNG":             {picture.String()[:20], "PNG"},
		"nothing":                {"", "must be a PNG"},
		"a page":                 {"<html><svg/></html>", "must be a PNG"},
		"two drawings":           {svg + in(""), "must be a PNG"},
		"not well-formed":        {in("<g>"), "must be a PNG"},
		"a script":               {in("<script>alert(1)</script>"), "<script>"},
		"a page in it":           {in("<foreignObject/>"), "<foreignObject>"},
		"a style sheet":          {in("<style>@import url(x)</style>"), "<style>"},
		"something that moves":   {in(`<animate attributeName="href"/>`), "<animate>"},
		"a picture in it":        {in(`<image href="https://evil.example/x.png"/>`), "<image>"},
		"a handler":              {in(`<path onload="alert(1)"/>`), "onload"},
		"a handler in capitals":  {in(`<path ONCLICK="alert(1)"/>`), "onclick"},
		"a style":                {in(`<path style="fill:url(https://evil.example)"/>`), "style"},
		"a use from elsewhere":   {in(`<use href="https://evil.example/#a"/>`), "href"},
		"an xlink":               {in(`<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="javascript:alert(1)"/>`), "href"},
		"a fill from elsewhere":  {in(`<path fill="url( https://evil.example/#a)"/>`), "url(…)"},
		"an escaped fill":        {in(`<path fill="u\72l(https://evil.example/#a)"/>`), "url(…)"},
		"a base":                 {in(`<g xml:base="https://evil.example/"/>`), "base"},
		"another language":       {in(`<script xmlns="http://www.w3.org/1999/xhtml"/>`), "<script>"},
		"a drawing of elsewhere": {in(`<path xmlns="http://www.w3.org/1999/xhtml"/>`), "<path>"},
		"a DOCTYPE":              {`<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>` + in("&x;"), "DOCTYPE"},
		"a style sheet's name":   {`<?xml-stylesheet href="https://evil.example/x.css"?>` + svg[strings.Index(svg, "<svg"):], "processing instruction"},
	} {
		l, err := NewLogo([]byte(c.body))
		if (err == nil) != (c.want == "") || err != nil && (!strings.Contains(err.Error(), c.want) || l.path() != "") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// The brand stands in the page as data, whatever a region calls itself, and the policy of the
// page stays; the picture is kept by browsers and runs nothing.
func TestBrandedPage(t *testing.T) {
	logo, err := NewLogo([]byte(svg))
	if err != nil {
		t.Fatal(err)
	}
	files := built
	files["index.html"].Data = []byte("<head><title>Patchwork</title></head>viewer")
	h := handler(files, nil, Brand{Name: `Care"/><script>alert(1)</script>`, ShortName: "C&R", Colour: "#00664f", Logo: logo})
	body := text(t, get(t, h, "GET", "/", ""))
	if strings.Contains(body, "<script>alert") || !strings.Contains(body, "<title>C&amp;R</title>") || !strings.Contains(body, `<meta name="patchwork-brand" content="{&#34;name&#34;`) || !strings.HasSuffix(body, "</head>viewer") {
		t.Errorf("the page is %s", body)
	}
	if plain := text(t, get(t, handler(files, nil, Brand{}), "GET", "/", "")); plain != "<head><title>Patchwork</title></head>viewer" {
		t.Errorf("without a brand it is %s", plain)
	}
	got := get(t, h, "GET", logo.path(), "")
	if got.StatusCode != 200 || got.Header.Get("Content-Type") != "image/svg+xml" || got.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" ||
		!strings.Contains(got.Header.Get("Content-Security-Policy"), "sandbox") || text(t, got) != svg {
		t.Errorf("the picture: %d %v", got.StatusCode, got.Header)
	}
	for _, path := range []string{"/brand/logo-0.svg", "/brand/logo-", logo.path() + "/x"} {
		if got := get(t, h, "GET", path, ""); got.StatusCode != http.StatusNotFound || got.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d", path, got.StatusCode)
		}
	}
}

func text(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
