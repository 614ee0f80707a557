package resolvers

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/patchworkcare/patchwork/fuzz/bodies"
)

// FuzzOperation: whatever is sent as an operation is read within bounds or refused in our
// words, what is let through is as large as it was measured and soon validated, and no error
// repeats a value.
func FuzzOperation(f *testing.F) {
	for _, b := range bodies.All() {
		var p struct{ Query string }
		if len(b.Text) < 4<<10 && json.Unmarshal([]byte(b.Text), &p) == nil {
			f.Add(p.Query)
		}
	}
	x := &Executor{}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > bodies.Most {
			return
		}
		doc, m, err := parsedWithin(text)
		if err != nil {
			errs, large := x.wrong(err)
			var bound *tooLarge
			if len(errs) != 1 || errs[0].Extensions["code"] == nil || large != errors.As(err, &bound) || strings.Contains(errs[0].Message, bodies.Canary) {
				t.Fatalf("%v", errs)
			}
			return
		}
		if n := unfolding(doc); n > mostSelections || m.nodes < len(doc.Operations) {
			t.Fatalf("%d selections are let through, said to be %d", n, m.selections)
		}
		began := time.Now()
		errs := validated(Schema0, doc, false)
		if took := time.Since(began); took > 3*time.Second {
			t.Fatalf("validation takes %v: %+v", took, m)
		}
		if len(errs) > mostFaults {
			t.Fatalf("%d faults", len(errs))
		}
		for _, e := range errs {
			if strings.Contains(e.Message, bodies.Canary) && !strings.Contains(e.Message, "_") && !named(doc, bodies.Canary) {
				t.Fatalf("%s", e.Message)
			}
		}
		if len(errs) > 0 {
			return
		}
		for _, o := range doc.Operations {
			if err := wants(o).within(nil); err != nil && !asBad(err) {
				t.Fatal(err)
			}
		}
	})
}

// named reports whether a name of the text holds the word: names are repeated.
func named(doc *ast.QueryDocument, word string) bool {
	var m measured
	found := false
	textual{&m}.document(doc)
	var look func(set ast.SelectionSet)
	look = func(set ast.SelectionSet) {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.Field:
				found = found || strings.Contains(s.Name+s.Alias, word)
				for _, a := range s.Arguments {
					found = found || strings.Contains(a.Name, word)
				}
				look(s.SelectionSet)
			case *ast.InlineFragment:
				found = found || strings.Contains(s.TypeCondition, word)
				look(s.SelectionSet)
			case *ast.FragmentSpread:
				found = found || strings.Contains(s.Name, word)
			}
		}
	}
	for _, o := range doc.Operations {
		found = found || strings.Contains(o.Name, word) || len(o.VariableDefinitions) > 0 || len(o.Directives) > 0
		look(o.SelectionSet)
	}
	return found || len(doc.Fragments) > 0
}

func asBad(err error) bool {
	var large *tooLarge
	var bad *gqlerror.Error
	return errors.As(err, &large) || errors.As(err, &bad)
}

// unfolding counts what operations select by unfolding it: the naive way.
func unfolding(doc *ast.QueryDocument) int {
	n := 0
	var look func(set ast.SelectionSet)
	look = func(set ast.SelectionSet) {
		for _, s := range set {
			if n++; n > 10*mostSelections {
				return
			}
			switch s := s.(type) {
			case *ast.Field:
				look(s.SelectionSet)
			case *ast.InlineFragment:
				look(s.SelectionSet)
			case *ast.FragmentSpread:
				if f := doc.Fragments.ForName(s.Name); f != nil {
					look(f.SelectionSet)
				}
			}
		}
	}
	for _, o := range doc.Operations {
		look(o.SelectionSet)
	}
	return n
}

// FuzzRequest: a body that is taken means the same to another reader of JSON, who takes the
// first of two names and not the last.
func FuzzRequest(f *testing.F) {
	for _, b := range bodies.All() {
		if len(b.Text) < 2<<10 {
			f.Add([]byte(b.Text))
		}
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var p posted
		if len(body) > bodies.Most || !p.read(body) {
			return
		}
		if !json.Valid(body) {
			t.Fatal("it is no JSON")
		}
		d := json.NewDecoder(bytes.NewReader(body))
		d.UseNumber()
		if !singles(d) {
			t.Fatalf("a name stands twice: %.300q", body)
		}
	})
}

// singles reads a value and reports whether no object in it names a member twice.
func singles(d *json.Decoder) bool {
	token, err := d.Token()
	if err != nil {
		return false
	}
	switch token {
	case json.Delim('['):
		for d.More() {
			if !singles(d) {
				return false
			}
		}
		_, err = d.Token()
	case json.Delim('{'):
		seen := map[any]bool{}
		for d.More() {
			name, err := d.Token()
			if err != nil || seen[name] || !singles(d) {
				return false
			}
			seen[name] = true
		}
		_, err = d.Token()
	}
	return err == nil
}

// FuzzManifest: every operation that a manifest registers has its own id.
func FuzzManifest(f *testing.F) {
	const text = "{ __typename }"
	f.Add([]byte(`{"` + operationHash(text) + `": "` + text + `"}`))
	f.Add([]byte(`{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": "` + operationHash(text) + `", "body": "` + text + `"}]}`))
	f.Add([]byte(`{"sha256:x": "y", "format": "apollo-persisted-query-manifest"}`))
	f.Fuzz(func(t *testing.T, manifest []byte) {
		operations, err := ReadOperations(manifest)
		if err != nil && operations != nil {
			t.Fatal("refused, and given")
		}
		for id, text := range operations {
			if id != operationHash(text) {
				t.Fatalf("%q is registered as %q", text, id)
			}
		}
	})
}

// FuzzCursor: a cursor that is taken names a place, and is that place's.
func FuzzCursor(f *testing.F) {
	f.Add("MC5h")
	f.Add("")
	f.Add("LTEuYS5i")
	f.Add("....")
	f.Fuzz(func(t *testing.T, text string) {
		p, ok := readCursor(text)
		if !ok {
			return
		}
		if again, ok := readCursor(p.cursor()); !ok || again != p || p.id == "" {
			t.Fatalf("%+v becomes %+v", p, again)
		}
	})
}
