package main

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/migrations"
)

// replicas checks what concerns servers behind a balancer, and fills in its defaults.
func (l *loading) replicas(c *Config, root *yaml.Node) {
	for i, text := range c.Proxies {
		p, err := netip.ParsePrefix(text)
		if a, addressErr := netip.ParseAddr(text); err != nil && addressErr == nil {
			p, err = a.Prefix(a.BitLen())
		}
		if err != nil {
			l.say(orNode(item(child(root, "proxies"), i), child(root, "proxies")), "proxies: each is a network such as 10.0.0.0/8, or an address")
			continue
		}
		if p.Bits() == 0 {
			l.say(orNode(item(child(root, "proxies"), i), child(root, "proxies")), "proxies: a network of every address would let anybody say where they come from")
			continue
		}
		c.proxies = append(c.proxies, p.Masked())
	}
	if c.Stop.Notice == nil {
		notice := 5 * time.Second
		if strings.HasPrefix(c.State, migrations.SQLite+":") {
			notice = 0
		}
		c.Stop.Notice = &notice
	}
	if *c.Stop.Notice < 0 || c.Stop.Drain < 0 {
		l.say(child(root, "stop"), "stop: notice and drain must not be negative")
	}
	if c.Stop.Drain == 0 {
		c.Stop.Drain = 8 * time.Second
	}
}

// addressOf is where a request comes from: the connection's other end or, if that is one of
// our proxies, the nearest address in X-Forwarded-For that is none of them. What stands before
// that was said by somebody else, and is not believed. "" is not known.
func (c *Config) addressOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	if len(c.proxies) == 0 || !c.proxy(host) {
		return host
	}
	said := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, text := range slices.Backward(said) {
		a, err := netip.ParseAddr(strings.TrimSpace(text))
		if err != nil {
			return host
		}
		if host = a.Unmap().WithZone("").String(); !c.proxy(host) {
			return host
		}
	}
	return host
}

// proxy reports whether an address is one of our proxies.
func (c *Config) proxy(host string) bool {
	a, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(c.proxies, func(p netip.Prefix) bool { return p.Contains(a.Unmap().WithZone("")) })
}
