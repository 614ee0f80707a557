package floor

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// Plan is what to ask for one kind of question. In addresses and bodies, "{0}" stands
// for the question's first value, and so on.
type Plan struct {
	Name  string
	Calls []Call
}

// Call is one request to a source.
type Call struct {
	Method, URL, Body, ContentType string
}

// call is a Call made ready: its texts are cut at the places for values.
type call struct {
	method, contentType string
	url, body           text
}

// text is literal parts with the number of the value that stands before each; -1 for none.
type text []struct {
	value int
	then  string
}

func newText(s string) (text, error) {
	var t text
	for i, part := range strings.Split(s, "{") {
		value, then := -1, part
		if i > 0 {
			name, rest, ok := strings.Cut(part, "}")
			n, err := strconv.Atoi(name)
			if !ok || err != nil {
				return nil, fmt.Errorf("a place in %q is not a number", s)
			}
			value, then = n, rest
		}
		t = append(t, struct {
			value int
			then  string
		}{value, then})
	}
	return t, nil
}

func (t text) with(values []string) []byte {
	b := make([]byte, 0, 256)
	for _, part := range t {
		if part.value >= 0 && part.value < len(values) {
			b = append(b, values[part.value]...)
		}
		b = append(b, part.then...)
	}
	return b
}

func newCall(c Call) (call, error) {
	url, err := newText(c.URL)
	if err != nil {
		return call{}, err
	}
	body, err := newText(c.Body)
	return call{method: c.Method, contentType: c.ContentType, url: url, body: body}, err
}

func (c call) request(values []string) (*http.Request, error) {
	if c.method == http.MethodGet {
		return http.NewRequest(c.method, string(c.url.with(values)), nil)
	}
	req, err := http.NewRequest(c.method, string(c.url.with(values)), bytes.NewReader(c.body.with(values)))
	if err == nil {
		req.Header.Set("Content-Type", c.contentType)
	}
	return req, err
}
