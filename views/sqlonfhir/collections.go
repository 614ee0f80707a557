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
		same, _, err := equal(n, other)
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
