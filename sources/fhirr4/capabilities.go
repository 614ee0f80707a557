package fhirr4

import (
	"bytes"
	"context"
	"net/http"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
	"github.com/patchworkcare/patchwork/sources/jsonscan"
)

// Probe implements sources.Prober by reading the CapabilityStatement, which says what the
// server has too. One that has none, or keeps it from us, is there all the same: the next
// questions tell the rest.
func (s *source) Probe(ctx context.Context) error {
	s.listed.Store(nil)
	err := s.call(ctx, request{method: http.MethodGet, url: s.URL + "/metadata"}, func(body []byte) error {
		if !bytes.Contains(body, []byte("CapabilityStatement")) {
			return httpfault.Malformed("not-fhir", "Its answer is not FHIR")
		}
		if types := listedTypes(body); len(types) > 0 {
			s.listed.Store(&types)
		}
		return nil
	})
	if ofQuestion(sources.AsError(err)) {
		return nil
	}
	return err
}

// Advice implements sources.Adviser: what the CapabilityStatement says of the types that
// the sections ask for.
func (s *source) Advice() (all []sources.Advice) {
	types := s.listed.Load()
	if types == nil {
		return nil
	}
	has := func(kind string) bool { return (*types)[s.spoken(kind)] }
	for _, section := range s.offers() {
		a := sources.Advice{Section: section}
		for _, kind := range s.resources(section) {
			if !has(kind) {
				a.Unlisted = append(a.Unlisted, kind)
			}
		}
		for _, kind := range s.leftOut(section) {
			if has(kind) {
				a.LeftOut = append(a.LeftOut, kind)
			}
		}
		if len(a.Unlisted)+len(a.LeftOut) > 0 {
			all = append(all, a)
		}
	}
	return all
}

// listedTypes are the resource types that a CapabilityStatement lists for a server (R4
// §5.2.3, rest.resource.type); none if it cannot be read, which says nothing.
func listedTypes(body []byte) map[string]bool {
	var r jsonscan.Scanner
	types := map[string]bool{}
	r.Reset(body)
	if string(r.Find("resourceType")) != "CapabilityStatement" || !r.Object() {
		return nil
	}
	for r.Next() {
		if string(r.Name()) != "rest" || r.Peek() != '[' || !r.Array() {
			continue
		}
		for r.More() {
			if mode := string(r.Find("mode")); mode != "" && mode != "server" || !r.Object() {
				r.Skip()
				continue
			}
			for r.Next() {
				if string(r.Name()) != "resource" || r.Peek() != '[' || !r.Array() {
					continue
				}
				for r.More() {
					if kind := string(r.Find("type")); kind != "" {
						types[kind] = true
					}
					r.Skip()
				}
			}
		}
	}
	if r.End() != nil {
		return nil
	}
	return types
}
