package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// Sources knows which tests the source has, without running any: a test that was renamed or
// deleted is missed at once.
type Sources struct {
	root string
	// packages has the tests of a folder, once it was asked for.
	packages map[string]map[string]bool
	files    map[string]string
}

// NewSources looks into the repository at root.
func NewSources(root string) *Sources {
	return &Sources{root: root, packages: map[string]map[string]bool{}, files: map[string]string{}}
}

// Missing says what is not there of a reference; "" if it is all there. Parts of a Go test
// exist only while it runs, and are not looked for.
func (s *Sources) Missing(r Reference) string {
	if r.File != "" {
		return s.missingWeb(r)
	}
	if !s.tests(r.Package)[r.top()] {
		return "there is no " + r.top() + " in ./" + r.Package
	}
	return ""
}

func (s *Sources) tests(folder string) map[string]bool {
	if names, ok := s.packages[folder]; ok {
		return names
	}
	names := map[string]bool{}
	s.packages[folder] = names
	files, _ := filepath.Glob(filepath.Join(s.root, filepath.FromSlash(folder), "*_test.go"))
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			continue // the compiler says so
		}
		for _, d := range parsed.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil {
				names[f.Name.Name] = true
			}
		}
	}
	return names
}

func (s *Sources) missingWeb(r Reference) string {
	text, ok := s.files[r.File]
	if !ok {
		b, err := os.ReadFile(filepath.Join(s.root, filepath.FromSlash(r.File)))
		if err != nil {
			return "there is no " + r.File
		}
		text = string(b)
		s.files[r.File] = text
	}
	for _, title := range r.Titles {
		if !strings.Contains(text, quoted(title)) && !strings.Contains(text, "`"+title+"`") {
			return "there is no test called " + quoted(title) + " in " + r.File
		}
	}
	return ""
}

// quoted is a title as TypeScript writes it.
func quoted(title string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(title) != nil {
		return title
	}
	return strings.TrimSuffix(b.String(), "\n")
}
