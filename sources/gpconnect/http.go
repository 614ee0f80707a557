package gpconnect

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// The interactions, as the Spine names them.
const (
	readStructured = "urn:nhs:names:services:gpconnect:fhir:operation:gpc.getstructuredrecord-1"
	readMetadata   = "urn:nhs:names:services:gpconnect:structured:fhir:rest:read:metadata-1"
)

// request is one call.
type request struct {
	method, path, interaction string
	body                      []byte
}

// response is an answer whose body was read whole.
type response struct {
	status     int
	body       []byte
	json       bool
	retryAfter time.Duration
}

// exchange sends one request and reads its answer, whatever its status: what a refusal
// means is told in its body. It asks for no compression and takes none, so that nothing
// unpacks to more than it weighs.
func (s *source) exchange(ctx context.Context, q request) (*response, error) {
	address := s.URL + q.path
	if s.Proxy != "" {
		address = s.Proxy + "/" + address
	}
	req, err := http.NewRequestWithContext(ctx, q.method, address, bytes.NewReader(q.body))
	if err != nil {
		return nil, httpfault.ByTransport(ctx, err)
	}
	s.describe(req, q)
	resp, err := s.client.Do(req)
	if err != nil {
		return nil, httpfault.ByTransport(ctx, err)
	}
	defer func() { _ = resp.Body.Close() }()
	got := &response{status: resp.StatusCode, json: isJSON(resp.Header.Get("Content-Type"))}
	got.retryAfter = httpfault.RetryAfter(resp.Header, s.env.Now())
	if packed := strings.ToLower(resp.Header.Get("Content-Encoding")); packed != "" && packed != "identity" {
		return nil, httpfault.Malformed("encoding", "Its answer is packed in a way we did not ask for")
	}
	if resp.ContentLength > int64(s.MaxBody) {
		return nil, httpfault.TooLarge()
	}
	var large bool
	got.body, large, err = s.bulk.ReadAll(ctx, resp.Body, s.MaxBody)
	switch {
	case large:
		return nil, httpfault.TooLarge()
	case err != nil && got.status < 300:
		return nil, httpfault.ByTransport(ctx, err)
	}
	return got, nil
}

// describe sets the headers: the Spine's, and a token made for this request alone.
func (s *source) describe(req *http.Request, q request) {
	req.Header.Set("Accept", "application/fhir+json")
	if q.body != nil {
		req.Header.Set("Content-Type", "application/fhir+json")
	}
	req.Header.Set("Ssp-TraceID", newUUID())
	req.Header.Set("Ssp-From", s.From)
	req.Header.Set("Ssp-To", s.To)
	req.Header.Set("Ssp-InteractionID", q.interaction)
	req.Header.Set("Authorization", s.token())
}

// isJSON accepts application/fhir+json and its kin. None at all is accepted: what
// follows is parsed strictly anyway.
func isJSON(contentType string) bool {
	if contentType == "" {
		return true
	}
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return false
	}
	if cs := strings.ToLower(params["charset"]); cs != "" && cs != "utf-8" && cs != "us-ascii" {
		return false
	}
	return strings.HasSuffix(kind, "/json") || strings.HasSuffix(kind, "+json") || kind == "application/json+fhir"
}

// newUUID is a random UUID (RFC 9562, version 4).
func newUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}
