package xds

import (
	"context"
	"net/http"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

// The stored queries that are asked (ITI TF-2 §3.18.4.1.2.3.7).
const (
	findDocuments   = "urn:uuid:14d4debf-8f97-4251-9a74-a9016b0af0d9"
	findByReference = "urn:uuid:12941a89-e02e-4be5-967c-ce4bfc8fe492"
)

// The types of document entries: stable ones, and those made when they are asked for.
const (
	stable   = "urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1"
	onDemand = "urn:uuid:34268e47-fdf5-41a6-ba33-82133c465248"
)

const approved = "urn:oasis:names:tc:ebxml-regrep:StatusType:Approved"

// question is the stored query about one person: what is approved now.
func (s *source) question(localID string) string {
	id, kind := findDocuments, ""
	if len(s.ReferenceIDs) > 0 {
		id, kind = findByReference, slot("$XDSDocumentEntryReferenceIdList", list(s.ReferenceIDs...))
	} else if len(s.Classes) > 0 {
		kind = slot("$XDSDocumentEntryClassCode", list(s.Classes...))
	}
	return `<query:AdhocQueryRequest xmlns:query="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0" xmlns:rim="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0">` +
		`<query:ResponseOption returnComposedObjects="true" returnType="LeafClass"/><rim:AdhocQuery id="` + id + `">` +
		slot("$XDSDocumentEntryPatientId", "'"+quoted(localID+"^^^&"+s.PatientAuthority+"&ISO")+"'") +
		slot("$XDSDocumentEntryStatus", list(approved)) + slot("$XDSDocumentEntryType", list(stable, onDemand)) + kind +
		`</rim:AdhocQuery></query:AdhocQueryRequest>`
}

func slot(name, value string) string {
	return `<rim:Slot name="` + name + `"><rim:ValueList><rim:Value>` + escape(value) + `</rim:Value></rim:ValueList></rim:Slot>`
}

// list writes several values of a parameter.
func list(values ...string) string {
	var quotes []string
	for _, v := range values {
		quotes = append(quotes, "'"+quoted(v)+"'")
	}
	return "(" + strings.Join(quotes, ",") + ")"
}

// quoted is a value within quotes: a quote is doubled (ITI TF-2 §3.18.4.1.2.3.5).
func quoted(s string) string { return strings.ReplaceAll(s, "'", "''") }

// usable reports whether an id can stand in a CX without meaning something else.
func usable(localID string) bool {
	return localID != "" && len(localID) <= 256 && !strings.ContainsAny(localID, "^&~|\\\r\n\t\x00'")
}

// ask asks the registry about one person.
func (s *source) ask(ctx context.Context, localID string) (*listed, error) {
	if !usable(localID) {
		return nil, &sources.Error{Kind: sources.Refused, Code: "bad-id", Reason: "It was asked by something that is no id of its own"}
	}
	const action = "urn:ihe:iti:2007:RegistryStoredQuery"
	body := envelope(action, s.Registry, s.question(localID))
	var found *listed
	err := s.env.Call(ctx, func(ctx context.Context) error {
		resp, err := s.post(ctx, s.Registry, `application/soap+xml; charset=UTF-8; action="`+action+`"`, body)
		if err != nil {
			return err
		}
		defer func() { _ = resp.Body.Close() }()
		n, err := s.answer(resp, "AdhocQueryResponse")
		if err != nil {
			return err
		}
		found, err = s.listed(n)
		return err
	})
	return found, err
}

// answer reads the answer of a registry. An error status may come with a SOAP fault,
// which says more.
func (s *source) answer(resp *http.Response, name string) (*xmltree.Node, error) {
	failed := s.client.Failure(resp)
	if failed != nil && (resp.StatusCode < 500 && resp.StatusCode != http.StatusBadRequest || !isSOAP(resp) || sources.AsError(failed).RetryAfter > 0) {
		return nil, failed
	}
	m, err := readMessage(resp.Header.Get("Content-Type"), resp.Body, s.MaxBody)
	if failed != nil && err != nil {
		return nil, failed
	}
	if err != nil {
		return nil, err
	}
	n, err := answered(m.xml, name)
	if err == nil && failed != nil {
		return nil, failed
	}
	return n, err
}

// listed is what a registry says of one person.
type listed struct {
	unknown bool // it does not know the person
	entries []*entry
	gaps    []sources.Gap
}

// listed reads an answer: its status, its errors, and its entries.
func (s *source) listed(n *xmltree.Node) (*listed, error) {
	out := &listed{}
	errs := n.Child("RegistryErrorList").All("RegistryError")
	status := n.Attr("status")
	status = status[strings.LastIndexByte(status, ':')+1:]
	switch status {
	case "Success", "PartialSuccess":
		for _, e := range errs {
			out.gaps = append(out.gaps, gapOf(e))
		}
		if status == "PartialSuccess" && len(errs) == 0 {
			out.gaps = append(out.gaps, sources.Gap{Status: record.Partial, Code: "partial", Reason: "It says that some of it could not be read"})
		}
	case "Failure":
		if len(errs) == 1 && errs[0].Attr("errorCode") == "XDSUnknownPatientId" {
			out.unknown = true
			return out, nil
		}
		return nil, registryFailure(errs)
	default:
		return nil, httpfault.Malformed("no-status", "Its answer does not say whether it is one")
	}
	objects := n.Child("RegistryObjectList")
	if objects == nil {
		return nil, httpfault.Malformed("not-xds", "Its answer is not the one that was asked for")
	}
	replaced := superseded(objects)
	seen := map[string]bool{}
	for _, o := range objects.Children {
		switch {
		case o.Name == "ObjectRef" || o.Name == "Association": // what is told of elsewhere, or by it
		case o.Name != "ExtrinsicObject":
			out.gap("not-understood", "Some of what it lists could not be understood")
		case o.Attr("id") != "" && (replaced[o.Attr("id")] || seen[o.Attr("id")]):
		case len(out.entries) >= s.MaxDocuments:
			out.gap("too-many", "It lists more documents than are read")
		default:
			seen[o.Attr("id")] = true
			s.take(out, o)
		}
	}
	return out, nil
}

// take takes one entry, if it is one that holds now.
func (s *source) take(out *listed, o *xmltree.Node) {
	status := o.Attr("status")
	switch status[strings.LastIndexByte(status, ':')+1:] {
	case "Approved":
	case "Deprecated": // replaced by another
		return
	default:
		out.gap("status", "It lists documents without saying whether they still hold")
		return
	}
	e, ok := s.entry(o)
	if !ok {
		out.gap("not-understood", "Some of what it lists could not be understood")
		return
	}
	out.entries = append(out.entries, e)
}

func (l *listed) gap(code, reason string) {
	for _, g := range l.gaps {
		if g.Code == code {
			return
		}
	}
	l.gaps = append(l.gaps, sources.Gap{Status: record.Partial, Code: code, Reason: reason})
}

// superseded are the entries that another one of the same answer replaces.
func superseded(objects *xmltree.Node) map[string]bool {
	all, holds := map[string]bool{}, map[string]bool{}
	for _, o := range objects.All("ExtrinsicObject") {
		holds[o.Attr("id")] = strings.HasSuffix(o.Attr("status"), ":Approved")
	}
	for _, a := range objects.All("Association") {
		kind := a.Attr("associationType")
		if kind = kind[strings.LastIndexByte(kind, ':')+1:]; (kind == "RPLC" || kind == "XFRM_RPLC") && holds[a.Attr("sourceObject")] {
			all[a.Attr("targetObject")] = true
		}
	}
	return all
}
