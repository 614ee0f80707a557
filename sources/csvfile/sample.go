package csvfile

import _ "embed" // for Sample

// Sample is a commented stanza for patchwork.yaml.
//
//go:embed sample.yaml
var Sample string
