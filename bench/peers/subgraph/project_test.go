package subgraph

import "testing"

func TestProject(t *testing.T) {
	t.Parallel()
	const in = ` { "a" : "x\"},\\" , "deep":{"no":[1,{"id":2}]}, "list": [ {"id":"1","b":{"c":1.5},"d":[]}, {"b":null,"id":"2"} ],"n":12}`
	roots, err := parse(`query($v: String!) { r(ids: $v, family: "F") { mine: a list { id b { c } } n gone { x } } }`)
	if err != nil {
		t.Fatal(err)
	}
	got, end := project(nil, []byte(in), 0, roots[0].under)
	const want = `{"mine":"x\"},\\","list":[{"id":"1","b":{"c":1.5}},{"b":null,"id":"2"}],"n":12,"gone":null}`
	if string(got) != want || end != len(in) {
		t.Errorf("found %s\nwant  %s\nto %d of %d", got, want, end, len(in))
	}
	if v, f := roots[0].argument("ids", map[string]any{"v": "a-1"}), roots[0].argument("family", nil); v != "a-1" || f != "F" {
		t.Errorf("the arguments are %q, %q", v, f)
	}
}
