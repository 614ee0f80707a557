package ldap_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth/ldap"
)

// lines is a log that can be read.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (l *lines) logger() *slog.Logger { return slog.New(slog.NewTextHandler(l, nil)) }

// Operations and answers, RFC 4511 §4.2 and after: the tags of BER.
const (
	bindRequest, bindResponse     = 0x60, 0x61
	searchRequest, searchDone     = 0x63, 0x65
	searchEntry, searchReference  = 0x64, 0x73
	extendedRequest, extendedDone = 0x77, 0x78
)

// fake is a directory that says what a test wants. It records what it is sent.
type fake struct {
	lines
	address string
}

// message is one request.
type message struct {
	op   byte
	id   []byte // as BER
	body []byte
	conn net.Conn
}

// serve answers every request by what answer gives; nil hangs up.
func serve(t testing.TB, answer func(m message) []byte) *fake {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &fake{address: l.Addr().String()}
	var group sync.WaitGroup
	var mu sync.Mutex
	var open []net.Conn
	group.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			open = append(open, conn)
			mu.Unlock()
			group.Go(func() { f.talk(conn, answer) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		mu.Lock()
		for _, c := range open {
			_ = c.Close()
		}
		mu.Unlock()
		group.Wait()
	})
	return f
}

func (f *fake) talk(conn net.Conn, answer func(m message) []byte) {
	defer conn.Close()
	r := bufio.NewReader(io.TeeReader(conn, f))
	for {
		body, err := readTLV(r)
		if err != nil || len(body) < 3 || body[0] != 2 {
			return
		}
		end := 2 + int(body[1])
		out := answer(message{op: body[end], id: body[:end], body: body[end:], conn: conn})
		if out == nil {
			return
		}
		if _, err := conn.Write(out); err != nil {
			return
		}
	}
}

func readTLV(r *bufio.Reader) ([]byte, error) {
	if _, err := r.ReadByte(); err != nil {
		return nil, err
	}
	first, err := r.ReadByte()
	if err != nil {
		return nil, err
	}
	n := int(first)
	if first >= 0x80 {
		n = 0
		for range first & 0x7f {
			b, err := r.ReadByte()
			if err != nil {
				return nil, err
			}
			n = n<<8 | int(b)
		}
	}
	if n > 4<<20 {
		return nil, fmt.Errorf("a request of %d bytes", n)
	}
	body := make([]byte, n)
	_, err = io.ReadFull(r, body)
	return body, err
}

// tlv is one BER element.
func tlv(tag byte, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	n := len(body)
	head := []byte{tag, byte(n)}
	if n >= 0x80 {
		head = []byte{tag, 0x84, byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}
	}
	return append(head, body...)
}

func text(s string) []byte { return tlv(4, []byte(s)) }

// result is an LDAPResult, RFC 4511 §4.1.9.
func (m message) result(op, code byte, diagnostic string, more ...[]byte) []byte {
	return tlv(0x30, m.id, tlv(op, append([][]byte{{10, 1, code}, text(""), text(diagnostic)}, more...)...))
}

// entry is a search result with one value for each attribute.
func (m message) entry(dn string, attributes ...string) []byte {
	var all [][]byte
	for i := 0; i < len(attributes); i += 2 {
		all = append(all, tlv(0x30, text(attributes[i]), tlv(0x31, text(attributes[i+1]))))
	}
	return tlv(0x30, m.id, tlv(searchEntry, text(dn), tlv(0x30, all...)))
}

// referralTo is the field of an LDAPResult, RFC 4511 §4.1.10.
func referralTo(url string) []byte { return tlv(0xa3, text(url)) }

// isService: the bind is the service account's.
func (m message) isService() bool { return bytes.Contains(m.body, []byte(service)) }

// friendly is a directory where everybody is ada and every password is right.
func friendly(m message) []byte {
	switch m.op {
	case bindRequest:
		return m.result(bindResponse, 0, "")
	case searchRequest:
		return append(m.entry("uid=ada,"+staff, "uid", "ada", "entryUUID", "id-1", "cn", "Ada"), m.result(searchDone, 0, "")...)
	}
	return nil
}

// config is a stanza for the fake, in the clear.
func (f *fake) config() ldap.Config {
	return ldap.Config{
		URL: "ldap://" + f.address, InsecureLoopback: true, BindDN: service, BindPassword: servicePwd,
		BaseDN: staff, Timeout: 3 * time.Second,
	}
}
