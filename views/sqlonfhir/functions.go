package sqlonfhir

import "strings"

// A function is what an expression may call.
type function struct {
	least, most int
	ofType      bool // its argument is the name of a type
	call        func(s *scope, focus []node, args []*expr) ([]node, error)
}

// functions are all there are.
var functions = map[string]function{
	"where":           {least: 1, most: 1, call: callWhere},
	"exists":          {most: 1, call: callExists},
	"all":             {least: 1, most: 1, call: callAll},
	"empty":           {call: callEmpty},
	"count":           {call: callCount},
	"not":             {call: callNot},
	"first":           {call: callFirst},
	"last":            {call: callLast},
	"select":          {least: 1, most: 1, call: callSelect},
	"join":            {most: 1, call: callJoin},
	"iif":             {least: 2, most: 3, call: callIif},
	"extension":       {least: 1, most: 1, call: callExtension},
	"ofType":          {least: 1, most: 1, ofType: true, call: callOfType},
	"getResourceKey":  {call: callResourceKey},
	"getReferenceKey": {most: 1, ofType: true, call: callReferenceKey},
	"lowBoundary":     {call: callLowBoundary},
	"highBoundary":    {call: callHighBoundary},
}

func callWhere(s *scope, focus []node, args []*expr) ([]node, error) {
	var kept []node
	for _, n := range focus {
		ok, err := args[0].holds(s.at(n))
		if err != nil {
			return nil, err
		}
		if ok {
			kept = append(kept, n)
		}
	}
	return kept, nil
}

func callExists(s *scope, focus []node, args []*expr) ([]node, error) {
	if len(args) == 1 {
		var err error
		if focus, err = callWhere(s, focus, args); err != nil {
			return nil, err
		}
	}
	return boolean(len(focus) > 0), nil
}

func callAll(s *scope, focus []node, args []*expr) ([]node, error) {
	kept, err := callWhere(s, focus, args)
	return boolean(len(kept) == len(focus)), err
}

func callEmpty(_ *scope, focus []node, _ []*expr) ([]node, error) {
	return boolean(len(focus) == 0), nil
}

func callCount(_ *scope, focus []node, _ []*expr) ([]node, error) {
	return []node{{value: number(len(focus)), kind: "integer"}}, nil
}

func callNot(_ *scope, focus []node, _ []*expr) ([]node, error) {
	value, known, err := truth(focus)
	if err != nil || !known {
		return nil, err
	}
	return boolean(!value), nil
}

func callFirst(_ *scope, focus []node, _ []*expr) ([]node, error) {
	return focus[:min(1, len(focus))], nil
}

func callLast(_ *scope, focus []node, _ []*expr) ([]node, error) {
	return focus[max(0, len(focus)-1):], nil
}

func callSelect(s *scope, focus []node, args []*expr) ([]node, error) {
	var all []node
	for _, n := range focus {
		found, err := args[0].eval(s.at(n))
		if err != nil {
			return nil, err
		}
		if err := s.spend(len(found)); err != nil {
			return nil, err
		}
		all = append(all, found...)
		if err := few(all); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// callJoin joins strings; of none it makes the empty string, as the official tests want.
func callJoin(s *scope, focus []node, args []*expr) ([]node, error) {
	separator := ""
	if len(args) == 1 {
		nodes, err := args[0].eval(s)
		if err != nil {
			return nil, err
		}
		n, _, err := single(nodes)
		if err != nil {
			return nil, err
		}
		text, ok := n.value.(string)
		if !ok && n.value != nil {
			return nil, errKind
		}
		separator = text
	}
	var parts []string
	size := 0
	for _, n := range focus {
		text, ok := n.value.(string)
		if !ok && n.value != nil {
			return nil, errKind
		}
		if ok {
			parts = append(parts, text)
			size += len(text) + len(separator)
		}
	}
	if err := s.spend(size); err != nil {
		return nil, err
	}
	return []node{{value: strings.Join(parts, separator), kind: "string"}}, nil
}

func callOfType(_ *scope, focus []node, args []*expr) ([]node, error) {
	name := typeOf(args)
	var kept []node
	for _, n := range focus {
		if n.ofType(name) {
			if n.kind == "" {
				n.kind = name
			}
			kept = append(kept, n)
		}
	}
	return kept, nil
}

// typeOf is the argument of a function that takes a type; "" where it was left out.
func typeOf(args []*expr) string {
	if len(args) == 0 {
		return ""
	}
	name, _ := args[0].value[0].value.(string)
	return name
}

func callExtension(s *scope, focus []node, args []*expr) ([]node, error) {
	nodes, err := args[0].eval(s)
	if err != nil {
		return nil, err
	}
	url, ok, err := single(nodes)
	if err != nil || !ok {
		return nil, err
	}
	var kept []node
	for _, n := range focus {
		extensions := n.child("extension", nil)
		if err := s.spend(len(extensions)); err != nil {
			return nil, err
		}
		for _, extension := range extensions {
			if object, ok := extension.value.(map[string]any); ok && object["url"] == url.value {
				kept = append(kept, extension)
			}
		}
	}
	return kept, nil
}

func callIif(s *scope, _ []node, args []*expr) ([]node, error) {
	ok, err := args[0].holds(s)
	switch {
	case err != nil:
		return nil, err
	case ok:
		return args[1].eval(s)
	case len(args) == 3:
		return args[2].eval(s)
	}
	return nil, nil
}
