package resolvers

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/patchworkcare/patchwork/auth"
)

// mostBody is the largest request read, in bytes (assurance.md §6).
const mostBody = 64 << 10

// ServeHTTP answers POST /graphql with application/json in and out, or with events out
// (sse.go). Whoever is not signed in is told so before anything is parsed. GET does not
// execute.
func (x *Executor) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	if r.Method != http.MethodPost {
		h.Set("Allow", http.MethodPost)
		x.fail(w, r, http.StatusMethodNotAllowed, CodeMethodNotAllowed, "Send operations by POST")
		return
	}
	session := auth.SessionFrom(r.Context())
	if session == nil {
		x.fail(w, r, http.StatusUnauthorized, CodeUnauthenticated, "Sign in first")
		return
	}
	if !x.keepsPace(w, r, session) {
		return
	}
	if !plainJSON(r) {
		x.fail(w, r, http.StatusUnsupportedMediaType, CodeMediaType, "Send application/json in UTF-8, not compressed")
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostBody))
	if err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			x.fail(w, r, http.StatusRequestEntityTooLarge, CodeTooLarge, "An operation with its variables may have 64 KiB")
		}
		return
	}
	params := posted{RawParams: graphql.RawParams{ReadTime: graphql.TraceTiming{Start: graphql.Now(), End: graphql.Now()}}}
	if !params.read(body) {
		x.fail(w, r, http.StatusBadRequest, CodeBadInput, "The body is not a JSON object with query, variables and operationName, each once")
		return
	}
	params.Headers = r.Header
	var refused *notRun
	err = x.admit(r.Context(), &params)
	if errors.As(err, &refused) {
		x.fail(w, r, http.StatusOK, refused.code, refused.text)
		return
	}
	if err == nil {
		ctx, ready := x.prepare(r.Context(), &params.RawParams)
		r = r.WithContext(ctx)
		if subscribes := ready.subscribes(); streamed(r, subscribes) {
			x.serveSSE(w, r, &params.RawParams, subscribes)
			return
		}
	}
	var resp *graphql.Response
	if err == nil {
		resp, err = x.Run(r.Context(), &params.RawParams)
	}
	switch {
	case errors.Is(err, ErrAudit):
		h.Set("Retry-After", "5")
		x.fail(w, r, http.StatusServiceUnavailable, CodeAuditUnavailable, ErrAudit.Error())
		return
	case errors.Is(err, errOverloaded):
		x.failOverloaded(w, r)
		return
	case err != nil:
		x.fail(w, r, http.StatusBadRequest, CodeDeferNotSupported, err.Error())
		return
	}
	write(w, resp)
}

// write sends the answer as it is: Data is finished JSON and is not encoded again.
func write(w http.ResponseWriter, resp *graphql.Response) {
	head, data, tail := parts(resp)
	w.Header().Set("Content-Length", strconv.Itoa(len(head)+len(data)+len(tail)))
	for _, part := range [][]byte{head, data, tail} {
		_, _ = w.Write(part)
	}
}

func (x *Executor) fail(w http.ResponseWriter, r *http.Request, status int, code, text string) {
	e := &gqlerror.Error{Message: text, Extensions: told(r.Context(), map[string]any{"code": code})}
	body, err := json.Marshal(map[string]any{"errors": gqlerror.List{e}, "data": nil})
	if err != nil {
		body = []byte(`{"errors":[{"message":"internal error"}],"data":null}`)
	}
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
