package demo

import (
	"bytes"
	"encoding/json"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// bundle renders one page of a search.
func (s *fhirServer) bundle(r *http.Request, q *query, found []*resource, v visit) []byte {
	base := "http://" + r.Host
	self := q.link(base, q.offset, q.page)
	page := found[min(q.offset, len(found)):]
	page = page[:min(q.count, len(page))]
	next := ""
	if end := q.offset + len(page); !q.summary && end < len(found) {
		next = q.link(base, end, q.page+1)
	}
	next = s.misleadingNext(q, base, next, v)

	var out bytes.Buffer
	out.WriteString(`{"resourceType":"Bundle","type":"searchset","total":` + strconv.Itoa(len(found)))
	out.WriteString(`,"link":[{"relation":"self","url":` + quoted(self) + `}`)
	if next != "" {
		out.WriteString(`,{"relation":"next","url":` + quoted(next) + `}`)
	}
	out.WriteString(`]`)
	if entries := s.entries(base, q, page, v); !q.summary && len(entries) > 0 {
		out.WriteString(`,"entry":[`)
		out.Write(bytes.Join(entries, []byte(",")))
		out.WriteString(`]`)
	}
	out.WriteString(`}`)
	return out.Bytes()
}

// entries are the matches of a page and what they include.
func (s *fhirServer) entries(base string, q *query, page []*resource, v visit) [][]byte {
	var all [][]byte
	for _, r := range page {
		all = append(all, entry(base, r, "match"))
	}
	if v.fault.Name == faultDuplicates {
		// Each twice, and the copies in the other order.
		for i := len(page) - 1; i >= 0; i-- {
			all = append(all, entry(base, page[i], "match"))
		}
	}
	if v.fault.Name == faultEndlessPaging && q.page > 0 {
		all = all[:0]
		for _, r := range page {
			all = append(all, entry(base, r.again(q.page), "match"))
		}
	}
	for _, r := range s.included(q, page) {
		all = append(all, entry(base, r, "include"))
	}
	return all
}

func entry(base string, r *resource, mode string) []byte {
	out := make([]byte, 0, len(r.body)+120)
	out = append(out, `{"fullUrl":"`+base+"/"+r.reference()+`","resource":`...)
	out = append(out, r.body...)
	return append(out, `,"search":{"mode":"`+mode+`"}}`...)
}

// included follows the _includes of a search, once each and in order.
func (s *fhirServer) included(q *query, page []*resource) []*resource {
	seen := map[*resource]bool{}
	for _, r := range page {
		seen[r] = true
	}
	var all []*resource
	for _, include := range q.includes {
		// What was included may be included from, in the order asked.
		for _, r := range append(page[:len(page):len(page)], all...) {
			for _, target := range s.targets(r, include) {
				if !seen[target] {
					seen[target] = true
					all = append(all, target)
				}
			}
		}
	}
	return all
}

// targets resolves Type:parameter[:TargetType]; Type or parameter may be *.
func (s *fhirServer) targets(r *resource, include string) []*resource {
	parts := strings.SplitN(include+"::", ":", 4)
	kind, name, targetKind := parts[0], parts[1], parts[2]
	if kind != "*" && kind != r.kind {
		return nil
	}
	var found []*resource
	for paramName, p := range s.sortedParams(r.kind) {
		if p.kind != referenceParam || (name != "*" && name != "" && name != paramName) {
			continue
		}
		for _, path := range p.paths {
			for _, v := range walk(r.content, path) {
				target := s.store.byReference[referenceOf(v)]
				if target != nil && (targetKind == "" || targetKind == target.kind) && target.fitsName(paramName) {
					found = append(found, target)
				}
			}
		}
	}
	return found
}

// fitsName keeps Appointment:practitioner to practitioners: parameters of
// that name share a path with others.
func (r *resource) fitsName(name string) bool {
	switch name {
	case "practitioner":
		return r.kind == "Practitioner" || r.kind == "PractitionerRole"
	case "location":
		return r.kind == "Location"
	case "patient":
		return r.kind == "Patient"
	}
	return true
}

func (s *fhirServer) sortedParams(kind string) iter.Seq2[string, param] {
	return func(yield func(string, param) bool) {
		for _, name := range sortedKeys(s.params[kind]) {
			if !yield(name, s.params[kind][name]) {
				return
			}
		}
	}
}

// link is the URL of a page of this search.
func (q *query) link(base string, offset, page int) string {
	values := url.Values{}
	maps.Copy(values, q.values)
	if offset > 0 || page > 0 {
		values.Set(cursorParam, cursor(offset, page))
	}
	if len(values) == 0 {
		return base + "/" + q.kind
	}
	return base + "/" + q.kind + "?" + values.Encode()
}

func quoted(text string) string {
	b, _ := json.Marshal(text)
	return string(b)
}

// statusText is how a batch response words a status.
func statusText(status int) string { return strconv.Itoa(status) + " " + http.StatusText(status) }
