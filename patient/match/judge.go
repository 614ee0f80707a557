package match

// Class is what may be done with two records. The zero Class does nothing.
type Class int

// The classes, in order.
const (
	// Never: they are not of one person, or too little speaks for it to ask.
	Never Class = iota
	// Ask: a person decides.
	Ask
	// Link: they may be linked without anybody looking.
	Link
)

// String is the class in lower case.
func (c Class) String() string {
	switch c {
	case Link:
		return "link"
	case Ask:
		return "ask"
	}
	return "never"
}

// Agreement is how one field agrees, in the words of the configuration, without values.
type Agreement struct {
	Field, Level string
	// Weight is in bits: above 0 it speaks for one person, below 0 against.
	Weight float64
}

// Judgement is what is thought of two records.
type Judgement struct {
	// Score is the log2 of the odds that they are of one person, by the model.
	Score float64
	Class Class
	// Agreements has the fields that both state, in the order of fields.
	Agreements []Agreement
	// Rules are the family rules that held it back from what the score says, in plain
	// words without values.
	Rules []string
}

// Judge compares two people. It is symmetric.
func (m *Model) Judge(a, b *Traits) Judgement {
	c := compare(a, b)
	w := m.compiled()
	j := Judgement{Score: w.prior, Agreements: make([]Agreement, 0, fieldCount)}
	for f := range fieldCount {
		l := c.levels[f]
		if l == missing {
			continue
		}
		bits := w.of(f, l, c.shared[f])
		j.Score += bits
		j.Agreements = append(j.Agreements, Agreement{fieldNames[f], levelNames[f][l], bits})
	}
	j.Class, j.Rules = m.class(j.Score, &c, a, b)
	return j
}

// of is the weight of a level, and of the value that is shared.
func (w *weights) of(f field, l level, shared string) float64 {
	bits := w.levels[f][l]
	a := w.values[f]
	if a == nil || shared == "" {
		return bits
	}
	if by, ok := a.values[shared]; ok {
		return bits + by
	}
	return bits + a.other
}

// class is what the score says, held back by the family rules.
func (m *Model) class(score float64, c *comparison, a, b *Traits) (Class, []string) {
	if score < m.Ask {
		return Never, nil
	}
	said := Ask
	if score >= m.Link {
		said = Link
	}
	class := said
	var held []string
	for i := range rules {
		if r := &rules[i]; r.most < said && r.holds(c, a, b, score-m.Link) {
			held = append(held, r.words)
			class = min(class, r.most)
		}
	}
	return class, held
}
