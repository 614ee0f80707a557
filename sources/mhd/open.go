package mhd

import (
	"context"
	"net/http"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/dochttp"
	"github.com/patchworkcare/patchwork/sources/docref"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// place is where a document may lie: "" if it may not lie there.
func (s *source) place(address string) string {
	if address == "" {
		return ""
	}
	for _, base := range append([]string{s.URL + "/"}, s.DocumentURLs...) {
		if full, ok := below(address, base); ok && full != strings.TrimSuffix(base, "/") {
			return full
		}
	}
	return ""
}

// opens takes the format that shows best, of those that can be opened if any can.
func (s *source) opens(d *record.Document, formats []docref.Format) {
	best, rank := -1, 0
	for i, f := range formats {
		n := record.DocumentKindOf(f.ContentType).Preference()
		if s.place(f.URL) == "" {
			n += 100
		}
		if best < 0 || n < rank {
			best, rank = i, n
		}
	}
	if best < 0 {
		return
	}
	f := formats[best]
	f.Use(d)
	d.Reference = s.place(f.URL)
	switch {
	case d.Reference != "":
	case f.URL != "":
		d.Content.Reason = "It is kept somewhere else, which is not asked"
	case f.Inline:
		d.Content.Reason = "It stands within its entry, where it is not opened from"
	}
}

// OpenDocument implements sources.DocumentOpener (ITI-68). The archive does not say
// whom a document is about: that was the entry's word.
func (s *source) OpenDocument(ctx context.Context, _, ref string, take func(sources.Document) error) error {
	address := s.place(ref)
	if address == "" || address != ref {
		return sources.DocumentGone()
	}
	return s.env.Call(ctx, func(ctx context.Context) error {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return httpfault.ByTransport(ctx, err)
		}
		req.Header.Set("Accept", "*/*")
		resp, err := s.client.Do(req)
		if err != nil {
			return err
		}
		defer func() { _ = resp.Body.Close() }()
		switch resp.StatusCode {
		case http.StatusNotFound, http.StatusGone:
			return sources.DocumentGone()
		case http.StatusPartialContent:
			return httpfault.Malformed("partial", "It handed out a part of the document only")
		}
		if err := s.client.Failure(resp); err != nil {
			return err
		}
		if kind := resp.Header.Get("Content-Type"); dochttp.IsFHIR(kind) {
			return httpfault.Malformed("not-document", "It handed out a resource in place of the document")
		}
		return take(sources.Document{ContentType: resp.Header.Get("Content-Type"), Size: resp.ContentLength, Body: resp.Body})
	})
}
