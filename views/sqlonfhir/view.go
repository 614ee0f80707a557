package sqlonfhir

import "strconv"

// A Column is one of a view's, in the order of its definition.
type Column struct {
	Name       string
	Type       string // a FHIR primitive, or "" where the definition does not say
	Collection bool   // its values are lists
}

// A View is a definition that was judged. It does not change, and any number may run it.
type View struct {
	resource string
	columns  []Column
	constant map[string]node
	where    []located
	selects  []*selection
	steps    int // that one resource may take
}

// located is an expression and where in the definition it stands.
type located struct {
	expr *expr
	path string
}

// A selection is one select, of which columns fill the row from at on.
type selection struct {
	at       int
	columns  []located
	selects  []*selection
	unions   []*selection
	each     *located
	orNull   bool
	repeat   []located
	rowShape []Column
}

// Compile reads a ViewDefinition. What is wrong with it is a *DefinitionError.
func Compile(text []byte) (*View, error) {
	d, err := readDefinition(text)
	if err != nil {
		return nil, err
	}
	if !nameShape.MatchString(d.Resource) {
		return nil, wrong("resource", "which resource is not said")
	}
	if len(d.Select) == 0 {
		return nil, wrong("select", "there is none")
	}
	v := &View{resource: d.Resource, steps: maxSteps}
	if v.constant, err = d.constants(); err != nil {
		return nil, err
	}
	for i, where := range d.Where {
		condition, err := v.expression(where.Path, "where["+strconv.Itoa(i)+"].path")
		if err != nil {
			return nil, err
		}
		v.where = append(v.where, *condition)
	}
	v.selects, v.columns, err = v.compileAll(d.Select, "select", 0, 0)
	if err != nil {
		return nil, err
	}
	if len(v.columns) == 0 {
		return nil, wrong("select", "the view has no column")
	}
	names := map[string]bool{}
	for _, column := range v.columns {
		if names[column.Name] {
			return nil, wrong("select", "two columns are called %q", column.Name)
		}
		names[column.Name] = true
	}
	return v, nil
}

// Resource is the type of resource the view has rows of.
func (v *View) Resource() string { return v.resource }

// Columns are the columns of every row.
func (v *View) Columns() []Column { return append([]Column(nil), v.columns...) }

func (v *View) expression(text, path string) (*located, error) {
	e, err := parseExpr(text, func(name string) bool {
		_, ok := v.constant[name]
		return ok || reserved(name)
	})
	if err != nil {
		return nil, wrong(path, "%v", err)
	}
	return &located{expr: e, path: path}, nil
}

// compileAll compiles selects that stand side by side: their columns follow one another.
func (v *View) compileAll(all []selectDefinition, path string, at, depth int) ([]*selection, []Column, error) {
	var selects []*selection
	var columns []Column
	for i, d := range all {
		s, err := v.compile(d, path+"["+strconv.Itoa(i)+"]", at+len(columns), depth)
		if err != nil {
			return nil, nil, err
		}
		selects = append(selects, s)
		columns = append(columns, s.rowShape...)
	}
	return selects, columns, nil
}

func (v *View) compile(d selectDefinition, path string, at, depth int) (*selection, error) {
	if depth >= maxDepth {
		return nil, wrong(path, "nested deeper than %d", maxDepth)
	}
	s := &selection{at: at}
	if err := v.compileEach(s, d, path); err != nil {
		return nil, err
	}
	for i, column := range d.Column {
		if err := v.compileColumn(s, column, path+".column["+strconv.Itoa(i)+"]"); err != nil {
			return nil, err
		}
	}
	var inner []Column
	var err error
	s.selects, inner, err = v.compileAll(d.Select, path+".select", at+len(s.rowShape), depth+1)
	if err != nil {
		return nil, err
	}
	s.rowShape = append(s.rowShape, inner...)
	if err := v.compileUnions(s, d.UnionAll, path+".unionAll", depth); err != nil {
		return nil, err
	}
	if len(s.rowShape) > maxColumns {
		return nil, wrong(path, "more than %d columns", maxColumns)
	}
	return s, nil
}
