package rest

import _ "embed"

// Sample is a commented stanza for patchwork.yaml.
//
//go:embed sample.yaml
var Sample string
