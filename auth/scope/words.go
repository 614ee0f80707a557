package scope

// Words says in plain words what a scope lets an app do.
func (s Scope) Words() string { return s.String() }
