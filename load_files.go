package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v4"
)

// files finds the files that stanzas name, such as password_file, and warns of secrets that
// are not there. A relative path is taken from the configuration's own folder; if nothing
// is there, from the current one.
func (l *loading) files(root *yaml.Node) {
	for _, kind := range []string{"sources", "logins", "launchers"} {
		list := child(root, kind)
		if list == nil || list.Kind != yaml.SequenceNode {
			continue
		}
		for i, stanza := range list.Content {
			name := fmt.Sprintf("%s %d", strings.TrimSuffix(kind, "s"), i+1)
			if id := child(stanza, "id"); id != nil && id.Value != "" {
				name = strings.TrimSuffix(kind, "s") + " " + id.Value
			}
			scalars(stanza, "", func(path string, n *yaml.Node) { l.file(name, strings.TrimPrefix(path, "connect."), n) })
		}
	}
}

func (l *loading) file(stanza, path string, n *yaml.Node) {
	switch {
	case n.Value == "":
	case strings.HasSuffix(path, "_env"):
		if os.Getenv(n.Value) == "" {
			l.warn(n, "%s: %s: this environment variable is not set here", stanza, path)
		}
	case strings.HasSuffix(path, "_file"):
		where := ""
		if !filepath.IsAbs(n.Value) {
			beside := filepath.Join(l.dir, n.Value)
			if _, err := os.Stat(beside); err == nil {
				n.Value = beside
				return
			}
			where = ", neither beside this configuration nor in the current folder"
		}
		if _, err := os.Stat(n.Value); err != nil { // its name may be the secret itself
			l.warn(n, "%s: %s: this file is not there%s", stanza, path, where)
		}
	}
}

func (l *loading) warn(n *yaml.Node, format string, a ...any) {
	l.warnings = append(l.warnings, problem{n.Line, fmt.Sprintf(format, a...)})
}
