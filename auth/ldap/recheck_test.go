package ldap_test

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	goldap "github.com/go-ldap/ldap/v3"

	"github.com/patchworkcare/patchwork/auth"
)

// change is the directory's administrator.
func (d *directory) change(t testing.TB, do func(c *goldap.Conn) error) {
	t.Helper()
	c, err := goldap.DialURL("ldap://" + d.plain)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := errors.Join(c.Bind("cn=root,"+suffix, "root"), do(c)); err != nil {
		t.Fatal(err)
	}
}

// add makes somebody of a name that nobody had, and gives it.
func (d *directory) add(t testing.TB) (uid string) {
	t.Helper()
	uid = strings.ToLower(rand.Text())
	d.change(t, func(c *goldap.Conn) error {
		a := goldap.NewAddRequest("uid="+uid+","+staff, nil)
		for name, value := range map[string]string{"objectClass": "inetOrgPerson", "uid": uid, "cn": uid, "sn": uid, "userPassword": password} {
			a.Attribute(name, []string{value})
		}
		return c.Add(a)
	})
	return uid
}

func TestRecheck(t *testing.T) {
	t.Parallel()
	d := slapd(t)
	for name, c := range map[string]struct {
		change func(c *goldap.Conn, dn, rdn string) error
		gone   bool
	}{
		"nothing changed": {func(*goldap.Conn, string, string) error { return nil }, false},
		"disabled": {func(c *goldap.Conn, dn, _ string) error {
			m := goldap.NewModifyRequest(dn, nil)
			m.Add("employeeType", []string{"left"})
			return c.Modify(m)
		}, true},
		"removed": {func(c *goldap.Conn, dn, _ string) error { return c.Del(goldap.NewDelRequest(dn, nil)) }, true},
		"moved away": {func(c *goldap.Conn, dn, rdn string) error {
			return c.ModifyDN(goldap.NewModifyDNRequest(dn, rdn, true, "ou=elsewhere,"+suffix))
		}, true},
		"moved within": {func(c *goldap.Conn, dn, rdn string) error {
			return c.ModifyDN(goldap.NewModifyDNRequest(dn, rdn, true, "ou=wards,"+staff))
		}, false},
		"renamed": {func(c *goldap.Conn, dn, rdn string) error {
			return c.ModifyDN(goldap.NewModifyDNRequest(dn, rdn+"x", true, ""))
		}, false},
		"without the title that the filter wants": {func(c *goldap.Conn, dn, _ string) error {
			m := goldap.NewModifyRequest(dn, nil)
			m.Add("title", []string{"Visitor"})
			return c.Modify(m)
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := d.config()
			config.Disabled, config.UserFilter = "(employeeType=left)", "(&(objectClass=person)(!(title=Visitor))(uid={username}))"
			p := open(t, config, nil)
			uid := d.add(t)
			proof, err := p.Check(t.Context(), uid, password)
			if err != nil {
				t.Fatal(err)
			}
			if kept, err := p.Recheck(t.Context(), proof.Subject, []byte("kept")); err != nil || string(kept) != "kept" {
				t.Fatalf("before: %q %v", kept, err)
			}
			d.change(t, func(conn *goldap.Conn) error { return c.change(conn, "uid="+uid+","+staff, "uid="+uid) })
			if _, err := p.Recheck(t.Context(), proof.Subject, nil); errors.Is(err, auth.ErrGone) != c.gone || !c.gone && err != nil {
				t.Errorf("after: %v", err)
			}
		})
	}
	p := open(t, d.config(), nil)
	for _, subject := range []string{"", "*", "a)(uid=*", "\x00", "00000000-0000-0000-0000-000000000000", strings.Repeat("x", 300)} {
		if _, err := p.Recheck(t.Context(), subject, nil); !errors.Is(err, auth.ErrGone) {
			t.Errorf("%.20q: %v", subject, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Recheck(ctx, "any", nil); err == nil || errors.Is(err, auth.ErrGone) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestGUID: Active Directory's subject there and back: MS-DTYP §2.3.4.
func TestGUID(t *testing.T) {
	t.Parallel()
	const (
		raw = "\x33\x22\x11\x00\x55\x44\x77\x66\x88\x99\xaa\xbb\xcc\xdd\xee\xff"
		id  = "00112233-4455-6677-8899-aabbccddeeff"
	)
	f := serve(t, func(m message) []byte {
		if m.op == searchRequest {
			return append(m.entry("CN=Ada", "sAMAccountName", "Ada", "objectGUID", raw), m.result(searchDone, 0, "")...)
		}
		return friendly(m)
	})
	c := f.config()
	c.SubjectAttribute, c.UserFilter = "objectGUID", "(&(objectClass=user)(sAMAccountName={username}))"
	c.Groups.BaseDN, c.Groups.Nested = "ou=groups,"+suffix, true
	p := open(t, c, nil)
	proof, err := p.Check(t.Context(), "ada", password)
	if err != nil || proof.Subject != id {
		t.Fatalf("%+v %v", proof, err)
	}
	if sent := f.String(); !strings.Contains(sent, "1.2.840.113556.1.4.1941") || !strings.Contains(sent, "CN=Ada") {
		t.Errorf("not nested: %q", sent)
	}
	if _, err := p.Recheck(t.Context(), id, nil); err != nil {
		t.Fatal(err)
	}
	if sent := f.String(); strings.Count(sent, raw) != 1 {
		t.Errorf("%d times", strings.Count(sent, raw))
	}
	for _, other := range []string{strings.ToUpper(id), strings.ReplaceAll(id, "-", ""), "x" + id[1:], id + "00", ""} {
		if _, err := p.Recheck(t.Context(), other, nil); !errors.Is(err, auth.ErrGone) {
			t.Errorf("%s: %v", other, err)
		}
	}
}

// TestConnectionsAreKeptAndBounded: of the service account, and a dead one harms nobody.
func TestConnectionsAreKeptAndBounded(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	service, users, most, now := 0, 0, 0, 0
	var kept []message
	f := serve(t, func(m message) []byte {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case m.op == bindRequest && m.isService():
			service++
			kept = append(kept, m)
		case m.op == bindRequest:
			users++
		case m.op == searchRequest:
			now++
			most = max(most, now)
			now--
		}
		return friendly(m)
	})
	c := f.config()
	c.PoolSize, c.Timeout = 3, 10*time.Second
	p := open(t, c, nil)
	burst := func() {
		var group sync.WaitGroup
		for range 24 {
			group.Go(func() {
				if _, err := p.Check(t.Context(), "ada", password); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	}
	burst()
	if service > 3 || users != 24 {
		t.Errorf("%d connections of the service account, %d binds of people", service, users)
	}
	mu.Lock()
	for _, m := range kept {
		_ = m.conn.Close()
	}
	mu.Unlock()
	burst()
	if service > 6 {
		t.Errorf("%d connections", service)
	}
	_ = p.Close()
	burst() // closed: nothing is kept
}
