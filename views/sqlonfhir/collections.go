package sqlonfhir

// member says whether the one value is among the many.
func member(s *scope, one, many []node) ([]node, error) {
	n, ok, err := single(one)
	if err != nil || !ok {
		return nil, err
	}
	if err := s.spend(len(many)); err != nil {
		return nil, err
	}
	for _, other := range many {
		same, _, err := equal(s, n, other)
		if err != nil {
			return nil, err
		}
		if same {
			return boolean(true), nil
		}
	}
	return boolean(false), nil
}

// union is every value of both, once.
func union(s *scope, left, right []node) ([]node, error) {
	var all []node
	for _, nodes := range [][]node{left, right} {
		for _, n := range nodes {
			seen, err := member(s, []node{n}, all)
			if err != nil {
				return nil, err
			}
			if len(seen) == 0 || seen[0].value != true {
				all = append(all, n)
			}
		}
	}
	return all, nil
}

// sameTree compares values as they stand in JSON. A tree may be as large as the resource, so
// what is looked at is work.
func sameTree(s *scope, a, b any) (bool, error) {
	if err := s.spend(0); err != nil {
		return false, err
	}
	switch x := a.(type) {
	case map[string]any:
		y, ok := b.(map[string]any)
		if !ok || len(x) != len(y) {
			return false, nil
		}
		for key, value := range x {
			other, ok := y[key]
			if !ok {
				return false, nil
			}
			if same, err := sameTree(s, value, other); !same {
				return false, err
			}
		}
		return true, nil
	case []any:
		y, ok := b.([]any)
		if !ok || len(x) != len(y) {
			return false, nil
		}
		for i := range x {
			if same, err := sameTree(s, x[i], y[i]); !same {
				return false, err
			}
		}
		return true, nil
	}
	switch b.(type) {
	case map[string]any, []any:
		return false, nil
	}
	return a == b, nil
}
