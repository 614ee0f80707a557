package dochttp

import (
	"net/http"
	"strconv"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// OtherPatient is the error of an answer that is about somebody else.
func OtherPatient() *sources.Error {
	return &sources.Error{Kind: sources.WrongPatient, Code: "wrong-patient", Reason: "The document is about another person; nothing of it is shown"}
}

// Failure is the error for a status that is no success; nil for 200.
func (c *Client) Failure(r *http.Response) error {
	if e := httpfault.ByStatus(r.StatusCode, httpfault.RetryAfter(r.Header, c.now())); e != nil {
		return e
	}
	switch r.StatusCode {
	case http.StatusOK:
		return nil
	case http.StatusNoContent:
		return httpfault.Empty()
	}
	return httpfault.Malformed("http-"+strconv.Itoa(r.StatusCode), "It gave an answer that is not understood")
}

// Safely keeps a fault of ours in reading one answer from ending the whole server: the
// answer counts as not understood.
func Safely(do func(), failed func(error)) {
	defer func() {
		if recover() != nil {
			failed(httpfault.Malformed("unreadable", "Its answer could not be read"))
		}
	}()
	do()
}
