package homecare

// Client is somebody whom the provider looks after. Dates are YYYY-MM-DD, times
// YYYY-MM-DDThh:mm.
type Client struct {
	ID                       int    // 17
	Number                   string // LC-00017, as it stands on letters
	NHS                      string // ten digits; "" if it is not known
	Traced                   bool   // the number was looked up in the national register
	Title, First, Last, Born string
	Gender                   string // F, M or X
	Lines                    []string
	Postcode, Phone          string
	Packages                 []Package
	Team                     []Member
	Contacts                 []Contact
	Risks                    []Risk
	Visits                   []Visit
	Letters                  []Letter
}

// Package is a package of care: services together, with whom they are for and until when.
type Package struct {
	ID, Title, Kind, Status, Start, End, Review string // Status: ACTIVE, PAUSED, ENDED, VOID
	Funder, Planner                             string
	Goals                                       []string
	Services                                    []Service
}

// Service is one service of a package.
type Service struct{ Name, Frequency, Worker string }

// Member is a worker who looks after the client.
type Member struct {
	Worker, Name, Role, Phone, Since, Until string
	Key                                     bool // the key worker
}

// Contact is somebody close to the client.
type Contact struct {
	ID, Name, Relation, Phone string
	NextOfKin, Carer          bool
}

// Risk is what workers must know before they visit.
type Risk struct {
	ID, Kind, Text, Since, Until string
	Confidential                 bool
}

// Visit is a call at the client's home.
type Visit struct {
	ID, At, Kind, Worker, Status, Note string // Status: DONE, PLANNED, MISSED, CANCELLED
	Minutes                            int
}

// Letter is a letter or report.
type Letter struct{ ID, Title, Date, Text string }

// Caseload is a worker and whom they look after.
type Caseload struct {
	Worker, Name string
	Clients      []int
}
