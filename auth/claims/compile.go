package claims

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"

	"github.com/patchworkcare/patchwork/auth"
)

// Kinds are the kinds of professional identifiers (auth.Identity.Identifiers).
func Kinds() []string { return []string{"gmc", "nmc", "gphc", "hcpc", "swe", "sds", "email"} }

// Mapping is compiled Rules. Safe for concurrent use.
type Mapping struct {
	name          *expression
	identifiers   map[string]*expression
	require       []requirement
	roles         []role
	organisations map[string]Organisation // by ODS in upper case
	only          string                  // the ODS of a login with one organisation; else ""
}

type requirement struct {
	that *expression
	say  string
}

// role is a RoleRule; what it does not override is the Rules' own.
type role struct {
	role                      auth.Role
	each, when                *expression // nil: once, always
	organisation, careSetting *expression // nil: the only one, the organisation's
}

// expression is one compiled rule.
type expression struct {
	source  string
	program cel.Program
}

// Compile checks the rules and makes them ready. Every problem is reported at once, with
// its path in the stanza's `who`, such as "roles[2].when".
func Compile(rules Rules, organisations []Organisation) (*Mapping, []auth.Problem) {
	c := &compiler{m: &Mapping{identifiers: map[string]*expression{}, organisations: map[string]Organisation{}}}
	var err error
	if c.plain, err = environment(false); err == nil {
		c.each, err = environment(true)
	}
	if err != nil {
		return nil, []auth.Problem{{Path: "", Text: "the rules' language cannot be set up: " + err.Error()}}
	}
	for _, o := range organisations {
		c.m.organisations[strings.ToUpper(o.ODS)] = o
	}
	if len(organisations) == 1 {
		c.m.only = strings.ToUpper(organisations[0].ODS)
	}
	c.who(rules)
	c.requirements(rules.Require)
	c.roleRules(rules)
	if len(c.problems) > 0 {
		return nil, c.problems
	}
	return c.m, nil
}

// compiler collects problems.
type compiler struct {
	m           *Mapping
	plain, each *cel.Env
	problems    []auth.Problem
}

func (c *compiler) say(path, format string, a ...any) {
	c.problems = append(c.problems, auth.Problem{Path: path, Text: fmt.Sprintf(format, a...)})
}

func (c *compiler) who(rules Rules) {
	source := rules.Name
	if source == "" {
		source = "claims.name"
	}
	c.m.name = c.compile(c.plain, "name", source, aText)
	for _, kind := range slices.Sorted(maps.Keys(rules.Identifiers)) {
		path := "identifiers." + kind
		if !slices.Contains(Kinds(), kind) {
			c.say(path, "there is no kind of identifier %q; there are %s", kind, strings.Join(Kinds(), ", "))
			continue
		}
		c.m.identifiers[kind] = c.compile(c.plain, path, rules.Identifiers[kind], aText)
	}
}

func (c *compiler) requirements(list []Requirement) {
	for i, r := range list {
		path := fmt.Sprintf("require[%d]", i)
		if strings.TrimSpace(r.Else) == "" {
			c.say(path+".else", "else is missing: it tells the user what to do")
		}
		c.m.require = append(c.m.require, requirement{that: c.compile(c.plain, path+".that", r.That, aBool), say: strings.TrimSpace(r.Else)})
	}
}

func (c *compiler) roleRules(rules Rules) {
	if len(rules.Roles) == 0 {
		c.say("roles", "there is no role rule, so that nobody could sign in")
	}
	organisation := c.organisation(c.plain, "organisation", rules.Organisation)
	careSetting := c.careSetting(c.plain, "care_setting", rules.CareSetting)
	for i, r := range rules.Roles {
		path := fmt.Sprintf("roles[%d].", i)
		made := role{role: auth.Role(r.Role), organisation: organisation, careSetting: careSetting}
		if !made.role.Valid() {
			c.say(path+"role", "there is no role %q%s", r.Role, nearestRole(r.Role))
		}
		env := c.plain
		if r.Each != "" {
			made.each, env = c.compile(c.plain, path+"each", r.Each, aList), c.each
		}
		if r.When != "" {
			made.when = c.compile(env, path+"when", r.When, aBool)
		}
		switch {
		case r.Organisation != "":
			made.organisation = c.organisation(env, path+"organisation", r.Organisation)
		case rules.Organisation == "" && len(c.m.organisations) > 1:
			c.say(path+"organisation", "the login has several organisations: organisation must say which one, here or above for all roles")
		}
		if r.CareSetting != "" {
			made.careSetting = c.careSetting(env, path+"care_setting", r.CareSetting)
		}
		c.m.roles = append(c.m.roles, made)
	}
}

// organisation compiles the rule of an ODS code; nil for none. A code that stands in the
// rule must be one of the login's.
func (c *compiler) organisation(env *cel.Env, path, source string) *expression {
	if source == "" {
		return nil
	}
	checked := c.check(env, path, source, aText)
	if checked == nil {
		return nil
	}
	for _, ods := range constants(checked.NativeRep().Expr()) {
		if _, ok := c.m.organisations[fold(ods)]; !ok && len(c.m.organisations) > 0 {
			c.say(path, "%q is not one of the login's organisations: %s", ods, strings.Join(slices.Sorted(maps.Keys(c.m.organisations)), ", "))
		}
	}
	return c.plan(env, path, source, checked)
}

func (c *compiler) careSetting(env *cel.Env, path, source string) *expression {
	if source == "" {
		return nil
	}
	return c.compile(env, path, source, aText)
}

// wanted is what a rule must give. What CEL knows only while somebody signs in (dyn) passes.
type wanted struct {
	kind  types.Kind
	words string
}

var (
	aBool = wanted{types.BoolKind, "true or false (bool)"}
	aText = wanted{types.StringKind, "a text (string)"}
	aList = wanted{types.ListKind, "a list"}
)

// compile gives nil after a problem.
func (c *compiler) compile(env *cel.Env, path, source string, want wanted) *expression {
	checked := c.check(env, path, source, want)
	if checked == nil {
		return nil
	}
	return c.plan(env, path, source, checked)
}

func (c *compiler) check(env *cel.Env, path, source string, want wanted) *cel.Ast {
	if strings.TrimSpace(source) == "" {
		c.say(path, "this must be a CEL expression that gives %s", want.words)
		return nil
	}
	parsed, issues := env.Parse(source)
	if issues.Err() == nil {
		issues = guard(parsed)
	}
	if issues.Err() != nil {
		c.issues(path, source, issues)
		return nil
	}
	checked, issues := env.Check(parsed)
	if issues.Err() != nil {
		c.issues(path, source, issues)
		return nil
	}
	if kind := checked.OutputType().Kind(); kind != want.kind && kind != types.DynKind {
		c.say(path, "this must give %s, but gives %s", want.words, checked.OutputType())
		return nil
	}
	return checked
}

// plan makes the program, with the bounds of one evaluation.
func (c *compiler) plan(env *cel.Env, path, source string, checked *cel.Ast) *expression {
	program, err := env.Program(checked, cel.EvalOptions(cel.OptOptimize), cel.CostLimit(mostCost), cel.InterruptCheckFrequency(1))
	if err != nil {
		c.say(path, "not CEL: %s", plainWords(err.Error()))
		return nil
	}
	return &expression{source: source, program: program}
}
