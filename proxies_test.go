package main

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

const proxiesRest = "sources:\n  - {id: gp, type: fhirr4, organisation: {ods: A1}, connect: {url: 'http://127.0.0.1:1'}}\n"

// Only our own proxies are believed about where a request comes from, and only as far as they
// know.
func TestWhereARequestComesFrom(t *testing.T) {
	t.Parallel()
	c, err := parseConfig("a.yaml", []byte("proxies: [10.0.0.0/8, 192.0.2.7, 'fd00::/8']\n"+proxiesRest))
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]struct {
		from  string
		heads []string
		want  string
	}{
		"no proxy":                            {"198.51.100.4:1", nil, "198.51.100.4"},
		"no proxy, which claims something":    {"198.51.100.4:1", []string{"203.0.113.9"}, "198.51.100.4"},
		"a proxy":                             {"10.1.2.3:1", []string{"203.0.113.9"}, "203.0.113.9"},
		"a proxy by its address":              {"192.0.2.7:1", []string{"203.0.113.9"}, "203.0.113.9"},
		"its neighbour":                       {"192.0.2.8:1", []string{"203.0.113.9"}, "192.0.2.8"},
		"two proxies":                         {"10.1.2.3:1", []string{"203.0.113.9, 10.9.9.9"}, "203.0.113.9"},
		"two proxies, two headers":            {"10.1.2.3:1", []string{"203.0.113.9", "10.9.9.9"}, "203.0.113.9"},
		"what the caller claimed before":      {"10.1.2.3:1", []string{"1.1.1.1, 203.0.113.9"}, "203.0.113.9"},
		"a proxy that the caller claimed":     {"10.1.2.3:1", []string{"10.6.6.6, 203.0.113.9"}, "203.0.113.9"},
		"a proxy that says nothing":           {"10.1.2.3:1", nil, "10.1.2.3"},
		"a proxy that says nonsense":          {"10.1.2.3:1", []string{"203.0.113.9, unknown"}, "10.1.2.3"},
		"nonsense before a proxy":             {"10.1.2.3:1", []string{"<script>, 10.9.9.9"}, "10.9.9.9"},
		"a proxy by IPv6":                     {"[fd00::1]:1", []string{"2001:db8::5"}, "2001:db8::5"},
		"a proxy by IPv6 that wraps IPv4":     {"[::ffff:10.1.2.3]:1", []string{"::ffff:203.0.113.9"}, "203.0.113.9"},
		"with a port, which is no address":    {"10.1.2.3:1", []string{"203.0.113.9:443"}, "10.1.2.3"},
		"nobody knows where (a socket)":       {"@", []string{"203.0.113.9"}, ""},
		"proxies alone: the farthest of them": {"10.1.2.3:1", []string{"10.5.5.5, 10.9.9.9"}, "10.5.5.5"},
	} {
		if got := c.addressOf(&http.Request{RemoteAddr: r.from, Header: http.Header{"X-Forwarded-For": r.heads}}); got != r.want {
			t.Errorf("%s: %q, want %q", name, got, r.want)
		}
	}
}

// What is wrong with proxies and with going is said with its line; the defaults fit the
// database.
func TestReplicasConfig(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"proxies: [nonsense]\n":    "a.yaml:1: proxies: each is a network",
		"proxies: [10.0.0.0/33]\n": "a.yaml:1: proxies: each is a network",
		"proxies: [0.0.0.0/0]\n":   "a.yaml:1: proxies: a network of every address",
		"proxies:\n  - '::/0'\n":   "a.yaml:2: proxies: a network of every address",
		"stop: {notice: -1s}\n":    "a.yaml:1: stop: notice and drain must not be negative",
		"stop: {drain: -1s}\n":     "a.yaml:1: stop: notice and drain must not be negative",
		"stop: {wait: 1s}\n":       "there is no key",
	} {
		if _, err := parseConfig("a.yaml", []byte(text+proxiesRest)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
	for text, want := range map[string]StopConfig{
		"state: sqlite:p.db\n":                                 {new(0 * time.Second), 8 * time.Second},
		"state: postgres://x@y/z\n":                            {new(5 * time.Second), 8 * time.Second},
		"state: postgres://x@y/z\nstop: {notice: 0s}\n":        {new(0 * time.Second), 8 * time.Second},
		"state: sqlite:p.db\nstop: {notice: 3s, drain: 20s}\n": {new(3 * time.Second), 20 * time.Second},
	} {
		c, err := parseConfig("a.yaml", []byte(text+proxiesRest))
		if err != nil || *c.Stop.Notice != *want.Notice || c.Stop.Drain != want.Drain {
			t.Errorf("%q: %+v %v", text, c, err)
		}
	}
}
