package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"go.yaml.in/yaml/v4"
)

// ofSample are values of the samples that no real stanza has: names of the domain example,
// and what stands in place of something that only the reader knows.
var ofSample = regexp.MustCompile(`(?i)example|^the-|^\d{10,}$|^my-system$|^My system$|^XXX$|^The organisation that runs it$`)

// unchanged warns of values that are still those of the type's sample stanza.
func (l *loading) unchanged(s *SourceConfig, n *yaml.Node) {
	var sample yaml.Node
	text, ok := stanzaOf(s.Type)
	if !ok || yaml.Load([]byte(text), &sample) != nil {
		return
	}
	values := map[string]string{}
	scalars(item(mapping(&sample), 0), "", func(path string, n *yaml.Node) { values[path] = n.Value })
	scalars(n, "", func(path string, n *yaml.Node) {
		was, there := values[path]
		if !there || was != n.Value || !ofSample.MatchString(was) && !absent(was) {
			return
		}
		l.warnings = append(l.warnings, problem{n.Line, fmt.Sprintf("source %s: %s is still the sample's: %s", s.ID, path, was)})
	})
}

// absent reports whether it is the path of something that is not on this machine.
func absent(value string) bool {
	if !filepath.IsAbs(value) {
		return false
	}
	_, err := os.Stat(value)
	return err != nil
}

// scalars visits every value with its path.
func scalars(n *yaml.Node, path string, visit func(string, *yaml.Node)) {
	switch {
	case n == nil:
	case n.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			scalars(n.Content[i+1], keyPath(path, n.Content[i].Value), visit)
		}
	case n.Kind == yaml.SequenceNode:
		for i, item := range n.Content {
			scalars(item, fmt.Sprintf("%s[%d]", path, i), visit)
		}
	case n.Kind == yaml.ScalarNode:
		visit(path, n)
	}
}
