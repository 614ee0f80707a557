package floor

import "bytes"

// resourceDepth is where the members of a searchset's resources stand: Bundle, entry
// array, entry, resource.
const resourceDepth = 4

// scan appends one line for each resource of the searchset in to b: its type, id,
// status, date and first words. One pass; well-formed JSON is taken for granted.
func scan(b, in []byte) []byte {
	depth, found := 0, false
	var key, kind, id, status, date, words []byte
	for i := 0; i < len(in); i++ {
		switch in[i] {
		case '{', '[':
			depth++
		case '}', ']':
			if depth == resourceDepth && kind != nil && found {
				b = line(b, kind, id, status, date, words)
				kind, id, status, date, words, found = nil, nil, nil, nil, nil, false
			}
			depth--
		case '"':
			end := i + 1
			for {
				n := bytes.IndexByte(in[end:], '"')
				if n < 0 {
					return b
				}
				if end += n; in[end-1] != '\\' {
					break
				}
				end++
			}
			s := in[i+1 : end]
			i = end
			if end+1 < len(in) && in[end+1] == ':' {
				key = s
				continue
			}
			switch {
			case depth == resourceDepth:
				found = true
				switch {
				case string(key) == "resourceType":
					kind = s
				case string(key) == "id":
					id = s
				case string(key) == "status":
					status = s
				case date == nil && (bytes.HasSuffix(key, []byte("DateTime")) || string(key) == "authoredOn" || string(key) == "date"):
					date = s
				}
			case depth > resourceDepth && words == nil && (string(key) == "display" || string(key) == "text"):
				words = s
			}
		}
	}
	return b
}

func line(b, kind, id, status, date, words []byte) []byte {
	if b[len(b)-1] != '[' {
		b = append(b, ',')
	}
	b = append(append(b, `{"type":"`...), kind...)
	b = append(append(b, `","id":"`...), id...)
	b = append(append(b, `","status":"`...), status...)
	b = append(append(b, `","date":"`...), date...)
	b = append(append(b, `","words":"`...), words...)
	return append(b, `"}`...)
}
