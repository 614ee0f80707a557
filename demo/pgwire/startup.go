package pgwire

import (
	"bufio"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"time"
)

// The numbers that stand where a start-up packet has its protocol version
// (PostgreSQL, "Message Formats").
const (
	protocol3     = 3 << 16
	cancelRequest = 80877102
	sslRequest    = 80877103
	gssRequest    = 80877104
)

// startupTime is how long a client may take to say who it is.
const startupTime = 10 * time.Second

// maxStartup is PostgreSQL's own bound for a start-up packet, in bytes.
const maxStartup = 10000

// serve runs one connection from its first byte to its last.
func (s *Server) serve(conn net.Conn) {
	_ = conn.SetDeadline(time.Now().Add(startupTime))
	r := bufio.NewReader(conn)
	// A client may ask for TLS and then for GSS encryption; more is a loop.
	for range 3 {
		code, body, err := readStartup(r)
		if err != nil {
			refuseStartup(conn, err)
			return
		}
		switch {
		case code == sslRequest || code == gssRequest:
			if _, err := conn.Write([]byte{'N'}); err != nil {
				return
			}
		case code == cancelRequest:
			s.cancel(body)
			return
		case code>>16 == 3:
			s.open(conn, r, code)
			return
		default:
			refuseStartup(conn, fmt.Errorf("unsupported frontend protocol %d.%d", code>>16, code&0xffff))
			return
		}
	}
}

// readStartup reads the one packet without a type byte. Its length is checked
// before anything is allocated.
func readStartup(r io.Reader) (uint32, []byte, error) {
	var head [8]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	n := int64(int32(binary.BigEndian.Uint32(head[:4])))
	if n < 8 || n > maxStartup {
		return 0, nil, fmt.Errorf("invalid length of startup packet: %d", n)
	}
	body := make([]byte, n-8)
	_, err := io.ReadFull(r, body)
	return binary.BigEndian.Uint32(head[4:]), body, err
}

func refuseStartup(conn net.Conn, err error) {
	var o output
	o.fail(&sqlError{code: "08P01", text: err.Error(), fatal: true})
	_, _ = conn.Write(o.b)
}

// open trusts whoever asks, greets them and runs their session.
func (s *Server) open(conn net.Conn, r *bufio.Reader, version uint32) {
	session := s.register(conn, r)
	if session == nil {
		return
	}
	defer s.unregister(session)
	greet(&session.out, version)
	o := &session.out
	o.begin('K')
	o.int32(session.process)
	o.b = append(o.b, session.secret[:]...)
	o.end()
	o.ready('I')
	_ = conn.SetDeadline(time.Time{})
	session.run()
}

// greet accepts the login and states the settings drivers look at.
func greet(o *output, version uint32) {
	if version != protocol3 {
		o.begin('v') // NegotiateProtocolVersion: 3.0 is all there is
		o.int32(protocol3)
		o.int32(0)
		o.end()
	}
	o.begin('R')
	o.int32(0)
	o.end()
	for _, p := range settings() {
		o.parameter(p[0], p[1])
	}
}

// settings are the run-time parameters reported at start and by SHOW.
func settings() [][2]string {
	return [][2]string{
		{"server_version", "14.0 (pas)"}, {"server_encoding", "UTF8"}, {"client_encoding", "UTF8"},
		{"standard_conforming_strings", "on"}, {"DateStyle", "ISO, DMY"}, {"IntervalStyle", "postgres"},
		{"integer_datetimes", "on"}, {"TimeZone", "Europe/London"}, {"is_superuser", "off"},
		{"default_transaction_read_only", "on"},
	}
}

func (s *Server) register(conn net.Conn, r *bufio.Reader) *session {
	session := newSession(s, conn, r)
	if _, err := rand.Read(session.secret[:]); err != nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last++
	session.process = s.last
	s.sessions[session.process] = session
	return session
}

func (s *Server) unregister(session *session) {
	session.end()
	s.mu.Lock()
	delete(s.sessions, session.process)
	s.mu.Unlock()
}

// cancel interrupts the query of the session whose number and secret are given.
// As in PostgreSQL, the asker is told nothing either way.
func (s *Server) cancel(body []byte) {
	f := fields{b: body}
	process, secret := f.int32(), f.take(4)
	if f.short {
		return
	}
	s.mu.Lock()
	session := s.sessions[process]
	s.mu.Unlock()
	if session != nil && session.secret == [4]byte(secret) {
		session.interrupt()
	}
}
