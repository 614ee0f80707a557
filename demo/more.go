package demo

import "net/http"

// another is a system that is there if it is asked for.
type another struct {
	control *control
	refused map[string]string // faults that make no sense there, and why
	start   func(controls, elsewhere string) error
}

// more are the systems that the options ask for besides the usual ones.
func (r *Region) more(o Options, c *content) (all []another) {
	if o.HomeCare {
		x := &control{system: homeCareID, trap: http.NotFoundHandler()}
		all = append(all, another{x, nil, func(controls, elsewhere string) error { return r.startHomeCare(o, c, x, controls, elsewhere) }})
	}
	if o.OpenEHR {
		x := &control{system: communityID, trap: http.NotFoundHandler()}
		all = append(all, another{x, refusedByOpenEHR(), func(controls, elsewhere string) error { return r.startOpenEHR(o, c, x, controls, elsewhere) }})
	}
	return all
}
