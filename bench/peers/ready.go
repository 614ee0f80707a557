package peers

import (
	"errors"
	"net"
	"net/http"
	"strings"
	"time"
)

// freePort is a port of loopback that nobody has at the moment.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, errors.Join(err, l.Close())
}

// ready waits until a server that does not say so answers.
func (r *Running) ready() (*Running, error) {
	for until := time.Now().Add(patience); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		for _, p := range r.Processes {
			if err := p.Ended(); err != nil {
				r.Stop()
				return nil, err
			}
		}
		resp, err := http.Post(r.URL, "application/json", strings.NewReader(`{"query":"{ __typename }"}`))
		if err != nil {
			continue
		}
		_ = resp.Body.Close()
		if resp.StatusCode == http.StatusOK {
			return r, nil
		}
	}
	r.Stop()
	return nil, errors.New("it did not get ready in time")
}
