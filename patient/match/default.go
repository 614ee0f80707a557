package match

// Default is the built-in model: chances as published for the United Kingdom's registers
// and cautious where fields depend on each other (who shares a postcode often shares the
// street). A region that estimates its own (`patchwork linkage estimate`) loses fewer
// links; no fewer are false. docs/linking.md says where the figures come from.
func Default() *Model {
	return &Model{
		Prior: 1e-6,
		Link:  15,
		Ask:   0,
		Fields: map[string]map[string]Chance{
			fieldNames[family]: {
				"exact": {.87, .0012}, "exchanged": {.005, .00001}, "former": {.02, .0003}, "part": {.015, .0008},
				"close": {.045, .0015}, "similar": {.01, .01}, "different": {.035, .9862},
			},
			fieldNames[given]: {
				"exact": {.85, .006}, "exchanged": {.005, .00001}, "first": {.01, .002}, "any": {.03, .004}, "close": {.04, .004},
				"initial": {.02, .03}, "similar": {.02, .03}, "different": {.025, .924},
			},
			fieldNames[birth]: {
				"equal": {.965, .000036}, "exchanged": {.005, .000012}, "digit": {.012, .0008}, "partly": {.005, .005},
				"parts": {.005, .004}, "year": {.003, .012}, "different": {.005, .978},
			},
			fieldNames[sex]:      {"equal": {.992, .5}, "different": {.008, .5}},
			fieldNames[postcode]: {"unit": {.7, .00006}, "slip": {.03, .0003}, "sector": {.03, .001}, "outward": {.06, .02}, "different": {.18, .97864}},
			fieldNames[street]:   {"house": {.62, .004}, "street": {.12, .01}, "number": {.04, .02}, "different": {.22, .966}},
			fieldNames[place]:    {"same": {.8, .15}, "similar": {.05, .02}, "different": {.15, .83}},
			fieldNames[contact]:  {"same": {.55, .0003}, "similar": {.03, .0003}, "different": {.42, .9994}},
			fieldNames[number]: {
				"verified": {.95, .0000001}, "superseded": {.01, .0000001}, "equal": {.02, .000001}, "slip": {.01, .000005}, "different": {.01, .99},
			},
			fieldNames[identifier]: {"equal": {.75, .00001}, "slip": {.05, .0001}, "different": {.2, .9998}},
		},
		Frequencies: commonNames(),
	}
}
