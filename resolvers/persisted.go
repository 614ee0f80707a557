package resolvers

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Operations are those that are registered with the server: their texts, each by the
// SHA-256 of it in hex, which is its id. Only manifests register one; no caller does.
type Operations map[string]string

// apolloFormat is how Apollo's manifests call themselves.
const apolloFormat = "apollo-persisted-query-manifest"

// ReadOperations reads a manifest: an object of ids and texts, as GraphQL Code Generator
// and Relay's compiler write it, or one of Apollo's. An id that is not its text's SHA-256
// is an error: it would say another operation to whoever checks it.
func ReadOperations(manifest []byte) (Operations, error) {
	var apollo struct {
		Format     string
		Operations []struct{ ID, Body string }
	}
	texts := map[string]string{}
	if json.Unmarshal(manifest, &apollo) == nil && apollo.Format == apolloFormat {
		for _, o := range apollo.Operations {
			texts[o.ID] = o.Body
		}
	} else if json.Unmarshal(manifest, &texts) != nil {
		return nil, errors.New("it is neither an object of ids and operations nor Apollo's manifest")
	}
	ops := make(Operations, len(texts))
	for id, text := range texts {
		hash := bareID(id)
		if hash != operationHash(text) {
			return nil, fmt.Errorf("%.80q is not the SHA-256 of its operation (with Relay and GraphQL Code Generator, set the algorithm to sha256)", id)
		}
		ops[hash] = text
	}
	return ops, nil
}

// Misfits says which operations do not fit the schema any more, and why: a line each.
func (o Operations) Misfits() []string {
	schema := Schema()
	var lines []string
	for _, id := range slices.Sorted(maps.Keys(o)) {
		doc, _, err := parsedWithin(o[id])
		if err != nil {
			lines = append(lines, fmt.Sprintf("%.12s…: %s", id, err.Error()))
			continue
		}
		if errs := validator.ValidateWithRules(schema, doc, rules.NewDefaultRules()); len(errs) > 0 {
			lines = append(lines, fmt.Sprintf("%.12s… (%s): %s", id, nameOf(doc), errs[0].Message))
		}
	}
	return lines
}

func nameOf(doc *ast.QueryDocument) string {
	if len(doc.Operations) == 0 || doc.Operations[0].Name == "" {
		return "without a name"
	}
	return doc.Operations[0].Name
}

// bareID is the hash in a documentId ("Persisted Documents" of GraphQL over HTTP: sha256:…,
// or as it is).
func bareID(id string) string { return strings.TrimPrefix(id, "sha256:") }

// With are both.
func (o Operations) With(more Operations) Operations {
	all := make(Operations, len(o)+len(more))
	maps.Copy(all, o)
	maps.Copy(all, more)
	return all
}
