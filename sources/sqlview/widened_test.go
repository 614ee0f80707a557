package sqlview

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	mssql "github.com/microsoft/go-mssqldb"
	"github.com/microsoft/go-mssqldb/msdsn"
	"github.com/sijms/go-ora/v2/network"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// There is no SQL Server and no Oracle here: what can be tried without one is tried against
// listeners that speak the first words of their protocols.

// theirs is a listener that answers each connection in its own way, and keeps what was
// said to it.
type theirs struct {
	net.Listener
	mu   sync.Mutex
	said []byte
}

func listen(t *testing.T, answer func(net.Conn)) *theirs {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	x := &theirs{Listener: l}
	var conns sync.WaitGroup
	ended := make(chan struct{})
	conns.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			conns.Go(func() {
				defer func() { _ = c.Close() }()
				stop := context.AfterFunc(t.Context(), func() { _ = c.Close() })
				defer stop()
				answer(heard{c, x})
				<-ended
			})
		}
	})
	t.Cleanup(func() { close(ended); _ = l.Close(); conns.Wait() })
	return x
}

// heard keeps what is read.
type heard struct {
	net.Conn
	by *theirs
}

// Read implements io.Reader.
func (h heard) Read(p []byte) (int, error) {
	n, err := h.Conn.Read(p)
	h.by.mu.Lock()
	h.by.said = append(h.by.said, p[:n]...)
	h.by.mu.Unlock()
	return n, err
}

func (x *theirs) heardOf(text string) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	wide := ""
	for _, c := range text {
		wide += string(c) + "\x00"
	}
	return strings.Contains(string(x.said), text) || strings.Contains(string(x.said), wide)
}

// dsnOf is where a listener is, for each driver.
func dsnOf(driver, address string) string {
	if driver == "oracle" {
		return "oracle://reader:topsecret@" + address + "/PAS"
	}
	return "sqlserver://reader:topsecret@" + address + "?database=pas"
}

func hangs(c net.Conn) { _, _ = io.Copy(io.Discard, c) }

func says(text string) func(net.Conn) {
	return func(c net.Conn) {
		_, _ = c.Read(make([]byte, 4096))
		_, _ = c.Write([]byte(text))
		_ = c.Close()
	}
}

// tds is a packet of SQL Server's.
func tds(kind byte, body []byte) string {
	head := []byte{kind, 1, 0, 0, 0, 0, 1, 0}
	binary.BigEndian.PutUint16(head[2:], uint16(len(body)+8))
	return string(head) + string(body)
}

// prelogin answers with a way to encrypt: 2 is "not supported".
func prelogin(encryption byte) string {
	return tds(4, append([]byte{0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff}, 16, 0, 0, 0, 0, 0, encryption))
}

// refuse is a TNS refuse packet.
func refuse(code int) string {
	data := fmt.Sprintf("(DESCRIPTION=(ERR=%d)(VSNNUM=0)(ERROR_STACK=(ERROR=(CODE=%d)(EMFI=4))))", code, code)
	p := []byte{0, 0, 0, 0, 4, 0, 0, 0, 34, 0, 0, 0}
	binary.BigEndian.PutUint16(p, uint16(len(p)+len(data)))
	binary.BigEndian.PutUint16(p[10:], uint16(len(data)))
	return string(p) + data
}

const widened = `
sections:
  allergies:
    query: SELECT pas_id AS subject, id FROM allergies WHERE pas_id IN (:ids)
`

func TestDatabasesThatDoNotAnswer(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	for _, c := range []struct {
		driver, name string
		answer       func(net.Conn)
		want         string
	}{
		{"sqlserver", "nobody listens", nil, "unavailable connection-refused"},
		{"oracle", "nobody listens", nil, "unavailable connection-refused"},
		{"sqlserver", "it hangs up", func(c net.Conn) { _ = c.Close() }, "unavailable"},
		{"oracle", "it hangs up", func(c net.Conn) { _ = c.Close() }, "unavailable"},
		{"sqlserver", "a web page", says("HTTP/1.1 400 Bad Request\r\n\r\n<html>"), ""},
		{"oracle", "a web page", says("HTTP/1.1 400 Bad Request\r\n\r\n<html>"), ""},
		{"sqlserver", "it does not encrypt", says(prelogin(2)), ""},
		{"oracle", "it has no such service", says(refuse(12514)), "refused ora-12514"},
		{"oracle", "it has too many", says(refuse(12516)), "refused too-many-connections"},
		{"oracle", "it is starting", says(refuse(12528)), "unavailable shutting-down"},
		{"sqlserver", "it says nothing", hangs, "timeout timeout"},
		{"oracle", "it says nothing", hangs, "timeout timeout"},
	} {
		t.Run(c.driver+": "+c.name, func(t *testing.T) {
			address := closed.Addr().String()
			var x *theirs
			if c.answer != nil {
				x = listen(t, c.answer)
				address = x.Addr().String()
			}
			s := open(t, stanza(t, "driver: "+c.driver+"\ndsn: "+quote(dsnOf(c.driver, address))+widened))
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			if c.want == "timeout timeout" {
				ctx, cancel = context.WithTimeout(t.Context(), 300*time.Millisecond)
				defer cancel()
			}
			began := time.Now()
			var got sources.Result
			s.Fetch(ctx, []sources.Key{{Section: record.Allergies, LocalID: "9990000018"}}, func(_ sources.Key, r sources.Result) { got = r })
			took := time.Since(began)
			e := sources.AsError(got.Err)
			if e == nil {
				t.Fatal("no error")
			}
			say := e.Kind.String() + " " + e.Code
			if !strings.HasPrefix(say, c.want) || took > 1900*time.Millisecond {
				t.Errorf("%s after %v, want %s", say, took, c.want)
			}
			for _, secret := range []string{"topsecret", "9990000018", "reader", address} {
				if strings.Contains(e.Error(), secret) {
					t.Errorf("%v", e)
				}
				if x != nil && secret != "reader" && x.heardOf(secret) && secret != address {
					t.Errorf("%q was sent to somebody who had not been made sure of", secret)
				}
			}
		})
	}
}

// A dsn that says nothing of encryption is encrypted, with a certificate that is checked.
func TestSQLServerIsEncryptedUnlessSaidOtherwise(t *testing.T) {
	for dsn, want := range map[string]string{
		"sqlserver://u:p@pas.example.nhs.uk?database=pas":                                          "required checked",
		"sqlserver://u:p@pas.example.nhs.uk?database=pas&encrypt=true":                             "required checked",
		"sqlserver://u:p@pas.example.nhs.uk?database=pas&encrypt=true&TrustServerCertificate=true": "required unchecked",
		"sqlserver://u:p@pas.example.nhs.uk?database=pas&encrypt=strict":                           "strict checked",
		"sqlserver://u:p@pas.example.nhs.uk?database=pas&encrypt=disable":                          "none",
		"server=pas.example.nhs.uk;user id=u;password=p;database=pas":                              "required checked",
		"sqlserver://u:p@pas.example.nhs.uk?log=255&change password=x":                             "required checked",
	} {
		c, err := sqlServerConfig(dsn)
		if err != nil {
			t.Errorf("%s: %v", dsn, err)
			continue
		}
		got := map[msdsn.Encryption]string{msdsn.EncryptionRequired: "required", msdsn.EncryptionStrict: "strict", msdsn.EncryptionDisabled: "none"}[c.Encryption]
		if c.TLSConfig != nil {
			got += map[bool]string{true: " unchecked", false: " checked"}[c.TLSConfig.InsecureSkipVerify]
		}
		if got != want || c.LogFlags != 0 || !c.ReadOnlyIntent || c.ChangePassword != "" {
			t.Errorf("%s: %q, want %q", dsn, got, want)
		}
	}
}

func TestDSNsThatAreRefused(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct{ driver, dsn string }{
		{"sqlserver", "sqlserver://u:topsecret@host?encrypt=perhaps"},
		{"sqlserver", "sqlserver://u:topsecret@host:port"},
		{"sqlserver", "%"},
		{"oracle", "oracle://u:topsecret@"},
		{"oracle", "postgres://u:topsecret@host:1521/x"},
		{"oracle", "oracle://u:topsecret@host:1521/x?TRACE FILE=" + dir + "/trace.log"},
		{"oracle", "oracle://u:topsecret@host:1521/x?trace+dir=" + dir},
		{"oracle", "%"},
	} {
		s := stanza(t, "driver: "+c.driver+"\ndsn: "+quote(c.dsn)+widened)
		made, err := s.Open(t.Context(), sources.Env{ID: "pas", Now: time.Now, Zone: time.UTC, Call: direct})
		if err == nil {
			_ = made.Close()
			t.Errorf("%s: %s is taken", c.driver, c.dsn)
		} else if strings.Contains(err.Error(), "topsecret") {
			t.Error(err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
		t.Error("a trace was written")
	}
	_ = os.Remove(filepath.Join(dir, "trace.log"))
}

// What their errors mean, by number alone.
func TestFaultsByNumber(t *testing.T) {
	kinds := func(e *sources.Error) string { return e.Kind.String() + " " + e.Code }
	for n, want := range map[int32]string{
		18456: "refused mssql-18456", 229: "refused mssql-229", 4060: "refused mssql-4060", 10928: "refused too-many-connections", 1222: "timeout query-cancelled",
		40613: "unavailable shutting-down", 208: "malformed bad-query", 102: "malformed bad-query", 245: "malformed bad-data", 50000: "unavailable mssql-50000",
	} {
		e := sqlServerFault(fmt.Errorf("wrapped: %w", mssql.Error{Number: n, Message: "9990000018"}))
		if e == nil || kinds(e) != want || strings.Contains(e.Error(), "999") {
			t.Errorf("%d: %v, want %s", n, e, want)
		}
	}
	for n, want := range map[int]string{
		1017: "refused ora-01017", 1031: "refused ora-01031", 12514: "refused ora-12514", 20: "refused too-many-connections", 1013: "timeout query-cancelled",
		1034: "unavailable shutting-down", 3113: "unavailable connection-lost", 942: "malformed bad-query", 904: "malformed bad-query", 1456: "malformed bad-query",
		1722: "malformed bad-data", 600: "unavailable ora-00600",
	} {
		e := oracleFault(fmt.Errorf("wrapped: %w", &network.OracleError{ErrCode: n, ErrMsg: "9990000018"}))
		if e == nil || kinds(e) != want || strings.Contains(e.Error(), "999") {
			t.Errorf("%d: %v, want %s", n, e, want)
		}
	}
	if sqlServerFault(errors.New("x")) != nil || oracleFault(errors.New("x")) != nil {
		t.Error("another's error is theirs")
	}
}

// Values are written as these databases mean them.
func TestCellsOfSQLServerAndOracle(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	summer := time.Date(2026, 7, 1, 9, 30, 0, 0, time.UTC)
	for _, c := range []struct {
		value      any
		kind, want string
	}{
		{[]byte{0xff, 0x19, 0x96, 0x6f, 0x86, 0x8b, 0xd0, 0x11, 0xb4, 0x2d, 0x00, 0xc0, 0x4f, 0xc9, 0x64, 0xff}, "UNIQUEIDENTIFIER", "6F9619FF-8B86-11D0-B42D-00C04FC964FF"},
		{[]byte("7.10"), "DECIMAL", "7.10"},
		{summer, "DATETIMEOFFSET", "2026-07-01T10:30:00+01:00"},
		{summer, "DATETIME2", "2026-07-01T09:30:00"},
		{summer, "TimeStampTZ_DTY", "2026-07-01T10:30:00+01:00"},
		{summer, "TimeStampDTY", "2026-07-01T09:30:00"},
		{summer, "DATE", "2026-07-01T09:30:00"},
		{time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC), "DATE", "2026-07-01"},
		{time.Date(1, 1, 1, 9, 30, 0, 0, time.UTC), "TIME", "09:30:00"},
		{float64(float32(7.1)), "REAL", "7.1"},
		{"12345678901234567890.10", "NUMBER", "12345678901234567890.10"},
	} {
		if got := cell(c.value, c.kind, london); got != c.want {
			t.Errorf("%s: %q, want %q", c.kind, got, c.want)
		}
	}
	if _, ok := sqlServerValue("MH001").(mssql.VarChar); !ok {
		t.Error("a plain id is sent in a type that costs a scan")
	}
	if v, ok := sqlServerValue("É").(string); !ok || v != "É" {
		t.Error("an accent is lost")
	}
}
