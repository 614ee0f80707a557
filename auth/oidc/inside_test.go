package oidc_test

import (
	"net/netip"
	"testing"

	"github.com/patchworkcare/patchwork/auth/oidc"
)

func TestInsideAndOutside(t *testing.T) {
	t.Parallel()
	for outside, all := range map[bool][]string{
		true: {"8.8.8.8", "51.140.1.1", "2a00:1450:4009:80b::200e", "::ffff:8.8.8.8"},
		false: {
			"127.0.0.1", "127.8.8.8", "::1", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "0.1.2.3", "::", "224.0.0.1", "255.255.255.255", "240.0.0.1",
			"192.0.0.192", "198.18.0.1", "203.0.113.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "fe80::1", "fe80::1%eth0", "fd00::1", "fc00::1", "ff02::1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::1", "2001::1", "2001:db8::1", "fec0::1",
			"2a00:1450:4009:80b::200e%eth0",
		},
	} {
		for _, s := range all {
			if oidc.Outside(netip.MustParseAddr(s)) != outside {
				t.Errorf("%s: outside is not %v", s, outside)
			}
		}
	}
	if oidc.Outside(netip.Addr{}) {
		t.Error("no address is outside")
	}
}
