package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/record"
)

type policyExplainCommand struct {
	chosenPolicies
	Role               string   `required:"" help:"Role of the caller."`
	Organisation       string   `placeholder:"ODS" help:"Organisation of the caller."`
	CareSetting        string   `placeholder:"SETTING" help:"Where the caller works: gp, acute, mental-health …"`
	Purpose            string   `enum:"TREAT,ETREAT,CAREMGT,HRESCH,HOPERAT,PATRQT,BTG,none," default:"" placeholder:"CODE" help:"Purpose of use (HL7); the usual one of the role if not given."`
	Relationship       []string `enum:"registration,admission,appointment,referral,list,launch,self-claimed" placeholder:"KIND" help:"A kind of legitimate relationship with the person; may be given again."`
	BreakGlass         bool     `help:"The caller has broken the glass."`
	Objection          string   `enum:"overridable,absolute," default:"" placeholder:"KIND" help:"The person objects: overridable or absolute."`
	RestrictedPerson   bool     `help:"The person may not be located (S-flag)."`
	Source             string   `placeholder:"ID" help:"The system whose data it is."`
	SourceOrganisation string   `placeholder:"ODS" help:"The organisation that runs the system."`
	Label              string   `help:"The label of the entry: restricted, very-restricted, sensitive, safeguarding."`
	Launch             bool     `help:"An EPR opened the session."`
	Scope              []string `placeholder:"SCOPE" help:"A SMART scope of the app; may be given again."`
	At                 string   `placeholder:"TIME" help:"The region's clock, such as \"2026-11-22 22:30\"; now if not given."`
	Action             string   `enum:"read,search,list,share,export,launch,audit,administer" default:"read" help:"What is done: ${enum}."`
	JSON               bool     `name:"json" help:"Write JSON."`
	Resource           string   `arg:"" help:"A section or field: allergies, allergies.reactions, record:allergies:reactions, patient:read."`
}

// explanation is what the command writes, as JSON or in words.
type explanation struct {
	Resource   string              `json:"resource"`
	Decision   string              `json:"decision"` // shown, withheld or concealed
	Sentence   string              `json:"sentence"`
	RestsOn    string              `json:"restsOn"`
	Version    string              `json:"version"`
	Attributes map[string][]string `json:"attributes"`
	Policies   []explained         `json:"policies"`
}

type explained struct {
	ID          string   `json:"id"`
	Description string   `json:"description,omitempty"`
	Effect      string   `json:"effect"`
	Mode        string   `json:"mode,omitempty"`
	Applies     bool     `json:"applies"`
	Unmet       []string `json:"unmet,omitempty"`
}

// Run says what the caller would see, and every policy that speaks of it.
func (c *policyExplainCommand) Run(t *terminal) error {
	at := time.Now()
	if c.At != "" {
		var err error
		if at, err = time.ParseInLocation("2006-01-02 15:04", c.At, time.UTC); err != nil {
			return usageError(fmt.Sprintf("--at is a time such as \"2026-11-22 22:30\", not %q", c.At))
		}
	}
	session, err := c.session()
	if err != nil {
		return err
	}
	e, err := c.edition(t.ctx, func() time.Time { return at })
	if err != nil {
		return err
	}
	class, field := resourceNamed(c.Resource)
	var source *record.Origin
	if c.Source != "" || c.SourceOrganisation != "" {
		source = &record.Origin{ID: c.Source, Organisation: record.Organisation{ODS: c.SourceOrganisation}}
	}
	x, err := e.Explain(session, c.about(), policy.Action(c.Action), class, field, source, c.Label)
	if err != nil {
		return usageError(err.Error())
	}
	out := explanationOf(x)
	if c.JSON {
		enc := json.NewEncoder(t.out)
		enc.SetIndent("", "  ")
		return enc.Encode(out)
	}
	return out.write(t.out)
}

func (c *policyExplainCommand) session() (*auth.Session, error) {
	role := auth.Role(c.Role)
	if !role.Valid() {
		return nil, usageError(fmt.Sprintf("there is no role %q; there are %s", c.Role, roleList()))
	}
	s := &auth.Session{
		Issuer: "explain", Subject: "explain", Role: role, Purpose: auth.Purpose(c.Purpose), CareSetting: c.CareSetting,
		Organisation: record.Organisation{ODS: c.Organisation}, Scopes: c.Scope,
	}
	switch c.Purpose {
	case "":
		s.Purpose = role.Purpose()
	case "none":
		s.Purpose = ""
	}
	if c.Launch {
		s.Launch = &auth.Launch{Patient: "explain", Client: "explain"}
	} else if len(c.Scope) > 0 { // those of a patient's context are of one patient
		s.Launch = &auth.Launch{Patient: "explain"}
	}
	return s, nil
}

func (c *policyExplainCommand) about() *policy.About {
	var s relationship.Standing
	for _, k := range c.Relationship {
		s.Relationships = append(s.Relationships, relationship.Relationship{Kind: relationship.Kind(k)})
	}
	if c.BreakGlass {
		s.BreakGlass = &relationship.BreakGlass{}
	}
	if c.Objection != "" {
		s.Objections = []relationship.Objection{{Absolute: c.Objection == "absolute"}}
	}
	return policy.AboutPatient(s, c.RestrictedPerson)
}

// resourceNamed takes "allergies.reactions" and "record:allergies:reactions" alike.
func resourceNamed(name string) (class, field string) {
	room, rest, found := strings.Cut(name, ":")
	if !found {
		room, rest = "record", strings.Replace(name, ".", ":", 1)
	}
	section, field, _ := strings.Cut(rest, ":")
	return room + ":" + section, field
}

func explanationOf(x *policy.Explanation) *explanation {
	out := &explanation{
		Resource: x.Resource, Decision: "withheld", RestsOn: x.Sentence(), Version: x.Version, Attributes: x.Attributes, Policies: []explained{},
	}
	switch {
	case x.Shown:
		out.Decision, out.Sentence = "shown", "It is shown."
	case x.Concealed:
		out.Decision, out.Sentence = "concealed", "It is not shown, nor that there is any."
	case x.Why == policy.ReasonPolicy:
		out.Sentence = "The role, organisation or purpose does not include it."
	default:
		out.Sentence = x.Why.Words() + "."
	}
	for _, v := range x.Policies {
		out.Policies = append(out.Policies, explained{v.Policy.ID, v.Policy.Description, v.Policy.Effect, v.Policy.Mode, v.Applies, v.Unmet})
	}
	return out
}

func (x *explanation) write(w io.Writer) error {
	fmt.Fprintf(w, "%s is %s. %s\n  %s\n\nattributes (policies %s)\n", x.Resource, x.Decision, x.Sentence, x.RestsOn, x.Version)
	table := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	for _, key := range policy.Keys() {
		fmt.Fprintf(table, "  %s\t%s\n", key, strings.Join(x.Attributes[key], ", "))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\npolicies that speak of it to the role\n")
	for _, p := range x.Policies {
		stands := "applies"
		if !p.Applies {
			stands = "does not apply: " + strings.Join(p.Unmet, "; ")
		}
		fmt.Fprintf(table, "  %s\t%s\t%s\n", p.Effect, p.ID, stands)
	}
	if len(x.Policies) == 0 {
		fmt.Fprintln(w, "  none")
	}
	return table.Flush()
}
