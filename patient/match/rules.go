package match

// rule holds a judgement back, whatever the score.
type rule struct {
	most  Class // what may be done at most
	words string
	// holds reports whether the rule applies; above is by how many bits the score is over
	// the threshold of linking.
	holds func(c *comparison, a, b *Traits, above float64) bool
}

// rules are the family rules. They are not configured: what they know of families holds
// in every region. Hazard H-01.
var rules = []rule{
	{Never, "Each has a verified NHS number, and they are two different ones", func(c *comparison, a, b *Traits, _ float64) bool {
		return a.verified && b.verified && c.levels[number] >= numberSlip
	}},
	{Never, "The names agree and the birth dates differ by more than a slip, as of father and son", func(c *comparison, a, b *Traits, _ float64) bool {
		return c.namesAgree() && apartInYears(c, a, b) && !c.numbered()
	}},
	{Never, "The birth dates differ by more than a slip", func(c *comparison, _, _ *Traits, _ float64) bool {
		return c.levels[birth] >= birthYear && !c.namesAgree() && !c.numbered()
	}},
	{Never, "Family name and birth date agree at one address, the given names and the sex differ: twins", func(c *comparison, _, _ *Traits, _ float64) bool {
		return c.twins() && c.levels[sex] == sexDifferent
	}},
	{Ask, "Family name and birth date agree at one address, the given names differ: they may be twins", func(c *comparison, _, _ *Traits, _ float64) bool {
		return c.twins()
	}},
	{Never, "Neither family name nor given name agrees", func(c *comparison, _, _ *Traits, _ float64) bool {
		return c.levels[family] == familyDifferent && c.levels[given] == givenDifferent && !c.numbered()
	}},
	{Ask, "The birth date is not known of both", func(c *comparison, _, _ *Traits, _ float64) bool {
		return c.levels[birth] == missing || c.levels[birth] == birthPartly
	}},
	{Ask, "The birth dates differ", func(c *comparison, _, _ *Traits, _ float64) bool {
		return c.levels[birth] >= birthParts
	}},
	{Ask, "The birth dates differ by a slip, and not enough else agrees", func(c *comparison, _, _ *Traits, above float64) bool {
		return (c.levels[birth] == birthExchanged || c.levels[birth] == birthDigit) && !c.muchElse(above)
	}},
	{Ask, "The family name is not known of both, or differs", func(c *comparison, _, _ *Traits, _ float64) bool {
		return c.levels[family] == missing || c.levels[family] >= familySimilar && !c.numbered()
	}},
	{Ask, "The given name is not known of both, or differs", func(c *comparison, _, _ *Traits, _ float64) bool {
		return c.levels[given] == missing || c.levels[given] >= givenSimilar && !c.numbered() || c.levels[given] == givenDifferent
	}},
	{Ask, "The given names agree in part only: twins are often named alike", func(c *comparison, _, _ *Traits, _ float64) bool {
		return c.levels[given] >= givenFirst && c.levels[given] <= givenInitial && !c.numbered()
	}},
	{Ask, "Family name and given name are exchanged, and not written alike", func(c *comparison, _, _ *Traits, _ float64) bool {
		return c.levels[given] == givenExchanged && c.loosely
	}},
	{Ask, "Neither family name nor given name agrees as it is written", func(c *comparison, _, _ *Traits, _ float64) bool {
		return c.levels[family] >= familyClose && c.levels[given] >= givenClose
	}},
	{Ask, "The sex differs", func(c *comparison, _, _ *Traits, _ float64) bool {
		return c.levels[sex] == sexDifferent
	}},
	{Ask, "The NHS numbers differ", func(c *comparison, _, _ *Traits, _ float64) bool {
		return c.levels[number] >= numberSlip
	}},
	{Ask, "Nothing agrees beyond name and birth date", func(c *comparison, _, _ *Traits, _ float64) bool {
		return !c.corroborated()
	}},
}

// namesAgree reports whether family and given name are those of one person, or of two of
// one family who are called the same.
func (c *comparison) namesAgree() bool {
	return c.levels[family] != missing && c.levels[family] <= familyClose &&
		c.levels[given] != missing && c.levels[given] <= givenInitial
}

// numbered reports whether an NHS number agrees that both have verified, or that one has
// superseded.
func (c *comparison) numbered() bool {
	return c.levels[number] == numberVerified || c.levels[number] == numberSuperseded
}

// household reports whether they live together, as far as is known: nothing speaks
// against it where it is not known.
func (c *comparison) household() bool {
	if c.levels[family] == missing || c.levels[family] > familyClose {
		return false
	}
	return c.located() || c.levels[contact] == contactSame || c.levels[postcode] == missing && c.levels[street] == missing
}

// twins reports whether they may be twins.
func (c *comparison) twins() bool {
	return c.household() && c.levels[birth] == birthEqual && c.levels[given] >= givenClose && !c.numbered()
}

// located reports whether they live, or lived, at one place. A house in a street of the
// same name is another one where the postcode is of another part of the country.
func (c *comparison) located() bool {
	return c.levels[postcode] == postcodeUnit || c.levels[street] == streetHouse && c.levels[postcode] <= postcodeOutward
}

// atHome reports whether they live, or lived, in one house, as far as both say: a postcode
// has fifteen of them, and neighbours may be called the same.
func (c *comparison) atHome() bool {
	return c.located() && (c.levels[street] == missing || c.levels[street] <= streetOnly)
}

// corroborated reports whether something beyond name and birth date agrees.
func (c *comparison) corroborated() bool {
	return c.atHome() || c.levels[contact] == contactSame || c.levels[identifier] == identifierEqual ||
		c.levels[number] != missing && c.levels[number] <= numberEqual
}

// muchElse reports whether enough agrees to take two birth dates for one that was
// mistyped: both names as written and a number, or a number's worth of other evidence.
func (c *comparison) muchElse(above float64) bool {
	names := c.levels[family] != missing && c.levels[family] <= familyFormer && c.levels[given] == givenExact
	if !names || above < 5 {
		return false
	}
	if c.levels[number] != missing && c.levels[number] <= numberEqual || c.levels[identifier] == identifierEqual {
		return true
	}
	return c.levels[postcode] == postcodeUnit && c.levels[street] == streetHouse
}

// apartInYears reports whether the birth dates are those of two people: they differ by
// more than a slip, or by a generation.
func apartInYears(c *comparison, a, b *Traits) bool {
	return c.levels[birth] >= birthYear || c.levels[birth] == birthParts && apart(&a.birth, &b.birth) >= generation
}
