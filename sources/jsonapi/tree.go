package jsonapi

import (
	"encoding/json"

	"github.com/patchworkcare/patchwork/sources/httpfault"
	"github.com/patchworkcare/patchwork/sources/jsonscan"
)

// Parse reads a JSON document as a tree of map[string]any, []any, string, bool, nil and
// json.Number, which keeps a number's own digits. It is strict: UTF-8, no name twice in an
// object, nothing deeper than jsonscan.MaxDepth.
func Parse(body []byte) (any, error) {
	var s jsonscan.Scanner
	s.Reset(body)
	v := tree(&s)
	if s.End() != nil {
		return nil, httpfault.NotJSON(nil)
	}
	return v, nil
}

func tree(s *jsonscan.Scanner) any {
	switch s.Peek() {
	case '{':
		all := map[string]any{}
		if s.Object() {
			for s.Next() {
				name := string(s.Name())
				all[name] = tree(s)
			}
		}
		return all
	case '[':
		all := []any{}
		if s.Array() {
			for s.More() {
				all = append(all, tree(s))
			}
		}
		return all
	case '"':
		return string(s.Text())
	case 't', 'f':
		return s.Bool()
	case 'n', 0:
		s.Skip()
		return nil
	}
	return json.Number(s.Number())
}
