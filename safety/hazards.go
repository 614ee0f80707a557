package main

// Log is the hazard log: docs/safety/hazards.yaml.
type Log struct {
	// Introduction is what a reader of the page is told before the first hazard.
	Introduction string    `yaml:"introduction"`
	Hazards      []*Hazard `yaml:"hazards"`
}

// Hazard is a way in which somebody may come to harm, and what stands against it.
type Hazard struct {
	ID     string   `yaml:"id"`
	Title  string   `yaml:"title"`
	Causes []string `yaml:"causes"`
	// Effect is the harm; Affects says whom it is done to.
	Effect  string `yaml:"effect"`
	Affects string `yaml:"affects"`
	// Initial is the risk without any control, Residual with those that are named here.
	Initial  Risk       `yaml:"initial"`
	Controls []*Control `yaml:"controls"`
	Residual Risk       `yaml:"residual"`
	// Remains is what the controls leave over, and why that may be borne.
	Remains string `yaml:"remains"`
	// Deployment is what only the organisation that deploys it can do (DCB0160).
	Deployment []string `yaml:"deployment"`
	Owner      string   `yaml:"owner"`
	Status     string   `yaml:"status"`

	line int
}

// statuses a hazard may have, as they are explained to readers.
var statuses = map[string]string{
	"open":        "controls are missing or not shown",
	"controlled":  "every control is there and shown by its tests",
	"transferred": "what remains is with the organisation that deploys it",
}

// Control is one thing that stands between a cause and the harm. It counts only with tests
// that fail without it.
type Control struct {
	Does string `yaml:"does"`
	// Where are the files and folders that keep it, from the repository's root.
	Where []string `yaml:"where"`
	Tests []string `yaml:"tests"`

	// References are Tests, understood, with their lines.
	references []Reference
	line       int
}
