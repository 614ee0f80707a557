package subgraph

import "bytes"

// project appends of the JSON value at in[i:] what is selected to b, and gives where the
// value ends. One pass; well-formed JSON is taken for granted. Members come in the order
// of the source; what is not there is null.
func project(b, in []byte, i int, selected []field) ([]byte, int) {
	i = space(in, i)
	if i >= len(in) {
		return append(b, "null"...), i
	}
	switch {
	case len(selected) == 0:
		end := skip(in, i)
		return append(b, in[i:end]...), end
	case in[i] == '[':
		b = append(b, '[')
		for i++; ; {
			if i = space(in, i); i >= len(in) || in[i] == ']' {
				return append(b, ']'), i + 1
			}
			if in[i] == ',' {
				b = append(b, ',')
				i++
			}
			b, i = project(b, in, i, selected)
		}
	case in[i] == '{':
		return object(b, in, i, selected)
	}
	return append(b, "null"...), skip(in, i)
}

func object(b, in []byte, i int, selected []field) ([]byte, int) {
	b = append(b, '{')
	first := true
	key := func(name string) {
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(append(append(b, '"'), name...), `":`...)
	}
	var found uint64
	for i++; ; {
		if i = space(in, i); i >= len(in) || in[i] == '}' {
			break
		}
		if in[i] == ',' {
			i = space(in, i+1)
		}
		end := skip(in, i)
		name := in[i+1 : end-1]
		i = space(in, end) + 1 // the colon
		at := -1
		for n := range selected {
			if string(name) == selected[n].name {
				at = n
				break
			}
		}
		if at < 0 {
			i = skip(in, space(in, i))
			continue
		}
		found |= 1 << at
		key(selected[at].alias)
		b, i = project(b, in, i, selected[at].under)
	}
	for n := range selected {
		if found&(1<<n) == 0 {
			key(selected[n].alias)
			b = append(b, "null"...)
		}
	}
	return append(b, '}'), i + 1
}

func space(in []byte, i int) int {
	for i < len(in) && in[i] <= ' ' {
		i++
	}
	return i
}

// skip gives where the value that begins at i ends.
func skip(in []byte, i int) int {
	depth := 0
	for ; i < len(in); i++ {
		switch in[i] {
		case '"':
			i = text(in, i) - 1
			if depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			} else if depth < 0 {
				return i
			}
		case ',':
			if depth == 0 {
				return i
			}
		}
	}
	return i
}

// text gives where the string that begins at i ends.
func text(in []byte, i int) int {
	for end := i + 1; ; end++ {
		n := bytes.IndexByte(in[end:], '"')
		if n < 0 {
			return len(in)
		}
		end += n
		slashes := 0
		for in[end-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return end + 1
		}
	}
}
