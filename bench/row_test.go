package main

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func rowOf(k kind, first bool, cpu ...float64) *row {
	r := &row{target: &target{kind: k, first: first}}
	for _, c := range cpu {
		r.samples = append(r.samples, sample{cpu: c, far: []time.Duration{time.Duration(c) * time.Millisecond}})
	}
	return r
}

// The best peer is one that asks the sources and stayed in; ratios are within rounds.
func TestBestPeer(t *testing.T) {
	t.Parallel()
	best, floor := rowOf(peer, false, 8, 6), rowOf(bare, false, 2, 1)
	failed := rowOf(peer, false, 1, 1)
	failed.out = errors.New("it answered wrongly")
	l := &line{rows: []*row{floor, rowOf(ours, false, 3, 3), rowOf(peer, false, 9, 9), best, failed, rowOf(peer, true, 1, 1), {target: &target{kind: peer}}}}
	if got := cpu.best(l); got != best {
		t.Errorf("the best peer is %+v", got)
	}
	if got := cpu.ratio(best, floor).text(1); got != "5.0 (4.0–6.0)" {
		t.Errorf("its ratio to the floor is %s", got)
	}
	rate := figure{more: true, of: each(func(s sample) float64 { return s.cpu })}
	if got := rate.best(l); got == best || got.kind != peer {
		t.Errorf("where more is better, the best peer is %+v", got)
	}
	if got := cpu.cell(best, floor, nil); got != "7.00 · 5.00 · –" {
		t.Errorf("its cell is %s", got)
	}
	if got := cpu.best(&line{rows: []*row{floor}}); got != nil {
		t.Errorf("nobody's best peer is %+v", got)
	}
}

// A peer's answer must hold every resource, of whom it was asked about.
func TestCheckOwn(t *testing.T) {
	t.Parallel()
	w := &work{resources: 4}
	resource := func(of string) string { return `{"id":"a-` + of + `-1"}` }
	for name, c := range map[string]struct {
		answer, wrong string
	}{
		"right":          {`{"data":{"a":[` + strings.Repeat(resource("401")+",", 3) + resource("401") + `]}}`, ""},
		"one is missing": {`{"data":{"a":[` + strings.Repeat(resource("401")+",", 2) + resource("401") + `]}}`, "3 of 4"},
		"somebody else":  {`{"data":{"a":[` + strings.Repeat(resource("402")+",", 3) + resource("402") + `]}}`, "who was asked for"},
		"with errors":    {`{"errors":[{"message":"x"}],"data":{}}`, "errors"},
		"no JSON":        {`<html>`, "invalid"},
	} {
		err := checkOwn(w, []byte(c.answer), []string{"401"})
		if (err == nil) != (c.wrong == "") || err != nil && !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
