package main

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// careSettings are the words for where care is given. Policies, orders of the summary and
// standing in a record go by them, and a word that is none would match nothing.
var careSettings = []string{"acute", "ambulance", "care-home", "community", "dental", "gp", "hospice", "independent", "mental-health", "national",
	"optometry", "pharmacy", "primary-care", "prison", "regional", "social-care", "urgent-care", "voluntary"}

// careSettings reports every care_setting of the file that is none, wherever it stands but in
// the connectors' own parts, where a column may be called so.
func (l *loading) careSettings(n *yaml.Node) {
	if n == nil {
		return
	}
	if n.Kind == yaml.SequenceNode {
		for _, item := range n.Content {
			l.careSettings(item)
		}
	}
	if n.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case key.Value == "connect":
		case key.Value == "care_setting" && value.Kind == yaml.ScalarNode:
			l.careSetting(value)
		default:
			l.careSettings(value)
		}
	}
}

func (l *loading) careSetting(n *yaml.Node) {
	if n.Value == "" || n.Tag == "!!null" || slices.Contains(careSettings, n.Value) {
		return
	}
	next := "; there are "
	if near := nearestOf(n.Value, careSettings); near != "" {
		next = fmt.Sprintf("; did you mean %q? There are ", near)
	}
	l.say(n, "there is no care_setting %q%s%s", n.Value, next, strings.Join(careSettings, ", "))
}
