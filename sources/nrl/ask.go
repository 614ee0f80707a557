package nrl

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/dochttp"
	"github.com/patchworkcare/patchwork/sources/docref"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

const (
	numberSystem = "https://fhir.nhs.uk/Id/nhs-number"
	snomed       = "http://snomed.info/sct"
)

// pointers are all pointers about one person, of every type that is asked for. If one
// type cannot be had, none is: a list without it would read as a whole one.
func (s *source) pointers(ctx context.Context, id string) sources.Result {
	n, err := record.ParseNHSNumber(id)
	if err != nil || string(n) != id {
		return sources.Result{Err: &sources.Error{Kind: sources.Refused, Code: "not-an-nhs-number", Reason: "It was asked by something that is no NHS number"}}
	}
	types := s.Types
	if len(types) == 0 {
		types = []string{""}
	}
	l := &list{source: s, replaced: map[string]bool{}, given: map[string]bool{}}
	for _, t := range types {
		a, err := s.search(ctx, id, t)
		if err == nil {
			err = l.take(a, t)
		}
		if err != nil {
			return sources.Result{Err: sources.AsError(err)}
		}
	}
	return l.result()
}

// search asks for the pointers of one type; "" for all.
func (s *source) search(ctx context.Context, number, kind string) (*docref.Answer, error) {
	q := url.Values{"subject:identifier": {numberSystem + "|" + number}}
	if kind != "" {
		q.Set("type", snomed+"|"+kind)
	}
	var out *docref.Answer
	err := s.env.Call(ctx, func(ctx context.Context) error {
		method, address, form := http.MethodPost, s.URL+"/DocumentReference/_search", q.Encode()
		if s.SearchByGet {
			method, address, form = http.MethodGet, s.URL+"/DocumentReference?"+form, ""
		}
		req, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(form))
		if err != nil {
			return httpfault.ByTransport(ctx, err)
		}
		if form == "" {
			req.Body = http.NoBody
		} else {
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		req.Header.Set("Accept", "application/fhir+json;version=1")
		req.Header.Set("X-Request-ID", newUUID())
		req.Header.Set("X-Correlation-ID", newUUID())
		req.Header.Set("NHSD-End-User-Organisation-ODS", s.Organisation)
		resp, err := s.client.Do(req)
		if err != nil {
			return err
		}
		defer func() { _ = resp.Body.Close() }()
		if err := s.client.Failure(resp); err != nil {
			return err
		}
		if !dochttp.IsJSON(resp.Header.Get("Content-Type")) {
			return httpfault.Malformed("not-fhir", "Its answer is not FHIR")
		}
		body, err := dochttp.Read(resp.Body, s.MaxBody)
		if err != nil {
			return err
		}
		out, err = docref.Read(body)
		return err
	})
	return out, err
}

// newUUID is a random UUID (RFC 9562, version 4).
func newUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}
