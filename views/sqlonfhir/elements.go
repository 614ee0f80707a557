package sqlonfhir

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// A shape says which elements an object of a definition may have. Those with a shape of
// their own are lists of such objects; of the others nothing is looked into here.
type shape map[string]shape

// leafs adds elements that have no shape of their own.
func (s shape) leafs(names ...string) shape {
	for _, name := range names {
		s[name] = nil
	}
	return s
}

// shapes are the elements of the official ViewDefinition (SQL on FHIR 2.0 and its drafts to
// 3.0) and those that every resource has. Most tell of the definition and change no row.
func shapes() shape {
	column := shape{"tag": shape{}.leafs("name", "value", "id", "extension")}.
		leafs("path", "name", "description", "collection", "type", "id", "extension")
	selects := shape{"column": column}.leafs("forEach", "forEachOrNull", "repeat", "id", "extension")
	selects["select"], selects["unionAll"] = selects, selects
	return shape{
		"select":   selects,
		"where":    shape{}.leafs("path", "description", "id", "extension"),
		"constant": shape{}.leafs("name", "id", "extension"),
	}.leafs("resourceType", "id", "meta", "implicitRules", "language", "text", "contained", "extension",
		"url", "identifier", "version", "versionAlgorithmString", "versionAlgorithmCoding", "name", "title", "status", "experimental", "date",
		"publisher", "contact", "description", "useContext", "jurisdiction", "purpose", "copyright", "copyrightLabel", "approvalDate", "lastReviewDate",
		"effectivePeriod", "author", "editor", "reviewer", "endorser", "relatedArtifact", "profile", "fhirVersion", "resource")
}

// checkElements refuses what no ViewDefinition has, because what is misspelt would be let be
// and its view would have other rows than meant: without its where, more. Names are compared
// with their capitals, and each may be there once, which encoding/json sees differently.
func checkElements(text []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	return checkObject(decoder, shapes(), "", true)
}

// checkObject reads one value, and its elements if it is an object of the shape.
func checkObject(decoder *json.Decoder, of shape, path string, top bool) error {
	first, err := decoder.Token()
	if err != nil {
		return wrong(path, "not JSON: %v", err)
	}
	if first == json.Delim('[') && !top {
		for i := 0; decoder.More(); i++ {
			if err := checkObject(decoder, of, path+"["+strconv.Itoa(i)+"]", true); err != nil {
				return err
			}
		}
		_, err := decoder.Token()
		return err
	}
	if first != json.Delim('{') {
		return skipRest(decoder, first) // of a wrong kind, which the decoding says
	}
	constant := strings.HasPrefix(path, "constant[")
	seen := map[string]bool{}
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return wrong(path, "not JSON: %v", err)
		}
		name, _ := key.(string)
		at := within(path, name)
		if seen[name] {
			return wrong(at, "it is there twice")
		}
		seen[name] = true
		inner, known := of[strings.TrimPrefix(name, "_")] // _name holds the extensions of name
		switch {
		case name == "modifierExtension":
			return wrong(at, "it changes the meaning of what it stands in, in a way that nobody knows here")
		case !known && (!constant || !strings.HasPrefix(name, "value")):
			return unknown(at, name, of)
		}
		if inner == nil {
			err = skip(decoder)
		} else {
			err = checkObject(decoder, inner, at, false)
		}
		if err != nil {
			return err
		}
	}
	_, err = decoder.Token()
	return err
}

// within is the path of an element, as much of its name as a name may be long.
func within(path, name string) string {
	if len(name) > 100 {
		name = strings.ToValidUTF8(name[:100], "")
	}
	return strings.TrimPrefix(path+"."+name, ".")
}

// unknown says what was not known, and what may have been meant.
func unknown(path, name string, of shape) error {
	known := make([]string, 0, len(of))
	for other := range of {
		known = append(known, other)
	}
	slices.Sort(known)
	best, least := "", 3 // what differs in more letters was not meant
	for _, other := range known {
		if d := distance(strings.ToLower(name), strings.ToLower(other)); d < least && d < len(other) {
			best, least = other, d
		}
	}
	if best == "" {
		return wrong(path, "a ViewDefinition has no such element here")
	}
	return wrong(path, "a ViewDefinition has no such element here; is %q meant?", best)
}

// skip passes over one value.
func skip(decoder *json.Decoder) error {
	first, err := decoder.Token()
	if err != nil {
		return err
	}
	return skipRest(decoder, first)
}

func skipRest(decoder *json.Decoder, first json.Token) error {
	depth := 0
	for token := first; ; {
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
		var err error
		if token, err = decoder.Token(); err != nil {
			return err
		}
	}
}

// distance counts the letters that are to be changed, added or left out; names are short,
// and what is long is near to nothing.
func distance(a, b string) int {
	if len(a) > 40 || len(b) > 40 {
		return len(a) + len(b)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := before
			if a[i] != b[j] {
				cost++
			}
			before = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
