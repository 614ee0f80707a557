package resolvers

import (
	"bytes"
	"encoding/json"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"
)

const (
	// mostJSONDepth is how deep a body nests, and mostJSONValues how many values it holds.
	mostJSONDepth  = 24
	mostJSONValues = 5000
)

// plainJSON reports whether a request says that it has JSON as it is: a body in another
// character set, or compressed, would be other bytes to whoever reads it on the way.
func plainJSON(r *http.Request) bool {
	t, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset, named := parameters["charset"]
	coding := r.Header.Get("Content-Encoding")
	return err == nil && t == "application/json" && (!named || strings.EqualFold(charset, "utf-8")) &&
		(coding == "" || strings.EqualFold(coding, "identity"))
}

// read reads a body: one JSON object in UTF-8, no name of which occurs twice, so that nobody
// on the way reads another operation than is run here.
func (p *posted) read(body []byte) bool {
	if body = bytes.TrimSpace(body); len(body) == 0 || body[0] != '{' || !utf8.Valid(body) || !singly(body) {
		return false
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber() // 2000 is an Int, not a Float
	if decoder.Decode(p) != nil {
		return false
	}
	return decoder.InputOffset() == int64(len(body))
}

// singly reports whether a text, if it is JSON, is within bounds and names no member of an
// object twice. It reads the text once; whether it is JSON is for the decoder to say.
func singly(body []byte) bool {
	values, open := 0, make([]map[string]bool, 0, mostJSONDepth)
	for i := 0; i < len(body); i++ {
		switch c := body[i]; c {
		case '{', '[':
			if values++; len(open) == mostJSONDepth {
				return false
			}
			var names map[string]bool
			if c == '{' {
				names = map[string]bool{}
			}
			open = append(open, names)
		case '}', ']':
			if len(open) == 0 {
				return false
			}
			open = open[:len(open)-1]
		case ',':
			values++
		case '"':
			from := i
			for i++; i < len(body) && body[i] != '"'; i++ {
				if body[i] == '\\' {
					i++
				}
			}
			if i >= len(body) {
				return false
			}
			if followed := bytes.TrimLeft(body[i+1:], " \t\r\n"); len(followed) == 0 || followed[0] != ':' {
				break
			}
			if len(open) == 0 || !noted(open[len(open)-1], body[from:i+1], len(open) == 1) {
				return false
			}
		}
		if values > mostJSONValues {
			return false
		}
	}
	return true
}

// noted adds a name to those of an object; false if it is there already. The names of the
// request itself are the same to the decoder in capitals too.
func noted(names map[string]bool, quoted []byte, top bool) bool {
	name := string(quoted[1 : len(quoted)-1])
	if bytes.IndexByte(quoted, '\\') >= 0 && json.Unmarshal(quoted, &name) != nil {
		return false
	}
	if top {
		name = strings.ToLower(name)
	}
	if names == nil || names[name] {
		return false
	}
	names[name] = true
	return true
}
