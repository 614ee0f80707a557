package smartlogin_test

import (
	"encoding/base64"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestUnlistedIssuers: no spelling but the configured one is ever asked anything, and none is
// quoted.
func TestUnlistedIssuers(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	s := serve(t, e, e.stanza())
	// A second server, which no configuration names: whatever a spelling would lead to.
	trap, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer trap.Close()
	trapped := make(chan struct{}, 64)
	go func() {
		for {
			c, err := trap.Accept()
			if err != nil {
				return
			}
			c.Close()
			trapped <- struct{}{}
		}
	}()
	host := strings.TrimPrefix(e.url, "http://")
	_, port, _ := net.SplitHostPort(host)
	evil := trap.Addr().String()
	spellings := map[string]string{
		"another host": "http://" + evil + "/fhir", "another host, TLS": "https://" + evil + "/fhir", "another path": e.url + "/fhir2", "a path before": e.url + "/x/fhir", "a path after": e.iss + "/r4",
		"no path": e.url, "the root": e.url + "/", "two slashes at the end": e.iss + "//", "two slashes": e.url + "//fhir", "three": "http:///" + host + "/fhir",
		"capital scheme": "HTTP://" + host + "/fhir", "capital path": e.url + "/FHIR", "another scheme": "https://" + host + "/fhir", "no scheme": host + "/fhir", "scheme alone": "http:", "relative scheme": "//" + host + "/fhir",
		"localhost": "http://localhost:" + port + "/fhir", "capital localhost": "http://LOCALHOST:" + port + "/fhir", "trailing dot": "http://127.0.0.1.:" + port + "/fhir", "short IPv4": "http://127.1:" + port + "/fhir",
		"decimal IPv4": "http://2130706433:" + port + "/fhir", "octal IPv4": "http://0177.0.0.1:" + port + "/fhir", "hexadecimal IPv4": "http://0x7f000001:" + port + "/fhir",
		"IPv6": "http://[::1]:" + port + "/fhir", "IPv4 in IPv6": "http://[::ffff:127.0.0.1]:" + port + "/fhir", "full-width digits": "http://１２７.0.0.1:" + port + "/fhir", "full-width dots": "http://127。0。0。1:" + port + "/fhir",
		"no port": "http://127.0.0.1/fhir", "another port": "http://127.0.0.1:1/fhir", "a zero before the port": "http://127.0.0.1:0" + port + "/fhir", "an empty port": "http://127.0.0.1:/fhir",
		"user": "http://a@" + host + "/fhir", "user and password": "http://a:SECRET@" + host + "/fhir", "ours as the user of another": "http://" + host + "@" + evil + "/fhir", "ours as a user, encoded": "http://" + host + "%40" + evil + "/fhir",
		"a fragment": e.iss + "#", "a fragment of another": e.iss + "#@" + evil, "a query": e.iss + "?", "a query with an address": e.iss + "?x=http://" + evil, "an encoded query": e.iss + "%3Fx",
		"backslash": "http:\\\\" + host + "\\fhir", "backslash and at": "http://" + evil + "\\@" + host + "/fhir", "backslash at the end": e.iss + "\\",
		"encoded slash": e.url + "%2Ffhir", "encoded dot": "http://127%2E0.0.1:" + port + "/fhir", "encoded letter": e.url + "/%66hir", "doubly encoded letter": e.url + "/%2566hir", "NUL": e.iss + "\x00", "encoded NUL": e.iss + "%00",
		"dotted steps": e.url + "/fhir/../fhir", "encoded dotted steps": e.url + "/x/%2e%2e/fhir", "a dot": e.url + "/./fhir", "a dot at the end": e.iss + "/.", "a semicolon": e.iss + ";x", "out of it": e.iss + "/../../x",
		"blank before": " " + e.iss, "blank after": e.iss + " ", "tab": "\t" + e.iss, "line break": e.iss + "\n", "line break within": "http://127.0.0\n.1:" + port + "/fhir", "no-break space": e.iss + "\u00a0", "zero-width space": "http://127.0.0\u200b.1:" + port + "/fhir", "byte order mark": "\ufeff" + e.iss,
		"right to left": "\u202e" + e.iss, "Cyrillic letter": e.url + "/fh\u0456r", "combining": e.iss + "\u0301", "not UTF-8": e.iss + "\xff", "punycode": "http://xn--127-xyz.example/fhir",
		"a prefix of a host": "http://" + host + ".evil.example/fhir", "empty": "", "a slash": "/", "null": "null", "a star": "*", "javascript": "javascript:alert(1)", "data": "data:text/html,<script>SECRET</script>", "file": "file:///etc/passwd", "gopher": "gopher://" + evil + "/_GET", "metadata service": "http://169.254.169.254/latest",
		"two in one": e.iss + " " + e.iss, "two with a comma": e.iss + "," + e.iss, "JSON": `["` + e.iss + `"]`, "quoted": `"` + e.iss + `"`, "base64": base64.StdEncoding.EncodeToString([]byte(e.iss)), "64 KiB": "http://" + strings.Repeat("SECRET", 10<<10),
		"markup": e.iss + "<script>alert(1)</script>",
	}
	n := 0
	judge := func(name, query string) {
		n++
		page := s.browser().get("/launch?" + query)
		if page.status != http.StatusForbidden || !strings.Contains(page.text, "<dd>unknown-issuer</dd>") || page.header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %d %s", name, page.status, page.text)
		}
		for _, secret := range append([]string{host, evil, "evil", "etc/passwd", "169.254"}, secrets...) {
			if strings.Contains(page.text, secret) || strings.Contains(s.log.String(), secret) {
				t.Errorf("%s: the page or the log quotes %s", name, secret)
			}
		}
	}
	for name, iss := range spellings {
		judge(name, url.Values{"iss": {iss}, "launch": {launchToken}}.Encode())
	}
	good := "iss=" + url.QueryEscape(e.iss)
	for name, query := range map[string]string{
		"two": good + "&" + good, "ours and another": good + "&iss=http://" + evil, "another and ours": "iss=http://" + evil + "&" + good, "own and another": "iss=" + url.QueryEscape(s.URL+"/fhir") + "&iss=http://" + evil,
		"not readable": "iss=%zz", "a semicolon between": good + ";launch=a",
	} {
		judge(name, query+"&launch=a")
	}
	events := s.events()
	if len(events) != n || strings.Count(s.log.String(), "a launch was refused") != n {
		t.Errorf("%d launches, %d events, %d lines", n, len(events), strings.Count(s.log.String(), "a launch was refused"))
	}
	if c := e.connections(); c != 0 || len(trapped) != 0 {
		t.Errorf("%d connections to the EPR, %d elsewhere", c, len(trapped))
	}
	if n < 60 || s.count(`SELECT count(*) FROM smartlogin_attempt`) != 0 {
		t.Errorf("%d spellings, or something is kept", n)
	}
}
