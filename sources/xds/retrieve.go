package xds

import (
	"bytes"
	"context"
	"crypto/sha1" //nolint:gosec // the profile's own hash of a document's content
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"strings"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

// OpenDocument implements sources.DocumentOpener: one document of one of the configured
// repositories (ITI-43). The repository does not say whom a document is about: that was
// the registry's word, and it is held against the document's own by who shows it.
func (s *source) OpenDocument(ctx context.Context, _, ref string, take func(sources.Document) error) error {
	var r reference
	if json.Unmarshal([]byte(ref), &r) != nil || r.Unique == "" {
		return sources.DocumentGone()
	}
	address := s.Repositories[r.Repository]
	if address == "" {
		return sources.DocumentGone()
	}
	community := ""
	if r.Community != "" {
		community = "<xdsb:HomeCommunityId>" + escape(r.Community) + "</xdsb:HomeCommunityId>"
	}
	kind, body := packed(envelope("urn:ihe:iti:2007:RetrieveDocumentSet", address,
		`<xdsb:RetrieveDocumentSetRequest xmlns:xdsb="urn:ihe:iti:xds-b:2007"><xdsb:DocumentRequest>`+community+`<xdsb:RepositoryUniqueId>`+escape(r.Repository)+
			`</xdsb:RepositoryUniqueId><xdsb:DocumentUniqueId>`+escape(r.Unique)+`</xdsb:DocumentUniqueId></xdsb:DocumentRequest></xdsb:RetrieveDocumentSetRequest>`))
	return s.env.Call(ctx, func(ctx context.Context) error {
		resp, err := s.post(ctx, address, kind+`; action="urn:ihe:iti:2007:RetrieveDocumentSet"`, body)
		if err != nil {
			return err
		}
		defer func() { _ = resp.Body.Close() }()
		if err := s.client.Failure(resp); err != nil {
			return err
		}
		m, err := readMessage(resp.Header.Get("Content-Type"), resp.Body, s.MaxBody)
		if err != nil {
			return err
		}
		d, err := handed(m, r)
		if err != nil {
			return err
		}
		d.Body = &checked{from: d.Body, sum: sha1.New(), want: r.Hash} //nolint:gosec // IHE ITI TF-3 §4.2: a document's hash is SHA-1, against damage and not against malice
		return take(d)
	})
}

// handed is the document in an answer, if it is the one that was asked for.
func handed(m *message, r reference) (d sources.Document, err error) {
	n, err := answered(m.xml, "RetrieveDocumentSetResponse")
	if err != nil {
		return d, err
	}
	status := n.Child("RegistryResponse").Attr("status")
	responses := n.All("DocumentResponse")
	switch status[strings.LastIndexByte(status, ':')+1:] {
	case "Success", "PartialSuccess":
	case "Failure":
		return d, retrieveFailure(n.Child("RegistryResponse", "RegistryErrorList").All("RegistryError"))
	default:
		return d, httpfault.Malformed("no-status", "Its answer does not say whether it is one")
	}
	if len(responses) != 1 || responses[0].Child("DocumentUniqueId").Words() != r.Unique ||
		responses[0].Child("RepositoryUniqueId").Words() != r.Repository {
		return d, httpfault.Malformed("other-document", "It handed out another document than was asked for")
	}
	d.ContentType, d.Size = responses[0].Child("mimeType").Words(), -1
	d.Body, err = content(m, responses[0].Child("Document"))
	return d, err
}

// content is the document's bytes: a part of the message, or base64 in its place.
func content(m *message, n *xmltree.Node) (io.Reader, error) {
	if include := n.Child("Include"); include != nil {
		return m.part(include.Attr("href"))
	}
	if n == nil || strings.TrimSpace(n.Text) == "" {
		return nil, httpfault.Malformed("empty", "It handed out a document without content")
	}
	raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(n.Text), ""))
	if err != nil {
		return nil, httpfault.Malformed("not-base64", "The document cannot be unpacked")
	}
	return bytes.NewReader(raw), nil
}

// checked holds a document against the hash that the registry gave for it, which is
// known at its end only: what differs then is broken off.
type checked struct {
	from io.Reader
	sum  hash.Hash
	want string
}

// Read implements io.Reader.
func (c *checked) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	_, _ = c.sum.Write(p[:n]) // a hash takes everything
	if errors.Is(err, io.EOF) && c.want != "" && hex.EncodeToString(c.sum.Sum(nil)) != c.want {
		return n, httpfault.Malformed("hash", "The document is not the one that its registry speaks of")
	}
	return n, err
}
