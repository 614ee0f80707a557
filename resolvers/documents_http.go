package resolvers

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/documents"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// mostAsked is the largest question for a document, in bytes.
const mostAsked = 4 << 10

// documentPolicy is the content security policy of a document that a browser shows by
// itself: it runs nothing, loads nothing and is of no origin.
var documentPolicy = "sandbox; frame-ancestors 'none'; " + documents.PagePolicy()

// Documents answers POST /documents with {"patient": …, "document": …}: the document
// itself, or an error as JSON. Ids stand in the body, because addresses end up in the
// logs of proxies.
func (x *Executor) Documents() http.Handler {
	return http.HandlerFunc(x.serveDocument)
}

func (x *Executor) serveDocument(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	patientID, documentID, err := whichDocument(w, r)
	if err != nil {
		x.refuseDocument(w, r, err)
		return
	}
	leave, err := x.papers.begin(auth.SessionFrom(r.Context()))
	if err != nil {
		x.refuseDocument(w, r, notOpened(CodeTooManyDocuments, "Too many documents are being opened: close one, or try again in a moment"))
		return
	}
	defer leave()
	found, err := x.findDocument(r.Context(), patientID, documentID)
	if err != nil {
		x.refuseDocument(w, r, err)
		return
	}
	x.sendDocument(w, r, found)
}

// whichDocument reads the question.
func whichDocument(w http.ResponseWriter, r *http.Request) (patientID, documentID string, err error) {
	bad := notOpened(CodeBadInput, `Send {"patient": "…", "document": "…"} as application/json`)
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return "", "", notOpened(CodeMethodNotAllowed, "Ask for documents by POST")
	}
	if auth.SessionFrom(r.Context()) == nil {
		return "", "", notOpened(CodeUnauthenticated, "Sign in first")
	}
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || t != "application/json" {
		return "", "", bad
	}
	var q struct{ Patient, Document string }
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, mostAsked))
	if decoder.Decode(&q) != nil || decoder.More() || q.Patient == "" || q.Document == "" {
		return "", "", bad
	}
	return q.Patient, q.Document, nil
}

// sendDocument opens the document and sends it. Until the first byte is sent every
// failure is an error with a code; after it the connection is broken off, so that no
// half document reads as a whole one.
func (x *Executor) sendDocument(w http.ResponseWriter, r *http.Request, found *paper) {
	began := time.Now()
	opened, err := found.open(r.Context())
	x.watch.opened(r.Context(), found.system, began, err)
	if err != nil {
		x.refuseDocument(w, r, err)
		return
	}
	defer func() { _ = opened.Close() }()
	body := bufio.NewReaderSize(opened, documents.Head)
	head, err := body.Peek(documents.Head)
	if err != nil && !errors.Is(err, io.EOF) {
		x.refuseDocument(w, r, err)
		return
	}
	declared := declaredType(found.entry.ContentType, opened.ContentType)
	kind, err := documents.Judge(declared, head)
	if err != nil {
		x.refuseDocument(w, r, err)
		return
	}
	var from io.Reader = body
	size := opened.Size
	if documents.Cleaned(kind) {
		safe, err := documents.Clean(kind, declared, found.entry.Title, body)
		if err == nil && !about(found, safe.Subjects) {
			err = &sources.Error{Kind: sources.WrongPatient, Code: "wrong-patient", Reason: "The document is about another person; nothing of it is shown"}
			x.resolver.Log.Error("wrong patient: document dropped", "source", found.system.Origin().ID)
		}
		if err != nil {
			x.refuseDocument(w, r, err)
			return
		}
		from, size = strings.NewReader(string(safe.Body)), int64(len(safe.Body))
	}
	h := w.Header()
	h.Set("Content-Type", kind.MediaType())
	h.Set("Content-Security-Policy", documentPolicy)
	h.Set("Content-Disposition", disposition(kind, found.entry.Title))
	if size >= 0 {
		h.Set("Content-Length", strconv.FormatInt(size, 10))
	}
	w.WriteHeader(http.StatusOK)
	if err := carry(r.Context(), w, from); err != nil {
		x.resolver.Log.Info("a document was not sent to its end", "request", auth.CallerFrom(r.Context()).RequestID, "source", found.system.Origin().ID)
		panic(http.ErrAbortHandler)
	}
}

// declaredType is what the document is said to be: by its entry, or, where that says
// nothing, by the answer. Where both say something and differ, it is neither.
func declaredType(entry, answer string) string {
	a, b := record.DocumentKindOf(entry), record.DocumentKindOf(answer)
	switch {
	case a == record.Undeclared:
		return answer
	case b == record.Undeclared:
		return entry
	case a != b:
		return "application/x-contradictory"
	}
	if strings.Contains(answer, ";") { // the answer knows its character set best
		return answer
	}
	return entry
}

// about reports whether a document may be about the person, by what it says itself.
func about(found *paper, subjects []record.NHSNumber) bool {
	return len(subjects) == 0 || found.person.NHSNumber == "" || slices.Contains(subjects, found.person.NHSNumber)
}

// carry copies to a browser. One that takes nothing for a while is cut: it holds one of
// the source's calls.
func carry(ctx context.Context, w http.ResponseWriter, from io.Reader) error {
	conn := http.NewResponseController(w)
	buf := make([]byte, 32<<10)
	for ctx.Err() == nil {
		n, err := from.Read(buf)
		if n > 0 {
			if err := conn.SetWriteDeadline(time.Now().Add(stalled)); err != nil {
				return err
			}
			if _, err := w.Write(buf[:n]); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return conn.SetWriteDeadline(time.Time{})
		case err != nil:
			return err
		}
	}
	return ctx.Err()
}

// refuseDocument sends why a document is not shown.
func (x *Executor) refuseDocument(w http.ResponseWriter, r *http.Request, err error) {
	status, code, message := worded(err)
	if status == 0 {
		x.resolver.Log.Error("document failed", "request", auth.CallerFrom(r.Context()).RequestID, "type", typeName(err))
		status, code, message = http.StatusInternalServerError, CodeInternal, "Something went wrong here; the request id leads to the details"
	}
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	if status == http.StatusServiceUnavailable {
		h.Set("Retry-After", "5")
	}
	type problem struct {
		Code      string `json:"code"`
		Message   string `json:"message"`
		RequestID string `json:"requestId,omitempty"`
		Retryable bool   `json:"retryable"`
	}
	body, err := json.Marshal(map[string]problem{"error": {code, message, auth.CallerFrom(r.Context()).RequestID, Retryable(code)}})
	if err != nil {
		body = []byte(`{"error":{"code":"INTERNAL","message":"Something went wrong here"}}`)
	}
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// worded is an error as readers may see it; status 0 for one that does not word itself.
func worded(err error) (status int, code, message string) {
	var refused *DocumentError
	var problem *documents.Problem
	var source *sources.Error
	switch {
	case errors.Is(err, ErrAudit):
		return http.StatusServiceUnavailable, CodeAuditUnavailable, ErrAudit.Error()
	case errors.As(err, &refused):
		return statuses[refused.Code], refused.Code, refused.Message
	case errors.As(err, &problem):
		return http.StatusUnprocessableEntity, problem.Code, problem.Reason
	case errors.As(err, &source):
		return bySource(source)
	}
	return 0, "", ""
}

// bySource words what a source says or does not say.
func bySource(e *sources.Error) (status int, code, message string) {
	switch {
	case e.Kind == sources.WrongPatient:
		return http.StatusBadGateway, CodeMismatched, e.Reason
	case e.Code == "document-gone":
		return http.StatusNotFound, CodeDocumentNotFound, e.Reason
	case e.Code == "too-large":
		return http.StatusUnprocessableEntity, documents.CodeTooLarge, e.Reason
	case e.Kind == sources.Timeout:
		return http.StatusGatewayTimeout, CodeUnavailable, e.Reason
	case e.Kind == sources.Malformed:
		return http.StatusBadGateway, documents.CodeUnreadable, e.Reason
	}
	return http.StatusBadGateway, CodeUnavailable, e.Reason
}

// CodeTooManyDocuments: close one, or try later.
const CodeTooManyDocuments = "TOO_MANY_DOCUMENTS"

// statuses are those of HTTP for the codes of this surface.
var statuses = map[string]int{
	CodeBadInput: http.StatusBadRequest, CodeMethodNotAllowed: http.StatusMethodNotAllowed, CodeUnauthenticated: http.StatusUnauthorized,
	CodeForbidden: http.StatusForbidden, CodeWithheld: http.StatusForbidden, CodePatientNotFound: http.StatusNotFound,
	CodeDocumentNotFound: http.StatusNotFound, CodeNotOffered: http.StatusUnprocessableEntity, CodeUnavailable: http.StatusBadGateway,
	CodeTooManyDocuments: http.StatusTooManyRequests, CodeInternal: http.StatusInternalServerError,
}

// presented keeps the words of an error of the graph.
func presented(err error) error {
	var e *gqlerror.Error
	if errors.As(err, &e) {
		if code, ok := e.Extensions["code"].(string); ok && statuses[code] != 0 {
			return notOpened(code, e.Message)
		}
	}
	return err
}

// disposition names the file: what a browser cannot show it keeps.
func disposition(kind record.DocumentKind, title string) string {
	how := "attachment"
	if kind.Shown() {
		how = "inline"
	}
	if s := mime.FormatMediaType(how, map[string]string{"filename": fileName(kind, title)}); s != "" {
		return s
	}
	return how
}

// endings are those of file names.
var endings = map[record.DocumentKind]string{
	record.PDF: "pdf", record.PNG: "png", record.JPEG: "jpg", record.GIF: "gif", record.WebP: "webp", record.TIFF: "tiff",
	record.RTF: "rtf", record.PlainText: "txt", record.HTML: "html", record.CDA: "html",
}

// fileName is a title as a file name: letters, digits, blanks, hyphens, and our own ending.
func fileName(kind record.DocumentKind, title string) string {
	var b strings.Builder
	for _, c := range title {
		switch {
		case c == '-' || c == ' ' || c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			b.WriteRune(c)
		default:
			b.WriteByte('-')
		}
		if b.Len() >= 80 {
			break
		}
	}
	name := strings.Trim(strings.Join(strings.Fields(b.String()), " "), "- ")
	if cut := strings.TrimSuffix(name, "-"+endings[kind]); cut != name {
		name = cut
	}
	if name == "" {
		name = "document"
	}
	return name + "." + endings[kind]
}
