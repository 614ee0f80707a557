package idp_test

import (
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"testing"
	"time"
)

// browser is as much of one as a sign-in needs: it keeps cookies, follows redirects and
// fills in forms. It stops where a redirect leads to the service.
type browser struct {
	t      *testing.T
	client *http.Client
}

// page is what the browser shows. to is where a redirect to the service leads, else "".
type page struct {
	status   int
	at       *url.URL
	to, text string
}

// service is where the tests' services would be; nobody listens there.
const service = "http://127.0.0.1:9"

func newBrowser(t *testing.T) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t: t, client: &http.Client{Jar: jar, Timeout: 20 * time.Second, CheckRedirect: func(req *http.Request, _ []*http.Request) error {
		if "http://"+req.URL.Host == service {
			return http.ErrUseLastResponse
		}
		return nil
	}}}
}

func (b *browser) get(address string) page {
	b.t.Helper()
	resp, err := b.client.Get(address)
	return b.show(resp, err)
}

func (b *browser) show(resp *http.Response, err error) page {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return page{status: resp.StatusCode, at: resp.Request.URL, to: resp.Header.Get("Location"), text: string(text)}
}

var (
	formAction = regexp.MustCompile(`<form[^>]* action="([^"]*)"`)
	hidden     = regexp.MustCompile(`<input type="hidden"[^>]* name="([^"]*)" value="([^"]*)"`)
)

// submit fills in the page's form and sends it.
func (b *browser) submit(p page, fields map[string]string) page {
	b.t.Helper()
	values := url.Values{}
	for _, f := range hidden.FindAllStringSubmatch(p.text, -1) {
		values.Set(f[1], html.UnescapeString(f[2]))
	}
	for name, value := range fields {
		values.Set(name, value)
	}
	action := formAction.FindStringSubmatch(p.text)
	if action == nil {
		b.t.Fatalf("there is no form in:\n%s", p.text)
	}
	to, err := p.at.Parse(html.UnescapeString(action[1]))
	if err != nil {
		b.t.Fatal(err)
	}
	return b.show(b.client.PostForm(to.String(), values))
}
