package demo

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

// door is an HTTP server on a port of its own that can be shut, so that
// connecting is really refused, and opened again on the same port.
type door struct {
	mu      sync.Mutex
	handler http.Handler
	tls     *tls.Config // nil for plain HTTP
	addr    string
	server  *http.Server
	serving chan struct{} // closed when the accept loop of server has ended
	hold    func()        // lets go of the port kept while shut
	done    bool
}

// openDoor listens on a free port of loopback.
func openDoor(handler http.Handler) (*door, error) {
	d := &door{handler: handler, addr: "127.0.0.1:0"}
	return d, d.open()
}

func (d *door) url() string { return "http://" + d.addr }

// open listens; it does nothing on an open or finished door.
func (d *door) open() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.server != nil || d.done {
		return nil
	}
	d.release()
	listener, err := listen(d.addr)
	if err != nil {
		return err
	}
	d.addr = listener.Addr().String()
	server := &http.Server{Handler: d.handler, ReadHeaderTimeout: 10 * time.Second}
	if d.tls != nil {
		listener = tls.NewListener(listener, d.tls)
		server.ErrorLog = log.New(io.Discard, "", 0) // handshakes fail on purpose
	}
	serving := make(chan struct{})
	d.server, d.serving = server, serving
	go func() {
		defer close(serving)
		_ = server.Serve(listener)
	}()
	return nil
}

// listen tries for a moment: between letting go of a kept port and listening
// on it, somebody's outgoing connection may hold it.
func listen(addr string) (net.Listener, error) {
	for try := 0; ; try++ {
		listener, err := net.Listen("tcp", addr)
		if err == nil || try == 50 {
			return listener, err
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// shut refuses new connections and drops those there are, but keeps the port
// from being taken by others.
func (d *door) shut() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.server == nil {
		return nil
	}
	err := d.server.Close()
	<-d.serving
	d.server = nil
	if hold, heldErr := holdPort(d.addr); heldErr == nil {
		d.hold = hold
	}
	return err
}

// close ends the door for good, waiting for running requests until ctx ends.
func (d *door) close(ctx context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.done = true
	d.release()
	if d.server == nil {
		return nil
	}
	err := d.server.Shutdown(ctx)
	if err != nil {
		err = errors.Join(err, d.server.Close())
	}
	<-d.serving
	d.server = nil
	return err
}

func (d *door) release() {
	if d.hold != nil {
		d.hold()
		d.hold = nil
	}
}
