package main

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// mapping is the document's top mapping; nil if it is something else.
func mapping(doc *yaml.Node) *yaml.Node {
	if doc.Kind == yaml.DocumentNode && len(doc.Content) == 1 {
		return doc.Content[0]
	}
	return doc
}

// child is the value of a key; nil if there is none.
func child(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// item is the i-th element of a list; nil if there is none.
func item(n *yaml.Node, i int) *yaml.Node {
	if n == nil || n.Kind != yaml.SequenceNode || i >= len(n.Content) {
		return nil
	}
	return n.Content[i]
}

// at follows a path such as "sections.allergies.query" or "queries[2]" as far as it
// goes, and gives the last node found, so that a problem has a line.
func at(n *yaml.Node, path string) *yaml.Node {
	path = strings.NewReplacer("[", ".", "]", "").Replace(path)
	for part := range strings.SplitSeq(path, ".") {
		next := child(n, part)
		if i, err := strconv.Atoi(part); err == nil && next == nil {
			next = item(n, i)
		}
		if next == nil {
			break
		}
		n = next
	}
	return n
}

func orNode(n, other *yaml.Node) *yaml.Node {
	if n == nil {
		return other
	}
	return n
}
