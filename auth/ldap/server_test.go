package ldap_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/ldap"
)

// TestEncryption: no password leaves before the directory has shown who it is.
func TestEncryption(t *testing.T) {
	t.Parallel()
	d := slapd(t)
	expired, dir := newCA(), t.TempDir()
	expired.write(filepath.Join(dir, "ca.pem"))
	expired.issue(dir, "server", time.Now().Add(-time.Hour), "localhost")
	late := serveTLS(t, filepath.Join(dir, "server.pem"), filepath.Join(dir, "server.key"))
	for name, c := range map[string]struct {
		change func(c *ldap.Config)
		cause  string // "" for none
	}{
		"TLS":               {func(*ldap.Config) {}, ""},
		"StartTLS":          {func(c *ldap.Config) { c.URL, c.StartTLS = "ldap://"+d.plain, true }, ""},
		"wrong CA":          {func(c *ldap.Config) { c.CAFile = d.otherCA }, "unknown authority"},
		"wrong CA, later":   {func(c *ldap.Config) { c.URL, c.StartTLS, c.CAFile = "ldap://"+d.plain, true, d.otherCA }, "unknown authority"},
		"no CA":             {func(c *ldap.Config) { c.CAFile = "" }, "unknown authority"},
		"wrong name":        {func(c *ldap.Config) { c.ServerName = "dc1.riverside.example" }, "another name"},
		"wrong name, later": {func(c *ldap.Config) { c.URL, c.StartTLS, c.ServerName = "ldap://"+d.plain, true, "x.example" }, "another name"},
		"an address":        {func(c *ldap.Config) { c.ServerName = "" }, "another name"},
		"expired":           {func(c *ldap.Config) { c.URL, c.CAFile = "ldaps://"+late, filepath.Join(dir, "ca.pem") }, "expired"},
		"TLS to plain":      {func(c *ldap.Config) { c.URL = "ldaps://" + d.plain }, "cannot be spoken to encrypted"},
		"StartTLS to TLS":   {func(c *ldap.Config) { c.URL, c.StartTLS = "ldap://"+d.tls, true }, "cannot be spoken to encrypted"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := d.config()
			c.change(&config)
			_, err := open(t, config, nil).Check(t.Context(), "ada", password)
			code, cause := refusal(err)
			if c.cause == "" && err != nil || c.cause != "" && (code != auth.RefusedUnavailable || !strings.Contains(cause, c.cause)) {
				t.Error(err)
			}
		})
	}
}

// serveTLS only shakes hands.
func serveTLS(t testing.TB, cert, key string) string {
	t.Helper()
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		t.Fatal(err)
	}
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_ = conn.(*tls.Conn).HandshakeContext(context.Background())
			_ = conn.Close()
		}
	}()
	t.Cleanup(func() { _ = l.Close(); <-done })
	return l.Addr().String()
}

// TestWithoutStartTLSNothingIsSent: only the request for it.
func TestWithoutStartTLSNothingIsSent(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]func(m message) []byte{
		"protocolError":      func(m message) []byte { return m.result(extendedDone, 2, "unsupported extended operation") },
		"unavailable":        func(m message) []byte { return m.result(extendedDone, 52, "") },
		"referral":           func(m message) []byte { return m.result(extendedDone, 10, "", referralTo("ldap://elsewhere.example")) },
		"success and no TLS": func(m message) []byte { return m.result(extendedDone, 0, "") },
		"success and more in the clear": func(m message) []byte {
			return append(m.result(extendedDone, 0, ""), m.result(bindResponse, 0, "")...)
		},
		"hangs up": func(message) []byte { return nil },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := serve(t, func(m message) []byte {
				if m.op != extendedRequest {
					return nil
				}
				return answer(m)
			})
			c := f.config()
			c.StartTLS, c.InsecureLoopback = true, false
			if code, _ := refusal2(open(t, c, nil).Check(t.Context(), "ada", password)); code != auth.RefusedUnavailable {
				t.Error(code)
			}
			sent := []byte(f.String())
			if len(sent) == 0 || bytes.Contains(sent, []byte(servicePwd)) || bytes.Contains(sent, []byte(service)) || bytes.Contains(sent, []byte(password)) {
				t.Errorf("sent: %q", sent)
			}
		})
	}
}

func TestServiceAccountRefused(t *testing.T) {
	t.Parallel()
	d := slapd(t)
	c := d.config()
	c.BindPassword = "wrong"
	p := open(t, c, nil)
	for _, username := range []string{"ada", "nobody"} {
		code, cause := refusal2(p.Check(t.Context(), username, password))
		if code != auth.RefusedUnavailable || !strings.Contains(cause, "service account") {
			t.Errorf("%s: %s %s", username, code, cause)
		}
	}
	if _, err := p.Recheck(t.Context(), "any", nil); err == nil || errors.Is(err, auth.ErrGone) {
		t.Errorf("recheck: %v", err)
	}
	c = d.config()
	c.BaseDN = "ou=nowhere," + suffix
	if code, cause := refusal2(open(t, c, nil).Check(t.Context(), "ada", password)); code != auth.RefusedInvalid || !strings.Contains(cause, "no such base") {
		t.Errorf("base: %s %s", code, cause)
	}
	c = d.config()
	c.URL = "ldaps://" + freeAddress()
	if code, cause := refusal2(open(t, c, nil).Check(t.Context(), "ada", password)); code != auth.RefusedUnavailable || !strings.Contains(cause, "cannot be reached") {
		t.Errorf("nothing there: %s %s", code, cause)
	}
}

// TestHostileDirectories: a directory that misbehaves, or somebody between, signs nobody
// in, holds nobody up and fills no memory.
func TestHostileDirectories(t *testing.T) {
	t.Parallel()
	ada := func(m message) []byte { return m.entry("uid=ada,"+staff, "uid", "ada", "entryUUID", "id-1") }
	onSearch := func(answer func(m message) []byte) func(m message) []byte {
		return func(m message) []byte {
			if m.op == searchRequest {
				return answer(m)
			}
			return friendly(m)
		}
	}
	onUserBind := func(answer func(m message) []byte) func(m message) []byte {
		return func(m message) []byte {
			if m.op == bindRequest && !m.isService() {
				return answer(m)
			}
			return friendly(m)
		}
	}
	coded := func(code byte, text string) func(m message) []byte {
		return onUserBind(func(m message) []byte { return m.result(bindResponse, code, text) })
	}
	for name, c := range map[string]struct {
		answer func(m message) []byte
		want   auth.RefusalCode // "" for ErrRefused, "in" for nobody refused
	}{
		"friendly":                {friendly, "in"},
		"hangs":                   {onSearch(hang), auth.RefusedUnavailable},
		"hangs at the bind":       {onUserBind(hang), auth.RefusedUnavailable},
		"hangs up":                {onSearch(func(message) []byte { return nil }), auth.RefusedUnavailable},
		"hangs up mid-way":        {onSearch(func(m message) []byte { writeAndClose(m, ada(m)[:20]); return nil }), auth.RefusedUnavailable},
		"an entry and no end":     {onSearch(ada), auth.RefusedUnavailable},
		"garbage":                 {onSearch(func(message) []byte { return []byte("HTTP/1.1 400 Bad Request\r\n\r\n") }), auth.RefusedUnavailable},
		"a length of 2 GiB":       {onSearch(func(message) []byte { return []byte{0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 4} }), auth.RefusedUnavailable},
		"a length beyond":         {onSearch(func(message) []byte { return append([]byte{0x30, 0x88}, bytes.Repeat([]byte{0xff}, 64)...) }), auth.RefusedUnavailable},
		"nested without end":      {onSearch(func(message) []byte { return bytes.Repeat([]byte{0x30, 0x80}, 1<<18) }), auth.RefusedUnavailable},
		"another's message id":    {onSearch(func(m message) []byte { m.id = []byte{2, 1, 99}; return m.result(searchDone, 0, "") }), auth.RefusedUnavailable},
		"an id that is no number": {onSearch(func(message) []byte { return tlv(0x30, text("x"), text("y")) }), auth.RefusedUnavailable},
		"an answer to a bind":     {onSearch(func(m message) []byte { return m.result(bindResponse, 0, "") }), auth.RefusedUnavailable},
		"an entry without parts":  {onSearch(func(m message) []byte { return tlv(0x30, m.id, tlv(searchEntry)) }), auth.RefusedUnavailable},
		"endless entries":         {onSearch(endless(ada)), auth.RefusedInvalid},
		"endless attributes":      {onSearch(endless(func(m message) []byte { return m.entry("uid=x", "cn", strings.Repeat("x", 1<<16)) })), auth.RefusedInvalid},
		"endless referrals":       {onSearch(endless(func(m message) []byte { return tlv(0x30, m.id, tlv(searchReference, text("ldap://x.example"))) })), auth.RefusedUnavailable},
		"an attribute of 10 MB": {onSearch(func(m message) []byte {
			return append(m.entry("uid=ada,"+staff, "uid", "ada", "entryUUID", strings.Repeat("x", 10<<20)), m.result(searchDone, 0, "")...)
		}), auth.RefusedUnavailable},
		"more than asked for": {onSearch(func(m message) []byte { return append(ada(m), m.result(searchDone, 4, "")...) }), auth.RefusedInvalid},
		"a referral only":     {onSearch(func(m message) []byte { return m.result(searchDone, 10, "", referralTo("ldap://x.example")) }), auth.RefusedInvalid},
		"busy":                {onSearch(func(m message) []byte { return m.result(searchDone, 51, "") }), auth.RefusedUnavailable},
		"no rights":           {onSearch(func(m message) []byte { return m.result(searchDone, 50, "") }), auth.RefusedInvalid},
		"somebody else": {onSearch(func(m message) []byte {
			return append(m.entry("uid=eve,"+staff, "uid", "eve", "entryUUID", "id-2"), m.result(searchDone, 0, "")...)
		}), ""},
		"somebody without the name": {onSearch(func(m message) []byte {
			return append(m.entry("uid=ada,"+staff, "entryUUID", "id-1"), m.result(searchDone, 0, "")...)
		}), auth.RefusedInvalid},
		"somebody without a DN": {onSearch(func(m message) []byte {
			return append(m.entry("", "uid", "ada", "entryUUID", "id-1"), m.result(searchDone, 0, "")...)
		}), auth.RefusedInvalid},
		"without entryUUID": {onSearch(func(m message) []byte {
			return append(m.entry("uid=ada,"+staff, "uid", "ada"), m.result(searchDone, 0, "")...)
		}), auth.RefusedInvalid},
		"an id with a newline": {onSearch(func(m message) []byte {
			return append(m.entry("uid=ada,"+staff, "uid", "ada", "entryUUID", "a\nb"), m.result(searchDone, 0, "")...)
		}), auth.RefusedInvalid},
		"a bind that is a referral": {coded(10, ""), auth.RefusedInvalid},
		"a bind with no end":        {coded(14, ""), auth.RefusedUnavailable}, // saslBindInProgress
		"a result code out of range": {onUserBind(func(m message) []byte {
			return tlv(0x30, m.id, tlv(bindResponse, []byte{10, 3, 1, 0, 0}, text(""), text("")))
		}), auth.RefusedUnavailable},
		"a bind without a result": {onUserBind(func(m message) []byte { return tlv(0x30, m.id, tlv(bindResponse)) }), auth.RefusedUnavailable},
		"wrong password":          {coded(49, ""), ""},
		"locked there":            {coded(19, ""), ""},
		"inactivated there":       {coded(53, ""), ""},
		"disabled there (AD)":     {coded(49, activeDirectory("533")), ""},
		"no account (AD)":         {coded(49, activeDirectory("525")), ""},
		"expired (AD)":            {coded(49, activeDirectory("532")), ""},
		"must change (AD)":        {coded(49, activeDirectory("773")), ""},
		"wants encryption":        {coded(13, ""), auth.RefusedInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := serve(t, c.answer)
			began := time.Now()
			proof, err := open(t, f.config(), nil).Check(t.Context(), "ada", password)
			if took := time.Since(began); took > 15*time.Second {
				t.Errorf("took %s", took)
			}
			code, cause := refusal(err)
			switch {
			case c.want == "in" && err == nil:
			case c.want == "" && errors.Is(err, auth.ErrRefused) && err.Error() == auth.ErrRefused.Error():
			case c.want != "" && code == c.want && proof.Subject == "" && !strings.Contains(cause, "x.example") && !strings.Contains(cause, "ada"):
			default:
				t.Errorf("%+v %s %v", proof, code, err)
			}
		})
	}
}

func activeDirectory(code string) string {
	return "80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data " + code + ", v2580\x00"
}

func hang(m message) []byte {
	_, _ = m.conn.Read(make([]byte, 1)) // until the client hangs up
	return nil
}

func writeAndClose(m message, b []byte) {
	_, _ = m.conn.Write(b)
	_ = m.conn.Close()
}

func endless(one func(m message) []byte) func(m message) []byte {
	return func(m message) []byte {
		b := one(m)
		for {
			if _, err := m.conn.Write(b); err != nil {
				return nil
			}
		}
	}
}

// TestLongAnswersFillNoMemory: no more is read than somebody's entry can be.
func TestLongAnswersFillNoMemory(t *testing.T) {
	f := serve(t, func(m message) []byte {
		if m.op != searchRequest {
			return friendly(m)
		}
		_, _ = m.conn.Write([]byte{0x30, 0x84, 0x3f, 0xff, 0xff, 0xff})
		return endless(func(message) []byte { return bytes.Repeat([]byte{4, 0}, 1<<15) })(m)
	})
	p := open(t, f.config(), nil)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	code, _ := refusal2(p.Check(t.Context(), "ada", password))
	runtime.ReadMemStats(&after)
	if grown := (after.TotalAlloc - before.TotalAlloc) >> 20; code != auth.RefusedUnavailable || grown > 400 {
		t.Errorf("%s: %d MiB", code, grown)
	}
}

// TestAReferralWithSuccessIsNotFollowed: RFC 4511 §4.1.10 has it with code 10 only. The
// directory has said success; where else it points to is not asked.
func TestAReferralWithSuccessIsNotFollowed(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	called := make(chan struct{}, 1)
	go func() {
		defer close(called)
		if _, err := l.Accept(); err == nil {
			called <- struct{}{}
		}
	}()
	f := serve(t, func(m message) []byte {
		to := referralTo("ldap://" + l.Addr().String() + "/" + staff)
		switch m.op {
		case bindRequest:
			return m.result(bindResponse, 0, "", to)
		case searchRequest:
			reference := tlv(0x30, m.id, tlv(searchReference, text("ldap://"+l.Addr().String()+"/"+staff)))
			return append(reference, friendly(m)...)
		}
		return nil
	})
	if _, err := open(t, f.config(), nil).Check(t.Context(), "ada", password); err != nil {
		t.Error(err)
	}
	_ = l.Close()
	if _, was := <-called; was {
		t.Error("followed")
	}
}

// TestNoEmptyPasswordIsSent, nor any other that cannot be right: RFC 4513 §5.1.2.
func TestNoEmptyPasswordIsSent(t *testing.T) {
	t.Parallel()
	for name, typed := range map[string]string{"empty": "", "NUL": "\x00", "long": strings.Repeat("p", 1025), "not UTF-8": "\xff"} {
		var binds [][]byte
		f := serve(t, func(m message) []byte {
			if m.op == bindRequest && !m.isService() {
				binds = append(binds, slices.Clone(m.body))
			}
			return friendly(m) // every bind is right here
		})
		if _, err := open(t, f.config(), nil).Check(t.Context(), "ada", typed); !errors.Is(err, auth.ErrRefused) {
			t.Errorf("%s: %v", name, err)
		}
		if len(binds) != 1 || bytes.HasSuffix(binds[0], []byte{0x80, 0}) || bytes.Contains(binds[0], []byte("uid=ada")) ||
			typed != "" && bytes.Contains(binds[0], []byte(typed)) {
			t.Errorf("%s: %q", name, binds)
		}
	}
}

// TestWhatIsLogged: the directory's reason, for the operator, and nobody's name.
func TestWhatIsLogged(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{
		"52e": "wrong password", "530": "at this time", "532": "expired", "533": "disabled", "701": "account has expired",
		"773": "must be changed", "775": "locked", "ada": "wrong password",
	} {
		f := serve(t, func(m message) []byte {
			if m.op == bindRequest && !m.isService() {
				return m.result(bindResponse, 49, activeDirectory(code))
			}
			return friendly(m)
		})
		var log lines
		ctx := auth.WithCaller(t.Context(), auth.Caller{RequestID: "req-1"})
		if _, err := open(t, f.config(), log.logger()).Check(ctx, "ada", password); !errors.Is(err, auth.ErrRefused) {
			t.Error(err)
		}
		if text := log.String(); !strings.Contains(text, want) || !strings.Contains(text, "req-1") || strings.Contains(text, "uid=") || strings.Contains(text, password) {
			t.Errorf("%s: %s", code, text)
		}
	}
}

// TestUnknownAndWrongTakeAlike: whether there is an account cannot be timed. A busy
// machine may spoil a round of 30; a difference that is there spoils each.
func TestUnknownAndWrongTakeAlike(t *testing.T) {
	p := open(t, slapd(t).config(), nil)
	for range 6 {
		known, unknown := medians(t, p, "ada", "nobody")
		t.Logf("known %s, unknown %s", known, unknown)
		if 10*known <= 13*unknown && 10*unknown <= 13*known {
			return
		}
	}
	t.Error("they differ by more than 30 %")
}

// medians of 30 wrong passwords for each name, in turns.
func medians(t *testing.T, p auth.PasswordChecker, names ...string) (first, second time.Duration) {
	t.Helper()
	took := map[string][]time.Duration{}
	for range 30 {
		for _, username := range names {
			began := time.Now()
			if _, err := p.Check(t.Context(), username, "wrong"); !errors.Is(err, auth.ErrRefused) {
				t.Fatal(err)
			}
			took[username] = append(took[username], time.Since(began))
		}
	}
	slices.Sort(took[names[0]])
	slices.Sort(took[names[1]])
	return took[names[0]][15], took[names[1]][15]
}
