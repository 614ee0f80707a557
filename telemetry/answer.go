package telemetry

import (
	"net/http"
	"strconv"
)

// answer notes the status that an answer has. Everything else a connection can do is reached
// through Unwrap (http.ResponseController, the sockets' library).
type answer struct {
	http.ResponseWriter
	status int
}

// WriteHeader notes the status.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 && (status >= 200 || status == http.StatusSwitchingProtocols) {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write is of a 200 if nothing else was said.
func (a *answer) Write(b []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	return a.ResponseWriter.Write(b)
}

// Unwrap gives the connection's own writer.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// told is the status as a label; "none" where nothing was answered.
func (a *answer) told() string {
	if a.status == 0 {
		return "none"
	}
	return strconv.Itoa(a.status)
}
