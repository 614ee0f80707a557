package fhir

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// format is how an answer is written; "" is one that this server does not write.
type format string

const (
	jsonFormat format = "application/fhir+json"
	xmlFormat  format = "application/fhir+xml"
	htmlFormat format = "text/html"
)

// formatOf gives the format that the client wants (FHIR R4 §3.1.0.1.11): `_format`, else
// Accept; a summary, which can be a page for people, also by the request's own Content-Type,
// as the national draft for summaries has it. JSON if it does not say; "" if it wants
// nothing that there is.
func formatOf(r *http.Request) format {
	summary := strings.HasSuffix(r.URL.Path, "/$summary")
	form := r.Form // of a search by POST
	if form == nil {
		form = r.URL.Query()
	}
	if wanted := form.Get("_format"); wanted != "" {
		return formatNamed(wanted, summary)
	}
	accept := strings.Join(r.Header.Values("Accept"), ",")
	if summary && (accept == "" || accept == "*/*") {
		if f := formatNamed(r.Header.Get("Content-Type"), summary); f != "" {
			return f
		}
	}
	if accept == "" {
		return jsonFormat
	}
	return preferred(accept, summary)
}

// preferred is the best of an Accept header: by its q, then what is named before what any
// would do for, then the first.
func preferred(accept string, summary bool) format {
	var best format
	most := 0.0
	for part := range strings.SplitSeq(accept, ",") {
		kind, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		weight := 1.0
		if q, ok := params["q"]; ok {
			if weight, err = strconv.ParseFloat(q, 64); err != nil || weight <= 0 || weight > 1 {
				continue
			}
		}
		f := formatNamed(part, summary)
		if kind == "*/*" || kind == "application/*" {
			f, weight = jsonFormat, weight-0.0001 // q has three digits (RFC 9110 §12.4.2)
		}
		if f != "" && weight > most {
			best, most = f, weight
		}
	}
	return best
}

// formatNamed understands a short name or a media type; of another version of FHIR it gives "".
func formatNamed(name string, summary bool) format {
	kind, params, err := mime.ParseMediaType(strings.ReplaceAll(strings.TrimSpace(name), "fhir ", "fhir+")) // "+" in an address is a blank
	if v := params["fhirversion"]; err != nil || v != "" && v != "4.0" && v != "4.0.1" {
		return ""
	}
	switch kind {
	case "json", "application/json", "text/json", string(jsonFormat):
		return jsonFormat
	case "xml", "application/xml", "text/xml", string(xmlFormat):
		return xmlFormat
	case "html", string(htmlFormat):
		if summary {
			return htmlFormat
		}
	}
	return ""
}
