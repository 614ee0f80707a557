package smart

import (
	"errors"
	"net/netip"
	"slices"
	"syscall"
)

// errInside: an address that a client must not have us connect to.
var errInside = errors.New("smart: the address is not on the public Internet")

// guard is asked with the address that is about to be connected to, after the name has been
// looked up: a name that leads elsewhere the second time leads nowhere.
func (f *Fetcher) guard(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil || !mayFetchFrom(to.Addr(), f.config.AllowPrivate) {
		return errInside
	}
	return nil
}

var (
	// publicV6 is all that is given out to be reached; NAT64 leads to an IPv4 address (RFC
	// 6052 §2.1).
	publicV6 = netip.MustParsePrefix("2000::/3")
	nat64    = netip.MustParsePrefix("64:ff9b::/96")
	// reserved is what in the public space is not on the Internet, or leads on to an address
	// that is not seen. IANA special-purpose registries, RFC 6890.
	reserved = prefixes(
		"0.0.0.0/8", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
		"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
	)
	// metadata is where clouds tell a machine its credentials, where that is not link-local.
	metadata = prefixes("168.63.129.16/32", "100.100.100.200/32", "fd00:ec2::/32", "fd20:ce::254/128")
	// shared is carriers' own space. RFC 6598.
	shared = netip.MustParsePrefix("100.64.0.0/10")
)

func prefixes(texts ...string) []netip.Prefix {
	all := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		all[i] = netip.MustParsePrefix(text)
	}
	return all
}

// mayFetchFrom reports whether a key set may be fetched from an address. private are the
// networks that an operator can allow.
func mayFetchFrom(ip netip.Addr, private bool) bool {
	if ip = ip.Unmap(); nat64.Contains(ip) {
		b := ip.As16()
		ip = netip.AddrFrom4([4]byte(b[12:]))
	}
	within := func(p netip.Prefix) bool { return p.Contains(ip.WithZone("")) }
	switch {
	case slices.ContainsFunc(metadata, within):
		return false
	case ip.IsLoopback(), ip.IsPrivate(), within(shared):
		return private
	case !ip.IsGlobalUnicast(), slices.ContainsFunc(reserved, within): // link-local, multicast, unspecified
		return false
	}
	return ip.Is4() || within(publicV6)
}
