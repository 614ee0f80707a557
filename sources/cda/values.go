package cda

import (
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

const (
	xsi    = "http://www.w3.org/2001/XMLSchema-instance"
	snomed = "http://snomed.info/sct"
	loinc  = "http://loinc.org"
	// confidentiality is how labels name HL7's confidentiality codes.
	confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
)

// codeSystems are the URIs of code systems that CDA names by OID.
var codeSystems = map[string]string{
	"2.16.840.1.113883.6.96":           snomed,
	"2.16.840.1.113883.2.1.3.2.4.15":   snomed, // the UK edition, in documents of the NHS
	"2.16.840.1.113883.6.1":            loinc,
	"2.16.840.1.113883.6.88":           "http://www.nlm.nih.gov/research/umls/rxnorm",
	"2.16.840.1.113883.6.3":            "http://hl7.org/fhir/sid/icd-10",
	"2.16.840.1.113883.6.90":           "http://hl7.org/fhir/sid/icd-10-cm",
	"2.16.840.1.113883.6.103":          "http://hl7.org/fhir/sid/icd-9-cm",
	"2.16.840.1.113883.12.292":         "http://hl7.org/fhir/sid/cvx",
	"2.16.840.1.113883.6.59":           "http://hl7.org/fhir/sid/cvx",
	"2.16.840.1.113883.6.69":           "http://hl7.org/fhir/sid/ndc",
	"2.16.840.1.113883.6.12":           "http://www.ama-assn.org/go/cpt",
	"2.16.840.1.113883.6.73":           "http://www.whocc.no/atc",
	"2.16.840.1.113883.5.25":           confidentiality,
	"2.16.840.1.113883.5.83":           "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
	"2.16.840.1.113883.5.4":            "http://terminology.hl7.org/CodeSystem/v3-ActCode",
	"2.16.840.1.113883.2.1.3.2.4.16.1": "https://fhir.hl7.org.uk/Id/read-codes",
}

// values reads data types, with the words that codes refer to.
type values struct {
	zone  *time.Location
	words map[string]string // narrative by ID
}

// concept reads CD, CE and CV. A nullFlavor code is no code; words may stand all the same.
func (v values) concept(n *xmltree.Node) (c record.Concept) {
	if n == nil {
		return c
	}
	c.Text = v.text(n.Child("originalText"))
	add := func(n *xmltree.Node) {
		if code := n.Attr("code"); code != "" && n.Attr("nullFlavor") == "" {
			c.Codings = append(c.Codings, record.Coding{System: system(n.Attr("codeSystem")), Code: code, Display: n.Attr("displayName")})
		}
	}
	add(n)
	for _, t := range n.All("translation") {
		add(t)
	}
	if c.IsZero() {
		c.Text = n.Attr("displayName")
	}
	return c
}

func system(oid string) string {
	if uri, ok := codeSystems[oid]; ok || oid == "" {
		return uri
	}
	return "urn:oid:" + oid
}

// text reads ED: words, or a reference to words in the narrative.
func (v values) text(n *xmltree.Node) string {
	if n == nil {
		return ""
	}
	if id, ok := strings.CutPrefix(n.Child("reference").Attr("value"), "#"); ok {
		if words := v.words[id]; words != "" {
			return words
		}
	}
	if n.Attr("representation") == "B64" {
		return ""
	}
	return n.Words()
}

// kind is the data type that a value says it is of, without its prefix.
func kind(n *xmltree.Node) string {
	t := n.AttrIn(xsi, "type")
	if t == "" {
		t = n.AttrIn("xsi", "type") // where a fragment does not declare the prefix
	}
	if i := strings.LastIndexByte(t, ':'); i >= 0 {
		t = t[i+1:]
	}
	return t
}

// quantity reads PQ, REAL and INT as they are written.
func (v values) quantity(n *xmltree.Node) (q record.Quantity) {
	if n == nil || n.Attr("nullFlavor") != "" && n.Attr("value") == "" {
		return q
	}
	q.Value, q.Code = n.Attr("value"), n.Attr("unit")
	q.Unit = q.Code
	if q.Code == "1" || strings.HasPrefix(q.Code, "{") {
		q.Unit = strings.Trim(q.Code, "{}")
		if q.Code == "1" {
			q.Unit = ""
		}
	}
	if q.Value == "" {
		return record.Quantity{}
	}
	return q
}

// bounded reads IVL_PQ: a quantity below or above something, or a range.
func (v values) bounded(n *xmltree.Node) (low, high record.Quantity, one record.Quantity) {
	low, high = v.quantity(n.Child("low")), v.quantity(n.Child("high"))
	inclusive := func(bound string) bool { return n.Child(bound).Attr("inclusive") != "false" }
	switch {
	case !high.IsZero() && low.IsZero():
		one, one.Comparator = high, "<"
		if inclusive("high") {
			one.Comparator = "<="
		}
	case !low.IsZero() && high.IsZero():
		one, one.Comparator = low, ">"
		if inclusive("low") {
			one.Comparator = ">="
		}
	}
	return low, high, one
}

// labels reads confidentialityCode, and adds it to what holds around it. CDA would have
// the nearer one replace the other; nothing is less confidential here for where it stands.
func (v values) labels(n *xmltree.Node, around []record.Coding) []record.Coding {
	labels := slices.Clone(around)
	for _, c := range n.All("confidentialityCode") {
		labels = append(labels, v.concept(c).Codings...)
	}
	return Confidentiality(labels, nil)
}

// Confidentiality adds to labels what they mean in HL7's codes: by a list of what is
// known of local ones, else very restricted, because nobody can say who may see it. What
// is said twice stands once. "Normal" is left out: it restricts nothing, and beside a
// statement it would read as if that were normal.
func Confidentiality(labels []record.Coding, known map[string]string) []record.Coding {
	var all []record.Coding
	for _, l := range labels {
		all = append(all, l)
		if l.System == confidentiality || l.System == "http://terminology.hl7.org/CodeSystem/v3-ActCode" {
			continue
		}
		code := known[l.Code]
		if code == "" {
			code = "V"
		}
		all = append(all, record.Coding{System: confidentiality, Code: code})
	}
	return distinct(all)
}

// distinct are labels without what restricts nothing, and each once.
func distinct(labels []record.Coding) (all []record.Coding) {
	for _, l := range labels {
		normal := l.System == confidentiality && l.Code == "N"
		if !normal && !slices.ContainsFunc(all, func(x record.Coding) bool { return x.System == l.System && x.Code == l.Code }) {
			all = append(all, l)
		}
	}
	return all
}

// CodeSystem is the URI of a code system that is named by its OID or in any other way.
func CodeSystem(name string) string {
	if uri, ok := codeSystems[name]; ok {
		return uri
	}
	if name != "" && strings.Trim(name, "0123456789.") == "" {
		return "urn:oid:" + name
	}
	if oid, ok := strings.CutPrefix(name, "urn:oid:"); ok {
		return CodeSystem(oid)
	}
	if uri, ok := map[string]string{"LOINC": loinc, "SNOMED CT": snomed, "SNOMED-CT": snomed}[name]; ok {
		return uri
	}
	return name
}
