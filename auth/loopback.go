package auth

import "net/netip"

// Loopback reports whether a host of an address is this machine: a name or an IP address
// without a port. Only there does anything go without TLS.
func Loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}
