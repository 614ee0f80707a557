package sources

import (
	"context"
	"errors"
	"io"

	"github.com/patchworkcare/patchwork/record"
)

// Document is a document on its way from a system: what record.Document.Reference
// points to. It is streamed and never kept.
type Document struct {
	// ContentType is the media type that the system states with the content; "" if it
	// states none.
	ContentType string
	// Size is how many bytes there will be; -1 if that is not known beforehand.
	Size int64
	// Body are the bytes themselves, unpacked.
	Body io.Reader
}

// DocumentOpener is a Source that can hand out the documents it has told of. It is
// optional, found by assertion like Finder.
type DocumentOpener interface {
	// OpenDocument reads the document that reference names, which was the Reference of
	// a record.Document about the person called localID, and gives it to take while it
	// is being read: Body ends with take. What take returns is returned. The reading of
	// Body is part of the call (Env.Call), so that the cap on calls and the breaker see
	// it. A reference leads to nothing but a document of this very system, whatever
	// stands in it; and where the system says whom the document is about, that is
	// localID, or the answer is WrongPatient.
	OpenDocument(ctx context.Context, localID, reference string, take func(Document) error) error
}

// ErrNoDocuments is the Cause when a source does not hand out documents.
var ErrNoDocuments = errors.New("the source hands out no documents")

// DocumentGone is what is said of a document that the system no longer has.
func DocumentGone() *Error {
	return &Error{Kind: Refused, Code: "document-gone", Reason: "It no longer has this document"}
}

// DocumentTooLarge is what is said of a document beyond Settings.Documents.Bytes.
func DocumentTooLarge() *Error {
	return &Error{Kind: Malformed, Code: "too-large", Reason: "The document is larger than is read"}
}

// CanOpen reports whether the source hands out documents.
func (s *System) CanOpen() bool {
	_, ok := s.source.(DocumentOpener)
	return ok
}

// opens words whether a document can be opened, where the connector could not know:
// this source may hand out none, and its kind may be one that is not shown.
func (s *System) opens(d *record.Document) {
	switch {
	case d.Reference == "" && d.Content.Reason == "", !s.CanOpen():
		d.Content = record.DocumentContent{Reason: "This system does not hand out the document itself"}
	case d.Reference == "":
		d.Content.Opens = false
	case record.DocumentKindOf(d.ContentType) == record.NoDocumentKind:
		d.Content = record.DocumentContent{Reason: "It is of a kind that is not shown here"}
	default:
		d.Content = record.DocumentContent{Opens: true}
	}
}
