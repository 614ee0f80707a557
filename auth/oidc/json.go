package oidc

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/go-jose/go-jose/v4/json"
)

// mostDepth is how deep claims may nest.
const mostDepth = 16

// decode reads JSON as the security of a token needs it: names match to the letter, and a
// name that stands twice is refused, because two readers could take two different values.
// Numbers become int64 where they are whole, else float64.
func decode(text []byte, into any) bool {
	if !utf8.Valid(text) {
		return false
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.SetNumberType(json.UnmarshalIntOrFloat)
	if d.Decode(into) != nil {
		return false
	}
	return errors.Is(d.Decode(new(any)), io.EOF)
}

// decodeObject gives the claims in the types that auth.Proof promises; false if the text
// is not one JSON object, or nests too deep. Null says nothing and is left out.
func decodeObject(text []byte) (map[string]any, bool) {
	var all map[string]any
	if !decode(text, &all) || all == nil {
		return nil, false
	}
	plain, ok := withoutNulls(all, mostDepth)
	if !ok {
		return nil, false
	}
	return plain.(map[string]any), true
}

func withoutNulls(value any, depth int) (any, bool) {
	if depth == 0 {
		return nil, false
	}
	switch v := value.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, inner := range v {
			plain, ok := withoutNulls(inner, depth-1)
			if !ok {
				return nil, false
			}
			if plain != nil {
				out[name] = plain
			}
		}
		return out, true
	case []any:
		out := make([]any, 0, len(v))
		for _, inner := range v {
			plain, ok := withoutNulls(inner, depth-1)
			if !ok {
				return nil, false
			}
			if plain != nil {
				out = append(out, plain)
			}
		}
		return out, true
	}
	return value, true
}
