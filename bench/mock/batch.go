package mock

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// batchKind is what a Bundle of searches counts as: one call, however many it holds.
const batchKind = "batch"

// batch answers a Bundle of type batch (R4 §3.1.0.11): each search as it would be alone.
func (s *source) batch(w http.ResponseWriter, r *http.Request, arrived time.Time) error {
	var asked struct {
		Type  string
		Entry []struct{ Request struct{ Method, URL string } }
	}
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		return err
	}
	if asked.Type != "batch" {
		return fmt.Errorf("a Bundle of type %q is not answered here", asked.Type)
	}
	buf := s.buffer()
	defer s.buffers.Put(buf)
	b := append((*buf)[:0], `{"resourceType":"Bundle","type":"batch-response","entry":[`...)
	for i, e := range asked.Entry {
		kind, text, _ := strings.Cut(e.Request.URL, "?")
		query, err := url.ParseQuery(text)
		if err != nil || e.Request.Method != http.MethodGet || idPrefix[kind] == "" {
			return fmt.Errorf("a part of it is no search that is answered here")
		}
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"response":{"status":"200 OK"},"resource":`...)
		if b, err = s.searchset(b, kind, query); err != nil {
			return err
		}
		b = append(b, '}')
	}
	*buf = append(b, "]}"...)
	s.send(w, *buf, arrived)
	return nil
}
