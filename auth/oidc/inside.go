package oidc

import (
	"errors"
	"net/netip"
	"syscall"
)

// errInside: an address of this network's inside was about to be dialled.
var errInside = errors.New("oidc: an address inside this network")

// notOutside are networks that are no part of the public internet, besides those that netip
// knows (RFC 6890), and those that lead to IPv4 addresses by another name.
var notOutside = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"), // carriers' own, RFC 6598
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("64:ff9b::/96"), // NAT64
	netip.MustParsePrefix("64:ff9b:1::/48"),
	netip.MustParsePrefix("100::/64"),
	netip.MustParsePrefix("2001::/23"), // Teredo among them
	netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("2002::/16"), // 6to4
	netip.MustParsePrefix("fec0::/10"),
}

// outsideOnly judges an address when it is dialled: after names were resolved, so that no
// name can lead inside.
func outsideOnly(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil || !Outside(to.Addr()) {
		return errInside
	}
	return nil
}

// Outside reports whether an address is one of the public internet.
func Outside(ip netip.Addr) bool {
	ip = ip.Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.Zone() != "" {
		return false
	}
	for _, network := range notOutside {
		if network.Contains(ip) {
			return false
		}
	}
	return true
}
