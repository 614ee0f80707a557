package ldap

import (
	"net"
	"strings"
	"testing"
	"time"

	"github.com/go-ldap/ldap/v3"
)

// FuzzName: whatever is typed as a name is data in the filter, one comparison like any other
// name's; and what the directory takes for another spelling of it is locked out as this one.
func FuzzName(f *testing.F) {
	for _, name := range []string{"amara", "*", ")(uid=*", `\2a`, "a\x00b", "ＡＭＡＲＡ", "a\u00adb", "a  b", "ß", "K", strings.Repeat("é", 200)} {
		f.Add(name)
	}
	users, err := parseUserFilter("(&(objectClass=person)(uid=x-{username}@y)(!(locked=TRUE)))")
	if err != nil {
		f.Fatal(err)
	}
	plain, err := ldap.CompileFilter(users.fill("plain"))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		name, ok := canonical(typed)
		if !ok {
			return
		}
		filter := users.fill(name)
		packet, err := ldap.CompileFilter(filter)
		if err != nil {
			t.Fatalf("%q: %v", filter, err)
		}
		if len(packet.Children) != len(plain.Children) || len(packet.Children[1].Children) != 2 || packet.Children[1].Children[1].Data.String() != "x-"+name+"@y" {
			t.Fatalf("%q is another filter", filter)
		}
		if again, ok := canonical(name); !ok || again != name {
			t.Fatalf("%q becomes %q", name, again)
		}
		if fold(typed) != fold(name) {
			t.Fatalf("%q and %q are counted apart", typed, name)
		}
		if _, err := ldap.CompileFilter((&Groups{}).fill("cn="+typed, name)); err != nil {
			t.Fatalf("%v", err)
		}
	})
}

// FuzzAnswer has a directory answer a search with any bytes.
func FuzzAnswer(f *testing.F) {
	f.Add([]byte("\x30\x0c\x02\x01\x01\x65\x07\x0a\x01\x00\x04\x00\x04\x00"))                                                                                                       // done
	f.Add([]byte("\x30\x1f\x02\x01\x01\x64\x1a\x04\x04cn=a\x30\x12\x30\x10\x04\x03uid\x31\x09\x04\x01a\x04\x01b\x04\x01c\x30\x0c\x02\x01\x01\x65\x07\x0a\x01\x00\x04\x00\x04\x00")) // an entry
	f.Add([]byte("\x30\x84\xff\xff\xff\xff"))
	f.Add([]byte("\x30\x80\x02\x01\x01"))
	f.Add([]byte(strings.Repeat("\x30\x7f", 400)))
	p := &provider{config: Config{SubjectAttribute: "objectGUID"}}
	f.Fuzz(func(t *testing.T, answer []byte) {
		here, there := net.Pipe()
		w := newWire(here)
		conn := ldap.NewConn(w, false)
		conn.Start()
		conn.SetTimeout(2 * time.Second)
		go func() {
			buf := make([]byte, 1<<10)
			_, _ = there.Read(buf)
			_, _ = there.Write(answer)
			_ = there.Close()
		}()
		l := &link{conn: conn, wire: w}
		var found *ldap.SearchResult
		_ = l.run(t.Context(), func(c *ldap.Conn) (err error) {
			found, err = c.Search(&ldap.SearchRequest{BaseDN: "dc=x", Scope: ldap.ScopeWholeSubtree, Filter: "(uid=a)", SizeLimit: 2, EnforceSizeLimit: true})
			return err
		})
		l.close()
		if found == nil {
			return
		}
		for _, e := range found.Entries {
			if subject, err := p.subject(e); err == nil {
				if filter, ok := p.subjectFilter(subject); !ok {
					t.Fatalf("%q is not found again", subject)
				} else if _, err := ldap.CompileFilter(filter); err != nil {
					t.Fatal(err)
				}
			}
			_ = p.claims(e)
		}
	})
}
