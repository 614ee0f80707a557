package fhirr4

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// readBatch asks all searches in one Bundle of type batch (R4 §3.1.0.11) and hands
// each its answer; pages after the first are followed one by one.
func (s *source) readBatch(ctx context.Context, searches []*search, arrived func(*search, *reader, error)) {
	readers := make([]*reader, len(searches))
	nexts := make([]string, len(searches))
	errs := make([]error, len(searches))
	for i, q := range searches {
		readers[i] = s.newReader(q)
	}
	req := request{method: http.MethodPost, url: s.URL, json: s.batchBody(searches)}
	err := s.call(ctx, req, func(body []byte) error {
		parts, err := batchParts(body)
		if err != nil {
			return err
		}
		if len(parts) != len(searches) {
			return httpfault.Malformed("batch-count", "It did not answer each part of a batch")
		}
		for i, part := range parts {
			if errs[i] = part.err(); errs[i] == nil {
				nexts[i], errs[i] = s.readPage(readers[i], part.resource)
			}
		}
		return nil
	})
	var wg sources.Group
	for i, q := range searches {
		wg.Go(func() {
			if err != nil {
				arrived(q, readers[i], err)
				return
			}
			arrived(q, readers[i], s.finishPart(ctx, q, readers[i], nexts[i], errs[i]))
		})
	}
	wg.Wait()
}

// finishPart follows the pages of one part; a part whose _include was refused is
// asked again on its own.
func (s *source) finishPart(ctx context.Context, q *search, r *reader, next string, err error) error {
	if e := sources.AsError(err); e != nil {
		if e.Code == "http-400" && !s.plain.has(q.kind) && len(s.includes(q.kind)) > 0 {
			s.plain.add(q.kind)
			return s.read(ctx, q, r)
		}
		return ofType(q.kind, err)
	}
	return s.follow(ctx, s.URL+"/"+s.spoken(q.kind), next, len(q.ids), r)
}

func (s *source) batchBody(searches []*search) []byte {
	var b strings.Builder
	b.WriteString(`{"resourceType":"Bundle","type":"batch","entry":[`)
	for i, q := range searches {
		if i > 0 {
			b.WriteByte(',')
		}
		// The query is escaped, so it needs no quoting beyond that of JSON strings.
		b.WriteString(`{"request":{"method":"GET","url":` + strconv.Quote(s.spoken(q.kind)+"?"+s.query(q, !s.plain.has(q.kind))) + `}}`)
	}
	b.WriteString(`]}`)
	return []byte(b.String())
}

// part is the answer to one part of a batch.
type part struct {
	status   int
	resource []byte
}

func (p part) err() error {
	if e := httpfault.ByStatus(p.status, 0); e != nil {
		return e
	}
	if len(p.resource) == 0 {
		return httpfault.Malformed("empty-body", "It answered with nothing at all")
	}
	return nil
}

// batchParts splits the answer to a batch; the parts lie in body.
func batchParts(body []byte) ([]part, error) {
	r := &reader{workspace: &workspace{}}
	r.Reset(body)
	if kind := string(r.Find("resourceType")); kind != "Bundle" {
		if r.Skip(); r.End() != nil {
			return nil, httpfault.NotJSON(r.Err())
		}
		if kind == "OperationOutcome" {
			return nil, &sources.Error{Kind: sources.Unavailable, Code: "operation-outcome", Reason: "It answered with an error report"}
		}
		return nil, httpfault.Malformed("not-a-bundle", "Its answer is not a list of search results")
	}
	var parts []part
	kind := ""
	r.Object()
	for r.Next() {
		switch string(r.Name()) {
		case "type":
			kind = r.string()
		case "entry":
			for range r.each() {
				parts = append(parts, r.part())
			}
		}
	}
	if err := r.End(); err != nil {
		return nil, httpfault.NotJSON(err)
	}
	if kind != "batch-response" {
		return nil, httpfault.Malformed("not-a-batch", "Its answer is not the answer to a batch")
	}
	return parts, nil
}

func (r *reader) part() (p part) {
	p.status = 500 // an answer without a status is none
	if !r.Object() {
		return p
	}
	for r.Next() {
		switch string(r.Name()) {
		case "resource":
			p.resource = r.Raw()
		case "response":
			if !r.Object() {
				continue
			}
			for r.Next() {
				if string(r.Name()) == "status" {
					if text := r.Text(); len(text) >= 3 {
						p.status = number(text[:3])
					}
				}
			}
		}
	}
	return p
}
