package fhirr4

import (
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

var _ sources.DocumentOpener = (*source)(nil)

// OpenDocument implements sources.DocumentOpener: a Binary, as its bytes or as JSON
// (R4 §2.4.3), or an attachment that stands in its DocumentReference.
func (s *source) OpenDocument(ctx context.Context, localID, ref string, take func(sources.Document) error) error {
	if m := inlineReference.FindStringSubmatch(ref); m != nil {
		place, _ := strconv.Atoi(m[2])
		return s.openInline(ctx, localID, m[1], place, take)
	}
	if !binaryReference.MatchString(ref) {
		return sources.DocumentGone()
	}
	token, err := s.login.header(ctx)
	if err != nil {
		return err
	}
	return s.env.Call(ctx, func(ctx context.Context) error {
		return s.openBinary(ctx, localID, request{method: http.MethodGet, url: s.URL + "/" + ref}, token, take)
	})
}

func (s *source) openBinary(ctx context.Context, localID string, q request, token string, take func(sources.Document) error) error {
	req, err := s.request(ctx, q, token)
	if err != nil {
		return httpfault.ByTransport(ctx, err)
	}
	req.Header.Set("Accept", "*/*;q=0.9, application/fhir+json;q=0.1") // its own type, not the resource
	req.Header.Del("Accept-Encoding")
	resp, err := s.client.Do(req)
	if err != nil {
		return httpfault.ByTransport(ctx, err)
	}
	defer func() { _ = resp.Body.Close() }()
	if e := s.refused(resp, token); e != nil {
		drain(resp.Body)
		return e
	}
	if !sameSubject(resp.Header.Get("X-Security-Context"), localID) {
		return otherSubject()
	}
	if kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type")); kind == "application/fhir+json" || kind == "application/json" {
		return s.openPacked(ctx, localID, resp, take)
	}
	body, size, err := unpacked(ctx, resp)
	if err != nil {
		return err
	}
	return take(sources.Document{ContentType: resp.Header.Get("Content-Type"), Size: size, Body: faithful{ctx, body}})
}

// refused is the error of a status. That there is no such document (any more) says
// nothing against the server.
func (s *source) refused(resp *http.Response, token string) error {
	switch resp.StatusCode {
	case http.StatusNotFound, http.StatusGone:
		return sources.DocumentGone()
	case http.StatusPartialContent, http.StatusNoContent:
		return httpfault.Malformed("partial", "It handed out a part of the document only")
	case http.StatusUnauthorized:
		s.login.forget(token)
	}
	if e := httpfault.ByStatus(resp.StatusCode, httpfault.RetryAfter(resp.Header, s.env.Now())); e != nil {
		return e
	}
	return nil
}

// unpacked is the answer's body and its size. Packing was not asked for; where a server
// packs all the same, what comes out is counted.
func unpacked(ctx context.Context, resp *http.Response) (io.Reader, int64, error) {
	switch strings.ToLower(resp.Header.Get("Content-Encoding")) {
	case "", "identity":
		return resp.Body, resp.ContentLength, nil
	case "gzip":
		zip, err := gzip.NewReader(resp.Body)
		if err != nil {
			if ctx.Err() != nil {
				return nil, 0, httpfault.ByTransport(ctx, err)
			}
			return nil, 0, httpfault.Malformed("not-gzip", "Its answer cannot be unpacked")
		}
		return zip, -1, nil
	}
	return nil, 0, httpfault.Malformed("encoding", "Its answer is packed in a way we did not ask for")
}

// faithful words the errors of a body as those of a call.
type faithful struct {
	ctx  context.Context
	from io.Reader
}

// Read implements io.Reader.
func (f faithful) Read(p []byte) (int, error) {
	n, err := f.from.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = httpfault.ByTransport(f.ctx, err)
	}
	return n, err
}

// binary is a Binary resource as JSON.
type binary struct {
	ResourceType    string `json:"resourceType"`
	ContentType     string `json:"contentType"`
	Data            string `json:"data"`
	SecurityContext struct {
		Reference string `json:"reference"`
	} `json:"securityContext"`
}

// openPacked opens a Binary that the server sent as a resource. It is read whole, up to
// MaxBody.
func (s *source) openPacked(ctx context.Context, localID string, resp *http.Response, take func(sources.Document) error) error {
	buf := s.buffers.take()
	defer s.buffers.give(buf)
	if err := s.readBody(ctx, buf, resp); err != nil {
		return err
	}
	body, err := s.inR4(buf.Bytes())
	if err != nil {
		return err
	}
	var b binary
	switch err := json.Unmarshal(body, &b); {
	case err != nil:
		return httpfault.NotJSON(err)
	case b.ResourceType != "Binary":
		return httpfault.Malformed("not-binary", "Its answer is no document")
	case !sameSubject(b.SecurityContext.Reference, localID):
		return otherSubject()
	}
	return takeBase64(b.ContentType, b.Data, take)
}

// openInline opens what stands in a DocumentReference, which must still be about the
// same person.
func (s *source) openInline(ctx context.Context, localID, id string, place int, take func(sources.Document) error) error {
	q := request{method: http.MethodGet, url: s.URL + "/DocumentReference/" + id}
	return s.call(ctx, q, func(body []byte) error {
		var d struct {
			ResourceType string `json:"resourceType"`
			ID           string `json:"id"`
			Status       string `json:"status"`
			Subject      struct {
				Reference string `json:"reference"`
			} `json:"subject"`
			Content []struct {
				Attachment struct {
					ContentType string `json:"contentType"`
					Data        string `json:"data"`
				} `json:"attachment"`
			} `json:"content"`
		}
		switch err := json.Unmarshal(body, &d); {
		case err != nil:
			return httpfault.NotJSON(err)
		case d.ResourceType != "DocumentReference" || d.ID != id:
			return httpfault.Malformed("not-document", "Its answer is no document")
		case patientIn(d.Subject.Reference) != localID:
			return otherSubject()
		case d.Status == enteredInError || place >= len(d.Content) || d.Content[place].Attachment.Data == "":
			return sources.DocumentGone()
		}
		a := d.Content[place].Attachment
		return takeBase64(a.ContentType, a.Data, take)
	})
}

func takeBase64(contentType, data string, take func(sources.Document) error) error {
	if data == "" {
		return httpfault.Malformed("empty", "It handed out a document without content")
	}
	if _, err := base64.StdEncoding.DecodeString(lastQuantum(data)); err != nil {
		return httpfault.Malformed("not-base64", "The document cannot be unpacked")
	}
	return take(sources.Document{ContentType: contentType, Size: -1, Body: strict64{base64.NewDecoder(base64.StdEncoding, strings.NewReader(data))}})
}

// lastQuantum is the end of the data, where a cut would show.
func lastQuantum(data string) string { return data[len(data)-min(4, len(data)):] }

// strict64 words what is wrong in the middle of base64.
type strict64 struct{ from io.Reader }

// Read implements io.Reader.
func (s strict64) Read(p []byte) (int, error) {
	n, err := s.from.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = httpfault.Malformed("not-base64", "The document cannot be unpacked")
	}
	return n, err
}

// sameSubject reports whether a reference allows the person: it does unless it names
// another patient (R4 §2.4.4: Binary.securityContext).
func sameSubject(ref, localID string) bool {
	named := patientIn(ref)
	return named == "" || named == localID
}

// patientIn is the patient whom a reference names; "" if it names none.
func patientIn(ref string) string {
	parts := strings.Split(strings.TrimSpace(ref), "/")
	for i := len(parts) - 2; i >= 0; i-- {
		if parts[i] == "Patient" {
			return parts[i+1]
		}
	}
	return ""
}

func otherSubject() error {
	return &sources.Error{Kind: sources.WrongPatient, Code: "wrong-patient", Reason: "The document is about another person; nothing of it is shown"}
}
