package documents

import (
	"crypto/sha256"
	"encoding/base64"
)

// Style is how letters look. It is the only style that a page of ours can have.
const Style = `body{font:1rem/1.5 Arial,Helvetica,sans-serif;color:#212b32;background:#fff;margin:1rem;max-width:60rem;overflow-wrap:anywhere}` +
	`table{border-collapse:collapse;max-width:100%}th,td{border:1px solid #768692;padding:.25rem .5rem;text-align:left;vertical-align:top}` +
	`caption{text-align:left;font-weight:bold}pre{white-space:pre-wrap}h1{font-size:1.5rem}h2{font-size:1.25rem}h3,h4,h5,h6{font-size:1.1rem}` +
	`@media print{body{margin:0;max-width:none}}`

// StyleHash names Style in a content security policy (CSP 3 §8.3).
func StyleHash() string {
	sum := sha256.Sum256([]byte(Style))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// PagePolicy is the policy that a page carries itself, wherever it is shown: nothing
// runs, loads, is sent or leads on. "sandbox" is no word for a meta element; who shows
// the page adds it.
func PagePolicy() string {
	return "default-src 'none'; style-src " + StyleHash() + "; base-uri 'none'; form-action 'none'"
}
