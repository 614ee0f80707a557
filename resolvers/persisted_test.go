package resolvers

import (
	"strings"
	"testing"
)

// TestManifests: each way in which others write them is read, and an id that would name
// another operation than its text's is not.
func TestManifests(t *testing.T) {
	t.Parallel()
	const text = "{ __typename }"
	id := operationHash(text)
	for name, c := range map[string]struct {
		manifest string
		want     int
		wrong    string
	}{
		"of GraphQL Code Generator and Relay": {manifest: `{"` + id + `": "` + text + `"}`, want: 1},
		"with the draft's prefix":             {manifest: `{"sha256:` + id + `": "` + text + `"}`, want: 1},
		"Apollo's":                            {manifest: `{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": "` + id + `", "name": "A", "type": "query", "body": "` + text + `"}]}`, want: 1},
		"of nothing":                          {manifest: `{}`},
		"of another text":                     {manifest: `{"` + id + `": "{ viewer }"}`, wrong: "is not the SHA-256"},
		"by MD5":                              {manifest: `{"6a992d5529f459a44fee58c733255e86": "` + text + `"}`, wrong: "set the algorithm to sha256"},
		"in capitals":                         {manifest: `{"` + strings.ToUpper(id) + `": "` + text + `"}`, wrong: "is not the SHA-256"},
		"a list":                              {manifest: `["` + text + `"]`, wrong: "neither"},
		"no JSON":                             {manifest: `query { a }`, wrong: "neither"},
		"empty":                               {manifest: ``, wrong: "neither"},
	} {
		ops, err := ReadOperations([]byte(c.manifest))
		switch {
		case c.wrong == "" && (err != nil || len(ops) != c.want):
			t.Errorf("%s: %d operations, %v", name, len(ops), err)
		case c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)):
			t.Errorf("%s: %v", name, err)
		case c.want == 1 && ops[id] != text:
			t.Errorf("%s: %v", name, ops)
		}
	}
}

// TestMisfits: what does not fit the schema is named.
func TestMisfits(t *testing.T) {
	t.Parallel()
	good, old, broken := "query Good { __typename }", "query Old { nobodyHasThis }", "query {"
	lines := Operations{operationHash(good): good, operationHash(old): old, operationHash(broken): broken}.Misfits()
	all := strings.Join(lines, "\n")
	if len(lines) != 2 || !strings.Contains(all, `(Old): Cannot query field "nobodyHasThis"`) || strings.Contains(all, "Good") {
		t.Errorf("%q", lines)
	}
}
