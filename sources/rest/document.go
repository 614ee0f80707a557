package rest

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
	"github.com/patchworkcare/patchwork/sources/jsonapi"
)

// Documents says how a document is opened: by {reference}, which is what the field
// reference of the section documents held, and {id}. Its answer is the document itself, or
// JSON with the document packed in base64.
type Documents struct {
	Ask `yaml:",inline"`
	// SubjectHeader is the header of the answer that says whom the document is about, if
	// there is one.
	SubjectHeader string `yaml:"subject_header"`
	// Packed reads a document out of JSON; nil if it comes as itself.
	Packed *Packed `yaml:"packed"`
}

// Packed is jq to the parts of a document in JSON.
type Packed struct {
	Data    string `yaml:"data"`    // base64
	Type    string `yaml:"type"`    // the media type; "" if it is not stated
	Subject string `yaml:"subject"` // whose it is, by local id; "" if it is not stated
}

func (v *check) documents(d *Documents) {
	if d == nil {
		return
	}
	v.ask("documents", &d.Ask, needs{oneOf: [][]string{{"reference"}}, may: []string{"id"}})
	if d.SubjectHeader != "" && !jsonapi.IsToken(d.SubjectHeader) {
		v.add("documents.subject_header", "must be the name of a header")
	}
	if d.Rows != "" || d.Pages != (Pages{}) {
		v.add("documents.rows", "a document has no rows and no pages")
	}
	if p := d.Packed; p != nil {
		if p.Data == "" {
			v.add("documents.packed.data", "is missing: jq to the base64 of the document")
		}
		v.program("documents.packed.data", p.Data, false)
		v.program("documents.packed.type", p.Type, false)
		v.program("documents.packed.subject", p.Subject, false)
	}
}

// opener hands out documents.
type opener struct {
	source               *source
	asking               *asking
	header               string
	data, media, subject *program // of a packed one
}

var _ sources.DocumentOpener = (*opener)(nil)

func (s *source) newOpener(d *Documents) *opener {
	o := &opener{source: s, asking: newAsking("documents", &d.Ask), header: d.SubjectHeader}
	if p := d.Packed; p != nil {
		o.data, _ = compile("documents.packed.data", p.Data)
		if p.Type != "" {
			o.media, _ = compile("documents.packed.type", p.Type)
		}
		if p.Subject != "" {
			o.subject, _ = compile("documents.packed.subject", p.Subject)
		}
	}
	return o
}

// OpenDocument implements sources.DocumentOpener.
func (o *opener) OpenDocument(ctx context.Context, localID, reference string, take func(sources.Document) error) error {
	q, err := o.asking.request(o.source.client.URL, params{"reference": {reference}, "id": {localID}})
	if err != nil {
		return sources.DocumentGone() // no document of this API has such a name
	}
	return o.source.client.Stream(ctx, q, sources.DocumentGone(), func(resp *http.Response) error {
		if who := resp.Header.Get(o.header); o.header != "" && who != localID {
			return otherSubject()
		}
		if o.data != nil {
			return o.packed(ctx, localID, resp, take)
		}
		return take(sources.Document{ContentType: resp.Header.Get("Content-Type"), Size: resp.ContentLength, Body: resp.Body})
	})
}

// packed reads a document out of JSON, which is held in memory whole.
func (o *opener) packed(ctx context.Context, localID string, resp *http.Response, take func(sources.Document) error) error {
	most := int64(o.source.client.MaxBody)
	body, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	if err != nil {
		return err
	}
	if int64(len(body)) > most {
		return sources.DocumentTooLarge()
	}
	answer, err := jsonapi.Parse(body)
	if err != nil {
		return err
	}
	if o.subject != nil {
		v, err := o.subject.one(ctx, answer)
		if err != nil {
			return err
		}
		if who, _ := plain(v); who != localID {
			return otherSubject()
		}
	}
	media := ""
	if o.media != nil {
		v, err := o.media.one(ctx, answer)
		if err != nil {
			return err
		}
		media, _ = plain(v)
	}
	v, err := o.data.one(ctx, answer)
	if err != nil {
		return err
	}
	data, ok := v.(string)
	if !ok || data == "" {
		return o.data.unfit()
	}
	if _, err := base64.StdEncoding.DecodeString(data[len(data)-min(4, len(data)):]); err != nil {
		return httpfault.Malformed("not-base64", "The document cannot be unpacked")
	}
	return take(sources.Document{ContentType: media, Size: -1, Body: strict64{base64.NewDecoder(base64.StdEncoding, strings.NewReader(data))}})
}

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

func otherSubject() error {
	return &sources.Error{Kind: sources.WrongPatient, Code: "wrong-patient", Reason: "The document is about another person; nothing of it is shown"}
}
