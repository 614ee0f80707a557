package resolvers

import (
	"context"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/patchworkcare/patchwork/auth"
)

// Answers as server-sent events: the protocol "GraphQL over SSE", distinct connections
// mode. Each answer is an event `next`; `complete` is the end. A stream that ends without
// it broke off: open it again.

// stalled is how long a reader may take nothing before its stream is cut, so that one who
// sleeps holds no memory of ours.
const stalled = 10 * time.Second

// sse writes events. It is used by one goroutine.
type sse struct {
	w    http.ResponseWriter
	conn *http.ResponseController
	// patience is how long a reader may take nothing.
	patience time.Duration
}

// openSSE begins the answer.
func openSSE(w http.ResponseWriter) *sse {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no") // proxies hand on each event at once
	h.Set("Connection", "close")     // its deadlines are nobody else's
	s := &sse{w: w, conn: http.NewResponseController(w), patience: stalled}
	w.WriteHeader(http.StatusOK)
	return s
}

// next sends an answer.
func (s *sse) next(resp *graphql.Response) error {
	head, data, tail := parts(resp)
	return s.write([]byte("event: next\ndata: "), head, data, tail, []byte("\n\n"))
}

// refuse sends an error as the last answer.
func (s *sse) refuse(ctx context.Context, code, text string) {
	e := &gqlerror.Error{Message: text, Extensions: told(ctx, map[string]any{"code": code})}
	_ = s.next(&graphql.Response{Errors: gqlerror.List{e}})
	s.complete()
}

// complete says that nothing more comes.
func (s *sse) complete() { _ = s.write([]byte("event: complete\ndata:\n\n")) }

// beat says that the stream is open, for what stands between.
func (s *sse) beat() error { return s.write([]byte(":\n\n")) }

func (s *sse) write(parts ...[]byte) error {
	if err := s.conn.SetWriteDeadline(time.Now().Add(s.patience)); err != nil {
		return err
	}
	for _, part := range parts {
		if _, err := s.w.Write(part); err != nil {
			return err
		}
	}
	return s.conn.Flush()
}

// parts are the JSON of an answer: Data is finished JSON and is not encoded again.
func parts(resp *graphql.Response) (head, data, tail []byte) {
	head, data, tail = []byte(`{"data":`), []byte(resp.Data), []byte("}")
	if len(resp.Errors) > 0 {
		errs, err := json.Marshal(resp.Errors)
		if err != nil {
			errs = []byte(`[{"message":"the errors could not be written"}]`)
		}
		head = append(append([]byte(`{"errors":`), errs...), `,"data":`...)
	}
	if data == nil {
		data = []byte("null")
	}
	if len(resp.Extensions) > 0 {
		if ext, err := json.Marshal(resp.Extensions); err == nil {
			tail = append(append([]byte(`,"extensions":`), ext...), '}')
		}
	}
	return head, data, tail
}

// streamed reports whether an operation is to be answered by events: if that is all the
// caller takes, or the caller takes it too and one answer would not do.
func streamed(r *http.Request, subscribes bool) bool {
	events, other := false, false
	for _, header := range r.Header.Values("Accept") {
		for part := range strings.SplitSeq(header, ",") {
			switch t, _, err := mime.ParseMediaType(strings.TrimSpace(part)); {
			case err != nil:
			case t == "text/event-stream":
				events = true
			default:
				other = true
			}
		}
	}
	return events && (!other || subscribes)
}

// serveSSE answers by events.
func (x *Executor) serveSSE(w http.ResponseWriter, r *http.Request, p *graphql.RawParams, subscribes bool) {
	ctx := r.Context()
	if !subscribes {
		resp, err := x.Run(ctx, p)
		s := openSSE(w)
		switch {
		case errors.Is(err, ErrAudit):
			s.refuse(ctx, CodeAuditUnavailable, ErrAudit.Error())
		case err != nil:
			s.refuse(ctx, CodeDeferNotSupported, err.Error())
		case s.next(resp) == nil:
			s.complete()
		}
		return
	}
	leave, err := x.streams.begin(auth.SessionFrom(ctx))
	switch {
	case errors.Is(err, errStreamsEach):
		w.Header().Set("Retry-After", "30")
		x.fail(w, r, http.StatusTooManyRequests, CodeTooManyStreams, err.Error())
		return
	case err != nil:
		w.Header().Set("Retry-After", "30")
		x.fail(w, r, http.StatusServiceUnavailable, CodeTooManyStreams, err.Error())
		return
	}
	defer leave()
	x.follow(ctx, p, openSSE(w))
}

// fitsStream says why a subscription cannot be answered: there is no stream, or it does
// not follow one thing (GraphQL §5.2.3.1).
func fitsStream(oc *graphql.OperationContext, streaming bool) gqlerror.List {
	e := &gqlerror.Error{Extensions: map[string]any{}}
	roots := graphql.CollectFields(oc, oc.Operation.SelectionSet, []string{"Subscription"})
	switch {
	case !streaming:
		e.Message, e.Extensions["code"] = "A subscription is answered by events: send `Accept: text/event-stream`", CodeNeedsStream
	case len(roots) != 1 || strings.HasPrefix(roots[0].Name, "__"):
		e.Message, e.Extensions["code"] = "A subscription follows one thing: select exactly one field of Subscription", CodeValidationFailed
	default:
		return nil
	}
	return gqlerror.List{e}
}
