package peers

import "encoding/json"

// hive is a gateway that federates the parts of the sources.
func hive(at where) (*Running, error) {
	r := &Running{}
	behind, err := r.subgraphs(at)
	if err != nil {
		return nil, err
	}
	type part struct {
		Name     string `json:"name"`
		URL      string `json:"url"`
		TypeDefs string `json:"typeDefs"`
	}
	var parts []part
	for i := range at.sources {
		letter := letters[i : i+1]
		parts = append(parts, part{letter, behind + "/" + letter, partOf(i)})
	}
	text, err := json.Marshal(parts)
	if err != nil {
		r.Stop()
		return nil, err
	}
	gateway, err := node("server.mjs")(at.with("BENCH_PARTS=" + string(text)))
	if err != nil {
		r.Stop()
		return nil, err
	}
	return &Running{URL: gateway.URL, Processes: append(r.Processes, gateway.Processes...)}, nil
}
