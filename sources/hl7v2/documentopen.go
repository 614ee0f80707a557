package hl7v2

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/hl7v2/er7"
)

// OpenDocument hands out what a message carried, if it is still a document of the person:
// one that was cancelled or replaced meanwhile is gone.
func (s *source) OpenDocument(ctx context.Context, localID, reference string, take func(sources.Document) error) error {
	return s.env.Call(ctx, func(ctx context.Context) error {
		c, err := s.chart(ctx, localID)
		if err != nil {
			return fault(ctx, err)
		}
		for _, e := range c.papers() {
			d, ok := e.(*record.Document)
			if !ok || d.Reference == "" || d.Reference != reference {
				continue
			}
			if d.Subject != localID {
				return &sources.Error{Kind: sources.WrongPatient, Code: "wrong-patient", Reason: "The document is about another person"}
			}
			body, kind, err := s.content(ctx, reference)
			if err != nil {
				return fault(ctx, err)
			}
			return take(sources.Document{ContentType: kind, Size: int64(len(body)), Body: bytes.NewReader(body)})
		}
		return sources.DocumentGone()
	})
}

// content reads the message and the segment that a reference names.
func (s *source) content(ctx context.Context, reference string) ([]byte, string, error) {
	first, second, _ := strings.Cut(reference, "/")
	seq, err1 := strconv.ParseInt(first, 10, 64)
	segment, err2 := strconv.Atoi(second)
	if err1 != nil || err2 != nil {
		return nil, "", sources.DocumentGone()
	}
	k, err := s.store.Message(ctx, seq)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, "", sources.DocumentGone()
	}
	if err != nil {
		return nil, "", err
	}
	m, err := er7.Parse(k.Body, s.config.parsing())
	if err != nil {
		return nil, "", malformed()
	}
	body, kind, err := []byte(nil), "", errNoContent
	switch {
	case segment < 0:
		body, kind, _, err = contentOf(m)
	case segment < len(m.Segments):
		body, kind, err = encapsulated(m.Segments[segment].Field(5).First())
	}
	if err != nil {
		return nil, "", malformed()
	}
	return body, kind, nil
}

func malformed() *sources.Error {
	return &sources.Error{Kind: sources.Malformed, Code: "bad-document", Reason: "The document could not be understood"}
}
