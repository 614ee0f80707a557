package world

import (
	"encoding/base64"
	"strconv"
	"strings"
	"time"
)

// Found is a canary seen in some bytes.
type Found struct {
	Text   string
	Owners []Owner
	// Inside says that it stood in base64, such as a cursor.
	Inside bool
}

// Scan finds every canary in text, in whatever letter case, and those inside of base64
// words. A canary is given once.
func (w *World) Scan(text []byte) []Found {
	s := scan{w: w, seen: map[string]bool{}}
	s.plain(strings.ToLower(string(text)), false)
	for _, word := range words(string(text)) {
		s.cursor(word)
	}
	return s.found
}

type scan struct {
	w     *World
	seen  map[string]bool
	found []Found
}

func (s *scan) add(text string, inside bool) bool {
	owners, known := s.w.owners[text]
	if known && len(owners) > 0 && !s.seen[text] {
		s.seen[text] = true
		s.found = append(s.found, Found{text, owners, inside})
	}
	return known
}

// plain goes over lower-case text once.
func (s *scan) plain(text string, inside bool) {
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == 'k' && strings.HasPrefix(text[i:], prefix) && i+tokenLen <= len(text) && s.add(text[i:i+tokenLen], inside):
			i += tokenLen
		case c >= '0' && c <= '9':
			i += s.digits(text[i:], inside)
		default:
			i++
		}
	}
}

// digits looks at what begins with a digit: a moment, a day, or a number.
func (s *scan) digits(text string, inside bool) int {
	for _, n := range []int{len("2006-01-02t15:04:05z"), len("2006-01-02")} {
		if len(text) >= n && text[4] == '-' && s.add(text[:n], inside) {
			return n
		}
	}
	n := 0
	for n < len(text) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	if n >= 8 {
		s.add(text[:n], inside)
	}
	return n
}

// cursor looks inside of base64: for canaries as they are, for the moments of cursors
// ("base36 of Unix seconds.id"), and for ids of entries.
func (s *scan) cursor(word string) {
	if o, ok := s.w.ids[word]; ok && !s.seen[word] {
		s.seen[word] = true
		s.found = append(s.found, Found{word, []Owner{o}, false})
	}
	inside, err := base64.RawURLEncoding.DecodeString(word)
	if err != nil {
		return
	}
	text := string(inside)
	s.plain(strings.ToLower(text), true)
	at, id, ok := strings.Cut(text, ".")
	if !ok {
		return
	}
	if seconds, err := strconv.ParseInt(at, 36, 64); err == nil {
		s.add(strings.ToLower(time.Unix(seconds, 0).UTC().Format(time.RFC3339)), true)
	}
	if o, ok := s.w.ids[id]; ok && !s.seen[id] {
		s.seen[id] = true
		s.found = append(s.found, Found{id, []Owner{o}, true})
	}
}

// words are the runs of base64url letters long enough for a cursor or an id.
func words(text string) []string {
	var list []string
	start := -1
	for i := 0; i <= len(text); i++ {
		letter := i < len(text) && (text[i] == '-' || text[i] == '_' || text[i] >= '0' && text[i] <= '9' ||
			text[i] >= 'a' && text[i] <= 'z' || text[i] >= 'A' && text[i] <= 'Z')
		switch {
		case letter && start < 0:
			start = i
		case !letter && start >= 0:
			if i-start >= 16 {
				list = append(list, text[start:i])
			}
			start = -1
		}
	}
	return list
}
