package main

import (
	"fmt"
	"regexp"
	"strings"
)

// rootPackage is how references name the tests of package main at the repository's root.
const rootPackage = "patchwork"

// Reference names a test: of Go as package.TestName or package.TestName/part, of the viewer
// and of the browser as file > title > title. A reference to a group of the viewer's tests
// is one to all of them.
type Reference struct {
	Text string
	// Line of the file that names it; 0 if it is not from a file.
	Line int

	// Package and Test of a Go test: the package's folder ("" the root), and the name with its parts.
	Package, Test string
	// File and Titles of one of the viewer's, from the repository's root.
	File   string
	Titles []string
}

var (
	goReference  = regexp.MustCompile(`^([a-z][a-z0-9/]*)\.((?:Test|Fuzz)[A-Za-z0-9_]+(?:/.+)?)$`)
	webReference = regexp.MustCompile(`^(web/[A-Za-z0-9_./-]+\.test\.(?:tsx?|mjs)) > (.+)$`)
)

// ParseReference understands the name of a test.
func ParseReference(text string) (Reference, error) {
	if m := goReference.FindStringSubmatch(text); m != nil {
		folder := m[1]
		if folder == rootPackage {
			folder = ""
		}
		return Reference{Text: text, Package: folder, Test: m[2]}, nil
	}
	if m := webReference.FindStringSubmatch(text); m != nil {
		return Reference{Text: text, File: m[1], Titles: strings.Split(m[2], " > ")}, nil
	}
	return Reference{}, fmt.Errorf("%q names no test: package.TestName, or web/file.test.ts > title", text)
}

// Part is the part of a run that has the test: "go", "web" or "e2e".
func (r Reference) Part() string {
	switch {
	case r.File == "":
		return "go"
	case strings.HasPrefix(r.File, "web/e2e/"):
		return "e2e"
	}
	return "web"
}

// top is the name of the function of a Go test.
func (r Reference) top() string {
	name, _, _ := strings.Cut(r.Test, "/")
	return name
}

// placeholder is what vitest replaces in the title of a test of many cases.
var placeholder = regexp.MustCompile(`%(?:[sdifjoO#%]|\.\d+s)|\$[a-zA-Z_][a-zA-Z0-9_.]*`)

// fits says whether a title that was run is that of a reference, whose title may have places
// for the cases.
func fits(title, run string) bool {
	if title == run {
		return true
	}
	if !placeholder.MatchString(title) {
		return false
	}
	var pattern strings.Builder
	pattern.WriteString(`(?s)^`)
	last := 0
	for _, at := range placeholder.FindAllStringIndex(title, -1) {
		pattern.WriteString(regexp.QuoteMeta(title[last:at[0]]))
		pattern.WriteString(`.*`)
		last = at[1]
	}
	pattern.WriteString(regexp.QuoteMeta(title[last:]) + `$`)
	return regexp.MustCompile(pattern.String()).MatchString(run)
}
