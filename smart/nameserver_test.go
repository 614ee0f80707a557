package smart_test

import (
	"context"
	"encoding/binary"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"
)

// nameServer is a DNS server on loopback (RFC 1035 §4) and a resolver that asks nobody else.
// Of each name it has one list of IPv4 addresses after the other, and then again the first.
func nameServer(t *testing.T, names map[string][][]string) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		asked := map[string]int{}
		buf := make([]byte, 512)
		for {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			_, _ = conn.WriteTo(dnsAnswer(buf[:n], names, asked), from)
		}
	})
	t.Cleanup(func() { _ = conn.Close(); wg.Wait() })
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

// dnsAnswer answers the one question of a query; a name that is not known is NXDOMAIN.
func dnsAnswer(query []byte, names map[string][][]string, asked map[string]int) []byte {
	var name strings.Builder
	end := 12
	for query[end] != 0 {
		name.Write(query[end+1 : end+1+int(query[end])])
		name.WriteByte('.')
		end += 1 + int(query[end])
	}
	kind := binary.BigEndian.Uint16(query[end+1:])
	end += 5
	lists, known := names[strings.ToLower(name.String())]
	var addresses []string
	if known && kind == 1 {
		addresses = lists[asked[name.String()]%len(lists)]
		asked[name.String()]++
	}
	out := append([]byte{}, query[:2]...)
	code := byte(0)
	if !known {
		code = 3
	}
	out = append(out, 0x81, 0x80|code, 0, 1, 0, byte(len(addresses)), 0, 0, 0, 0)
	out = append(out, query[12:end]...)
	for _, a := range addresses {
		ip := netip.MustParseAddr(a).As4()
		out = append(out, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4)
		out = append(out, ip[:]...)
	}
	return out
}
