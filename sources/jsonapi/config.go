package jsonapi

import (
	"net/url"
	"strings"

	"github.com/patchworkcare/patchwork/sources"
)

// Config is where an API is and who we are to it: part of a connector's stanza. Zero
// values are the defaults given with each field.
type Config struct {
	// URL is the API's base, for example https://api.example.nhs.uk/v2. Requests and the
	// links of its answers stay at and below it.
	URL  string `yaml:"url"`
	Auth Auth   `yaml:"auth"`
	TLS  TLS    `yaml:"tls"`
	// Headers are sent with every request. They are no place for a secret.
	Headers map[string]string `yaml:"headers"`
	// MaxBody is how many bytes of one answer are read; default 4 MiB.
	MaxBody int `yaml:"max_body"`
}

// mostBody is the largest MaxBody: an answer is held in memory as a tree.
const mostBody = 64 << 20

// Validate reports every problem of this part of the stanza.
func (c *Config) Validate() []sources.Problem {
	var all []sources.Problem
	add := func(path, text string) { all = append(all, sources.Problem{Path: path, Text: text}) }
	u, err := url.Parse(c.URL)
	switch {
	case c.URL == "":
		add("url", "the API's base address is missing")
	case err != nil || !isHTTP(u):
		add("url", "must be an address that begins with https:// or http://")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		add("url", "must have no user, query or fragment; put credentials under auth")
	}
	if c.MaxBody < 0 || c.MaxBody > mostBody {
		add("max_body", "must be between 1 and 67108864, or left out")
	}
	for name, value := range c.Headers {
		if !IsToken(name) || !IsHeaderValue(value) {
			add("headers."+name, "is no header that can be sent")
		} else if ReservedHeader(name) {
			add("headers."+name, "is set by us; put credentials under auth")
		}
	}
	all = append(all, c.Auth.problems()...)
	return append(all, c.TLS.problems(u)...)
}

func isHTTP(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// IsToken reports whether s can name a header (RFC 9110 §5.6.2).
func IsToken(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("!#$%&'*+-.^_`|~", r)
	}) < 0
}

// IsHeaderValue reports whether s can stand in a header as it is.
func IsHeaderValue(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r >= 0x7f }) < 0
}

// ReservedHeader reports whether a header is ours to set.
func ReservedHeader(name string) bool {
	switch strings.ToLower(name) {
	case "authorization", "host", "content-length", "transfer-encoding", "connection", "accept-encoding", "cookie", "proxy-authorization":
		return true
	}
	return false
}
