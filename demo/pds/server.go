package pds

import (
	"bytes"
	"crypto/rsa"
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Base is the path under which the FHIR API answers.
const Base = "/personal-demographics/FHIR/R4"

// Options say who may ask, and how often.
type Options struct {
	// Client is the API key of the application that may ask, Key its public key and KeyID
	// the key's kid. Without a Client everybody may, as in the sandbox.
	Client, KeyID string
	Key           *rsa.PublicKey
	// UserToken is an access token of a healthcare worker, who may find many.
	UserToken string
	// PerSecond is how many requests a second are answered; 0 is without limit.
	PerSecond int
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// Server is the register.
type Server struct {
	Options
	people   []*Person
	byNumber map[string]*Person

	mu     sync.Mutex
	tokens map[string]time.Time // until when
	used   map[string]bool      // ids of assertions
	second int64
	asked  int // in that second
}

// New makes a register of people.
func New(people []Person, o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Server{Options: o, byNumber: map[string]*Person{}, tokens: map[string]time.Time{}, used: map[string]bool{}}
	for i := range people {
		p := &people[i]
		s.people = append(s.people, p)
		for _, n := range p.Replaced {
			s.byNumber[n] = p
		}
	}
	for _, p := range s.people {
		s.byNumber[p.Number] = p
	}
	return s
}

// Revoke ends every access token, as the platform may at any time.
func (s *Server) Revoke() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.tokens)
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.Serve(w, r, "") }

// Serve answers with a fault of the format, one of "wrong-patient", "mixed-patients",
// "duplicates" and "outcome-in-200"; "" is none.
func (s *Server) Serve(w http.ResponseWriter, r *http.Request, fault string) {
	switch path := strings.TrimPrefix(r.URL.Path, Base); {
	case r.URL.Path == "/personal-demographics/_ping" && r.Method == http.MethodGet:
		write(w, http.StatusOK, "application/json", object{"version": "demo"})
	case r.URL.Path == "/oauth2/token" && r.Method == http.MethodPost:
		s.token(w, r)
	case r.Method != http.MethodGet:
		fail(w, http.StatusMethodNotAllowed, "UNSUPPORTED_SERVICE", "Unsupported Service", "")
	case path == "/Patient":
		s.answer(w, r, fault, s.search)
	case strings.HasPrefix(path, "/Patient/") && r.URL.Path != path:
		s.answer(w, r, fault, s.read)
	default:
		http.NotFound(w, r) // the platform's own, not the register's
	}
}

// problem is an answer that is an OperationOutcome.
type problem struct {
	status                     int
	code, display, diagnostics string
}

var uuid = regexp.MustCompile(`^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`)

// answer checks who asks, and answers.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, fault string, do func(*http.Request, access, string) (object, *problem)) {
	for _, name := range []string{"X-Request-ID", "X-Correlation-ID"} {
		if id := r.Header.Get(name); id != "" {
			w.Header().Set(name, id)
		}
	}
	if !s.within() {
		w.Header().Set("Retry-After", "1")
		fail(w, http.StatusTooManyRequests, "TOO_MANY_REQUESTS", "Too many requests", "You have exceeded your application's rate limit")
		return
	}
	who, bad := s.admit(r)
	if bad == nil {
		if id := r.Header.Get("X-Request-ID"); id == "" {
			bad = &problem{400, "MISSING_VALUE", "Required value is missing", "Invalid request with error - X-Request-ID header must be supplied to access this resource"}
		} else if !uuid.MatchString(id) {
			bad = &problem{400, "INVALID_VALUE", "Provided value is invalid", "Invalid value in header 'X-Request-ID'"}
		}
	}
	if bad == nil && fault == "outcome-in-200" {
		bad = &problem{200, "UNABLE_TO_CALL_SERVICE", "Unable to call service", ""}
	}
	var body object
	if bad == nil {
		body, bad = do(r, who, fault)
	}
	if bad != nil {
		fail(w, bad.status, bad.code, bad.display, bad.diagnostics)
		return
	}
	w.Header().Set("ETag", `W/"2"`)
	write(w, http.StatusOK, "application/fhir+json", body)
}

// within counts a request and reports whether it is within the limit.
func (s *Server) within() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now := s.Now().Unix(); now != s.second {
		s.second, s.asked = now, 0
	}
	s.asked++
	return s.PerSecond <= 0 || s.asked <= s.PerSecond
}

func (s *Server) read(r *http.Request, _ access, fault string) (object, *problem) {
	number := strings.TrimPrefix(r.URL.Path, Base+"/Patient/")
	if !valid(number) {
		return nil, &problem{400, "INVALID_RESOURCE_ID", "Resource Id is invalid", ""}
	}
	p := s.byNumber[number]
	switch {
	case p == nil:
		return nil, &problem{404, "RESOURCE_NOT_FOUND", "Resource not found", ""}
	case p.Invalid:
		return nil, &problem{404, "INVALIDATED_RESOURCE", "Resource that has been marked as invalid was requested - invalid resources cannot be retrieved", ""}
	case fault == "wrong-patient":
		p = s.other(p)
	}
	return p.resource(false), nil
}

// other is somebody else.
func (s *Server) other(p *Person) *Person {
	for i, x := range s.people {
		if x == p {
			return s.people[(i+1)%len(s.people)]
		}
	}
	return p
}

// valid reports whether a number is ten digits with their check digit.
func valid(number string) bool {
	if len(number) != 10 {
		return false
	}
	sum := 0
	for i, digit := range number {
		if digit < '0' || digit > '9' {
			return false
		}
		if i < 9 {
			sum += int(digit-'0') * (10 - i)
		}
	}
	return strconv.Itoa((11-sum%11)%11) == number[9:]
}

func write(w http.ResponseWriter, status int, kind string, body object) {
	text, _ := json.Marshal(body) // strings, numbers and lists of them
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	_, _ = w.Write(bytes.TrimSpace(text))
}

// fail words an error as the register does.
func fail(w http.ResponseWriter, status int, code, display, diagnostics string) {
	severity, kind := "error", map[int]string{400: "value", 401: "forbidden", 403: "forbidden", 404: "not-found", 429: "throttled"}[status]
	if kind == "" {
		kind = "processing"
	}
	if status < 300 {
		severity, kind = "information", "multiple-matches"
	}
	issue := object{"severity": severity, "code": kind, "details": object{"coding": list{object{
		"system": "https://fhir.nhs.uk/R4/CodeSystem/Spine-ErrorOrWarningCode", "version": "1", "code": code, "display": display}}}}
	put(issue, "diagnostics", diagnostics)
	write(w, status, "application/fhir+json", object{"resourceType": "OperationOutcome", "issue": list{issue}})
}

// Unwell writes an error status as the register words it.
func (s *Server) Unwell(w http.ResponseWriter, status int) {
	code := map[int]string{401: "ACCESS_DENIED", 429: "TOO_MANY_REQUESTS"}[status]
	if code == "" {
		code = "UNABLE_TO_CALL_SERVICE"
	}
	fail(w, status, code, http.StatusText(status), "")
}
