package main

import (
	"fmt"
	"math"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
)

// address looks whether cookies, public address and TLS fit together.
func (d *doctor) address() {
	const check = "address"
	c := d.config
	host, _, _ := net.SplitHostPort(c.Listen)
	public, err := url.Parse(c.PublicURL)
	if err != nil {
		return // config check has told
	}
	here := auth.Loopback(host)
	said := len(d.found)
	switch {
	case c.PlainHTTP && public.Scheme == "https":
		d.fail(check, "plain_http is for this machine only and public_url is https: cookies are not kept to TLS, and browsers are not told to stay with it", "take plain_http out")
	case c.PlainHTTP && !here && auth.Loopback(public.Hostname()):
		d.warn(check, "plain_http is on and other machines may reach "+c.Listen, "let a firewall or the container's published port keep them out, or take plain_http out and put TLS in front")
	case c.PlainHTTP && !here:
		d.fail(check, "plain_http is on and other machines reach "+c.Listen+": passwords and records go over the network without TLS", "take plain_http out, put a proxy with TLS in front and say public_url; or listen on 127.0.0.1")
	case !c.PlainHTTP && public.Scheme == "http":
		d.fail(check, "public_url is http and cookies are kept to TLS: nobody stays signed in", "put a proxy with TLS in front and say its https address; on this machine alone, plain_http: true")
	case !c.PlainHTTP && c.PublicURL == "":
		d.warn(check, "nothing says at which https address browsers reach this server: sign-ins, apps and links name "+c.publicURL(), "say public_url")
	}
	if c.Introspection && !here {
		d.warn(check, "introspection is on: callers read the schema and are given suggestions", "take it out where real people's records are")
	}
	if len(d.found) == said {
		d.ok(check, "browsers reach it at %s; it listens on %s", c.publicURL(), c.Listen)
	}
}

// Below these a disk is warned of, or the ledger is about to stop, and with it all answers.
const (
	littleSpace = 1 << 30
	noSpace     = 128 << 20
)

// space looks at the disks of what grows.
func (d *doctor) space() {
	places := []named{{"witness", filepath.Dir(d.config.Audit.Witness)}}
	if path, ok := strings.CutPrefix(d.config.State, "sqlite:"); ok {
		places = append([]named{{"database", filepath.Dir(path)}}, places...)
	}
	for _, p := range places {
		free, size, ok := d.disk(p.path)
		switch {
		case !ok && !exists(p.path):
			d.fail("disk", "the folder of the "+p.key+" is not there", "make it, for the account that serves")
		case !ok:
			d.warn("disk", "the space for the "+p.key+" could not be told", "look yourself (df)")
		case free < noSpace:
			d.fail("disk", fmt.Sprintf("%s free for the %s: when the ledger cannot be written, nothing is answered", bytesOf(free), p.key), "make room now")
		case free < littleSpace || free < size/20:
			d.warn("disk", fmt.Sprintf("%s of %s free for the %s", bytesOf(free), bytesOf(size), p.key), "make room: when the ledger cannot be written, nothing is answered")
		default:
			d.ok("disk", "%s of %s free for the %s", bytesOf(free), bytesOf(size), p.key)
		}
	}
}

func bytesOf(n uint64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30))
	default:
		return fmt.Sprintf("%d MiB", n>>20)
	}
}

// bounds holds the bound of memory against what the machine or container has: a server that
// may use all of it is ended by the system before it collects.
func (d *doctor) bounds() {
	limit := d.limit
	has, ok := d.memory()
	switch {
	case limit >= math.MaxInt64:
		d.warn("memory", "there is no bound of memory", "take GOMEMLIMIT=off out, or set GOMEMLIMIT to three quarters of what the machine has")
	case !ok:
		d.warn("memory", "what the machine has could not be told; the bound is "+bytesOf(limit), "let it have half as much again")
	case limit > has/10*9:
		d.fail("memory", fmt.Sprintf("the bound is %s and there are %s: the system ends the server before it collects", bytesOf(limit), bytesOf(has)), "give it more memory, or set GOMEMLIMIT to three quarters of that")
	case limit > has/4*3:
		d.warn("memory", fmt.Sprintf("the bound is %s of %s", bytesOf(limit), bytesOf(has)), "give it more memory, or set GOMEMLIMIT to three quarters of that")
	default:
		d.ok("memory", "the bound is %s of %s", bytesOf(limit), bytesOf(has))
	}
}

// machineMemory is what this process may have: the container's limit (cgroup v2, then v1), else
// the machine's.
func machineMemory() (bytes uint64, ok bool) {
	for _, file := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		if text, err := os.ReadFile(file); err == nil {
			if n, err := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64); err == nil && n < 1<<50 {
				return n, true
			}
		}
	}
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0, false
	}
	var kib uint64
	_, err = fmt.Sscanf(string(text), "MemTotal: %d kB", &kib)
	return kib << 10, err == nil
}
