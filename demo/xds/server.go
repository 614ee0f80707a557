package xds

import (
	"bytes"
	"encoding/xml"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// The paths under which the two answer.
const (
	Registry   = "/xds/registry"
	Repository = "/xds/repository"
)

// Options say what the archive is like.
type Options struct {
	// Authority is the OID under which the affinity domain numbers people.
	Authority string
	// Partial says with every answer that another part of the archive did not answer.
	Partial bool
	// Inline hands documents out within the XML, as some repositories do.
	Inline bool
	// Most is how many entries one query may give; 0 is without limit.
	Most int
}

// Server is the archive.
type Server struct {
	Options
	documents []*Document
	people    []string // in the order of their first document
}

// New makes an archive of documents.
func New(documents []Document, o Options) *Server {
	s := &Server{Options: o}
	for i := range documents {
		d := &documents[i]
		if d.Body != nil {
			d.Body = sync.OnceValue(d.Body) // the same bytes for the hash as for whoever reads
		}
		s.documents = append(s.documents, d)
		if !slices.Contains(s.people, d.Patient) {
			s.people = append(s.people, d.Patient)
		}
	}
	return s
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.Serve(w, r, "") }

// Serve answers with a fault of the format, one of "wrong-patient", "mixed-patients",
// "duplicates" and "outcome-in-200"; "" is none.
func (s *Server) Serve(w http.ResponseWriter, r *http.Request, fault string) {
	if r.Method != http.MethodPost || (r.URL.Path != Registry && r.URL.Path != Repository) {
		http.Error(w, "there is nothing here", http.StatusNotFound)
		return
	}
	var e envelope
	if err := read(r, &e); err != nil {
		soapFault(w, http.StatusBadRequest, "env:Sender", "it cannot be read")
		return
	}
	if fault == "outcome-in-200" {
		soapFault(w, http.StatusOK, "env:Receiver", "the archive is being maintained")
		return
	}
	switch {
	case r.URL.Path == Registry && e.Body.Query != nil:
		s.query(w, e, fault)
	case r.URL.Path == Repository && e.Body.Retrieve != nil:
		s.retrieve(w, e)
	default:
		soapFault(w, http.StatusInternalServerError, "env:Sender", "the action is not supported here")
	}
}

// envelope is a request, as far as it matters.
type envelope struct {
	Header struct {
		MessageID string `xml:"MessageID"`
		Action    string `xml:"Action"`
	} `xml:"Header"`
	Body struct {
		Query    *storedQuery `xml:"AdhocQueryRequest"`
		Retrieve *struct {
			Requests []struct {
				Repository string `xml:"RepositoryUniqueId"`
				Unique     string `xml:"DocumentUniqueId"`
			} `xml:"DocumentRequest"`
		} `xml:"RetrieveDocumentSetRequest"`
	} `xml:"Body"`
}

type storedQuery struct {
	Adhoc struct {
		ID    string `xml:"id,attr"`
		Slots []struct {
			Name   string   `xml:"name,attr"`
			Values []string `xml:"ValueList>Value"`
		} `xml:"Slot"`
	} `xml:"AdhocQuery"`
}

// values are the texts of a parameter's lists: ('a','b') gives a and b.
func (q *storedQuery) values(name string) (all []string) {
	for _, slot := range q.Adhoc.Slots {
		if slot.Name != name {
			continue
		}
		for _, v := range slot.Values {
			v = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(v), "("), ")")
			for one := range strings.SplitSeq(v, ",") {
				all = append(all, strings.Trim(strings.TrimSpace(one), "'"))
			}
		}
	}
	return all
}

// read takes the envelope out of a request, packed as MTOM or not.
func read(r *http.Request, e *envelope) error {
	body := io.Reader(http.MaxBytesReader(nil, r.Body, 1<<20))
	if kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err == nil && strings.HasPrefix(kind, "multipart/") {
		part, err := multipart.NewReader(body, params["boundary"]).NextPart()
		if err != nil {
			return err
		}
		body = part
	}
	return xml.NewDecoder(body).Decode(e)
}

const head = `<?xml version="1.0" encoding="UTF-8"?><env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://www.w3.org/2005/08/addressing"><env:Header>`

// wrap puts a body into an envelope that answers the request.
func wrap(action string, e envelope, body string) []byte {
	var b bytes.Buffer
	b.WriteString(head + `<wsa:Action env:mustUnderstand="true">` + action + `</wsa:Action><wsa:RelatesTo>` + esc(e.Header.MessageID) +
		`</wsa:RelatesTo></env:Header><env:Body>` + body + `</env:Body></env:Envelope>`)
	return b.Bytes()
}

func soapFault(w http.ResponseWriter, status int, code, reason string) {
	w.Header().Set("Content-Type", "application/soap+xml; charset=UTF-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, head+`</env:Header><env:Body><env:Fault><env:Code><env:Value>`+code+`</env:Value></env:Code><env:Reason><env:Text xml:lang="en">`+
		esc(reason)+`</env:Text></env:Reason></env:Fault></env:Body></env:Envelope>`)
}

// Unwell writes an error status as the archive words it.
func (s *Server) Unwell(w http.ResponseWriter, status int) {
	code := "env:Receiver"
	if status < 500 {
		code = "env:Sender"
	}
	soapFault(w, status, code, http.StatusText(status))
}
