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
	if o.GPConnect {
		x := &control{system: outOfHoursID, trap: http.NotFoundHandler()}
		all = append(all, another{x, refusedByGPConnect(), func(controls, elsewhere string) error {
			return r.startGPConnect(c.outOfHours, x, controls, elsewhere)
		}})
	}
	if o.Feed {
		x := &control{system: feedID, trap: http.NotFoundHandler()}
		all = append(all, another{x, refusedByFeed(), func(controls, _ string) error { return r.startFeed(o, c.fed, x, controls) }})
	}
	if o.Archive {
		x := &control{system: archiveID, trap: http.NotFoundHandler()}
		all = append(all, another{x, refusedByXDS(), func(controls, elsewhere string) error {
			return r.startArchive(c.archived, x, controls, elsewhere)
		}})
	}
	return all
}
