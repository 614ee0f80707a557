package xds

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/textproto"

	"mime/multipart"
)

// retrieve hands documents out: the XML as the first part, each document as a part of
// its own (MTOM).
func (s *Server) retrieve(w http.ResponseWriter, e envelope) {
	var found []*Document
	errors := ""
	for _, q := range e.Body.Retrieve.Requests {
		d := s.document(q.Unique, q.Repository)
		if d == nil || d.Offline {
			errors = registryError("XDSDocumentUniqueIdError", "Error")
			continue
		}
		found = append(found, d)
	}
	status := "Success"
	switch {
	case errors != "" && len(found) > 0:
		status = "PartialSuccess"
	case errors != "":
		status = "Failure"
	}
	out := multipart.NewWriter(w)
	w.Header().Set("Content-Type", `multipart/related; type="application/xop+xml"; start="<root@archive>"; start-info="application/soap+xml"; boundary="`+out.Boundary()+`"`)
	body := `<xdsb:RetrieveDocumentSetResponse xmlns:xdsb="urn:ihe:iti:xds-b:2007" xmlns:rs="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0" xmlns:xop="http://www.w3.org/2004/08/xop/include"><rs:RegistryResponse status="` +
		responseStatus(status) + `">` + errors + `</rs:RegistryResponse>`
	for i, d := range found {
		content := fmt.Sprintf(`<xop:Include href="cid:doc%d%%40archive"/>`, i)
		if s.Inline {
			content = base64.StdEncoding.EncodeToString(d.Body())
		}
		body += `<xdsb:DocumentResponse><xdsb:RepositoryUniqueId>` + esc(d.Repository) + `</xdsb:RepositoryUniqueId><xdsb:DocumentUniqueId>` + esc(d.Unique) +
			`</xdsb:DocumentUniqueId><xdsb:mimeType>` + esc(d.Mime) + `</xdsb:mimeType><xdsb:Document>` + content + `</xdsb:Document></xdsb:DocumentResponse>`
	}
	part(out, "<root@archive>", `application/xop+xml; charset=UTF-8; type="application/soap+xml"`,
		wrap("urn:ihe:iti:2007:RetrieveDocumentSetResponse", e, body+`</xdsb:RetrieveDocumentSetResponse>`))
	for i, d := range found {
		if !s.Inline {
			part(out, fmt.Sprintf("<doc%d@archive>", i), d.Mime, d.Body())
		}
	}
	_ = out.Close()
}

func part(out *multipart.Writer, id, kind string, body []byte) {
	p, err := out.CreatePart(textproto.MIMEHeader{"Content-Id": {id}, "Content-Type": {kind}, "Content-Transfer-Encoding": {"binary"}})
	if err == nil {
		_, _ = p.Write(body)
	}
}

func (s *Server) document(unique, repository string) *Document {
	for _, d := range s.documents {
		if d.Unique == unique && d.Repository == repository {
			return d
		}
	}
	return nil
}
