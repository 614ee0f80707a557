package ldap

import _ "embed" // for Sample

// Sample is a commented stanza for the `connect` part of a login of patchwork.yaml.
//
//go:embed sample.yaml
var Sample string
