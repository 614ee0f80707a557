package cast

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
)

// FuzzSubscription: a form that is taken says each thing once, and nothing stands in the
// address.
func FuzzSubscription(f *testing.F) {
	f.Add("hub.channel.type=websocket&hub.mode=subscribe&hub.topic=t&hub.events=Patient-open&hub.lease_seconds=7200", "")
	f.Add("hub.channel.type=websocket&hub.mode=unsubscribe&hub.topic=t&hub.topic=u", "")
	f.Add("hub.channel.type=websocket&hub.mode=subscribe&hub.topic=t", "hub.topic=u")
	f.Add("%zz=1;2&&==", "%")
	f.Fuzz(func(t *testing.T, body, query string) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.URL.RawQuery = query
		form, err := formOf(r)
		if err != nil {
			return
		}
		for _, name := range formFields {
			if len(form[name]) > 1 {
				t.Fatalf("%s stands there twice", name)
			}
		}
		if query != "" || form.Get("hub.topic") == "" {
			t.Fatalf("%q ? %q", body, query)
		}
	})
}

// FuzzReply: a subscriber's message is an id and a status, or none.
func FuzzReply(f *testing.F) {
	f.Add([]byte(`{"id":"a","status":"200"}`))
	f.Add([]byte(`{"id":"a","status":409}`))
	f.Add([]byte(`{"id":1}`))
	f.Add([]byte(`[]`))
	f.Add([]byte(`{"timestamp":"2026","event":{}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var a reply
		if json.Unmarshal(text, &a) != nil {
			return
		}
		if n, err := strconv.Atoi(strings.Trim(string(a.Status), `"`)); err == nil && n >= 200 && n < 300 && !json.Valid(a.Status) {
			t.Fatalf("%q is a status", a.Status)
		}
	})
}
