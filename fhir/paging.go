package fhir

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

// Pages of a search.
const (
	defaultCount = 50
	mostCount    = 500
)

// paging understands the parameters that every search has; handled is false for any other.
func (q *query) paging(name string, values []string) (handled bool, problem string) {
	switch name {
	case "_pretty":
		return true, ""
	case "_format": // so that the next page is written as this one
	case "_offset":
		var ok bool
		if q.progress, q.offset, ok = progressOf(values[0]); !ok || len(values) > 1 {
			return true, "`_offset` is this server's own: follow the links of the Bundle"
		}
		return true, ""
	case "_count":
		n, err := strconv.Atoi(values[0])
		if err != nil || n < 0 || len(values) > 1 {
			return true, "`_count` must be a whole number"
		}
		q.count = min(n, mostCount)
	case "_summary":
		switch values[len(values)-1] {
		case "count": // the same as no resources a page (R4 §3.1.1.5.9)
			q.summary = true
		case "false":
		default:
			q.ignore(name)
			return true, ""
		}
	case "_revinclude":
		for _, v := range values {
			if v != "Provenance:target" {
				q.ignore(name)
				return true, ""
			}
		}
		q.provenance = true
	default:
		return false, ""
	}
	q.form[name] = values
	return true, ""
}

// page makes the searchset of a path below the base: the matches of the page and, in every
// page, what is missing.
func (s *Server) page(r *http.Request, path string, q query, f found) object {
	base := s.Base(r)
	if q.summary {
		q.count = 0
	}
	page, next, more := f.from(q.progress, q.offset, q.count)
	var entries []object
	for _, o := range page {
		entries = append(entries, entryOf(base, o, "match"))
	}
	if q.provenance {
		origins, refused := s.origins(r, f, page)
		for _, o := range origins {
			entries = append(entries, entryOf(base, o, "include"))
		}
		q.issues = append(q.issues, refused...)
	}
	if issues := append(slices.Clone(q.issues), f.missing...); len(issues) > 0 {
		entries = append(entries, object{
			"resource": object{"resourceType": "OperationOutcome", "issue": issues},
			"search":   object{"mode": "outcome"},
		})
	}
	links := []object{{"relation": "self", "url": base + "/" + path + "?" + q.url(q.self())}}
	if more && q.count > 0 {
		links = append(links, object{"relation": "next", "url": base + "/" + path + "?" + q.url(next.String())})
	}
	return object{"resourceType": "Bundle", "type": "searchset", "total": len(f.resources), "link": links}.set("entry", entries)
}

func entryOf(base string, o object, mode string) object {
	e := object{"resource": o, "search": object{"mode": mode}}
	if id, ok := o["id"].(string); ok {
		kind, _ := o["resourceType"].(string)
		e["fullUrl"] = base + "/" + kind + "/" + id
	}
	return e
}

// self is `_offset` as it was sent.
func (q *query) self() string {
	if q.offset > 0 {
		return strconv.Itoa(q.offset)
	}
	return q.progress.String()
}

// url writes the search again, from a place on.
func (q *query) url(place string) string {
	form := url.Values{}
	for name, values := range q.form {
		form[name] = values
	}
	if place != "" {
		form.Set("_offset", place)
	}
	return form.Encode()
}
