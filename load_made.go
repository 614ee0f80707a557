package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// makeup is what a configuration was made of, to tell what another one changes.
type makeup struct {
	file   string
	digest string // of the file, SHA-256 in hex
	// parts are the stanzas, as "source gp", and the other keys of the file, as "viewer"; order
	// are the stanzas as they stand.
	parts map[string]part
	order []string
}

// part is what stands in one place, and in the files that it names: of two that are alike the
// digest is the same.
type part struct {
	line   int
	digest string
}

// inLists are the keys whose items are parts of their own, by what one is called.
var inLists = map[string]string{"sources": "source", "logins": "login", "launchers": "launcher"}

// feedType is the type whose sources hold a port that messages come to.
const feedType = "hl7v2"

// madeOf takes a file apart.
func (l *loading) madeOf(file string, text []byte, root *yaml.Node) *makeup {
	sum := sha256.Sum256(text)
	m := &makeup{file: file, digest: hex.EncodeToString(sum[:]), parts: map[string]part{}}
	if root == nil || root.Kind != yaml.MappingNode {
		return m
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		one := inLists[key.Value]
		if one == "" || value.Kind != yaml.SequenceNode {
			_, fixed := fixedParts[key.Value] // the ledger's witness grows all the time
			m.parts[key.Value] = part{key.Line, l.digestOf(value, !fixed)}
			continue
		}
		for _, stanza := range value.Content {
			name := one
			if id := child(stanza, "id"); id != nil {
				name += " " + id.Value
			}
			// A feed reads its certificate at every connection, and cannot be changed here.
			kind := child(stanza, "type")
			m.parts[name] = part{stanza.Line, l.digestOf(stanza, kind == nil || kind.Value != feedType)}
			m.order = append(m.order, name)
		}
	}
	return m
}

// digestOf takes in a node, and the files that it names.
func (l *loading) digestOf(n *yaml.Node, files bool) string {
	h := sha256.New()
	l.hash(h, n, files, 0)
	return hex.EncodeToString(h.Sum(nil))
}

// deepest is more than any configuration nests; an alias may be part of what it stands for.
const deepest = 100

// hash takes in what stands in a node, not how it is written; keys in any order are the same.
func (l *loading) hash(into hash.Hash, n *yaml.Node, files bool, depth int) {
	if n == nil || depth > deepest {
		return
	}
	switch n.Kind {
	case yaml.AliasNode:
		l.hash(into, n.Alias, files, depth+1)
	case yaml.MappingNode:
		var pairs []string
		for i := 0; i+1 < len(n.Content); i += 2 {
			h := sha256.New()
			l.hash(h, n.Content[i], files, depth+1)
			l.hash(h, n.Content[i+1], files, depth+1)
			pairs = append(pairs, string(h.Sum(nil)))
		}
		slices.Sort(pairs)
		fmt.Fprintf(into, "{%d %s", len(pairs), strings.Join(pairs, ""))
	case yaml.SequenceNode:
		fmt.Fprintf(into, "[%d ", len(n.Content))
		for _, item := range n.Content {
			l.hash(into, item, files, depth+1)
		}
	default:
		fmt.Fprintf(into, "%s %d %s ", n.ShortTag(), len(n.Value), n.Value)
		if files {
			l.hashFile(into, n.Value)
		}
	}
}

// mostHashed is how large a file may be whose content is taken in: certificates, secrets and
// maps are. Of a larger one, which a system may hold as its data, it is the size and when it
// was written.
const mostHashed = 8 << 20

// hashFile takes in a file, if the value names one.
func (l *loading) hashFile(into io.Writer, value string) {
	if value == "" || len(value) > 1024 || strings.ContainsAny(value, "\n\x00") {
		return
	}
	for _, path := range []string{filepath.Join(l.dir, value), value} {
		info, err := os.Stat(path)
		switch {
		case err != nil || !info.Mode().IsRegular():
			continue
		case info.Size() > mostHashed:
			fmt.Fprintf(into, "file %d %d ", info.Size(), info.ModTime().UnixNano())
		default:
			if text, err := os.ReadFile(path); err == nil { //nolint:gosec // what the operator's configuration names
				fmt.Fprintf(into, "file %x ", sha256.Sum256(text))
			}
		}
		return
	}
}

// edits is what is other in a configuration than in the one before, by the names of parts.
type edits struct{ added, changed, removed []string }

func (m *makeup) since(before *makeup) (c edits) {
	for name, now := range m.parts {
		old, there := before.parts[name]
		switch {
		case !there:
			c.added = append(c.added, name)
		case old.digest != now.digest:
			c.changed = append(c.changed, name)
		}
	}
	for name := range before.parts {
		if _, there := m.parts[name]; !there {
			c.removed = append(c.removed, name)
		}
	}
	if c.none() && !slices.Equal(m.order, before.order) {
		c.changed = append(c.changed, "order of stanzas")
	}
	for _, names := range [][]string{c.added, c.changed, c.removed} {
		slices.Sort(names)
	}
	return c
}

func (c edits) none() bool { return len(c.added)+len(c.changed)+len(c.removed) == 0 }

// String is "added source x; changed viewer".
func (c edits) String() string {
	var parts []string
	for _, p := range []struct {
		word  string
		names []string
	}{{"added", c.added}, {"changed", c.changed}, {"removed", c.removed}} {
		if len(p.names) > 0 {
			parts = append(parts, p.word+" "+strings.Join(p.names, ", "))
		}
	}
	if len(parts) == 0 {
		return "nothing changed"
	}
	return strings.Join(parts, "; ")
}

// touch reports whether a part is among them.
func (c edits) touch(name string) bool {
	return slices.Contains(c.added, name) || slices.Contains(c.changed, name) || slices.Contains(c.removed, name)
}
