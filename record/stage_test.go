package record_test

import (
	"testing"

	"github.com/patchworkcare/patchwork/record"
)

func TestTheMostSpecificStageHolds(t *testing.T) {
	t.Parallel()
	stages := record.NewStages([]record.StageRule{
		{Source: "lab", Stage: record.Shadow},
		{Source: "lab", Section: "results", Stage: record.Live},
		{Source: "lab", Organisation: "A11", Stage: record.ClinicalSafety},
		{Source: "lab", Section: "results", Organisation: "B22", Stage: record.Shadow},
		{Source: "lab", Section: "allergies", Organisation: "A11", Stage: record.Live},
		{Source: "odd", Stage: "of another version"},
	})
	for _, c := range []struct {
		source, section, organisation string
		want                          record.Stage
		shown, toTesters              bool
	}{
		{"gp", "results", "A11", record.Live, true, true},
		{"lab", "problems", "C33", record.Shadow, false, false},
		{"lab", "problems", "", record.Shadow, false, false},
		{"lab", "results", "C33", record.Live, true, true},
		{"lab", "results", "", record.Live, true, true},
		{"lab", "problems", "A11", record.ClinicalSafety, false, true},
		{"lab", "results", "A11", record.ClinicalSafety, false, true}, // the more cautious of the two
		{"lab", "results", "B22", record.Shadow, false, false},
		{"lab", "allergies", "A11", record.Live, true, true},
		{"odd", "results", "A11", "of another version", false, false},
	} {
		if is := stages.Of(c.source, c.section, c.organisation); is != c.want {
			t.Errorf("%v: %s", c, is)
		}
		if stages.Shown(c.source, c.section, c.organisation, false) != c.shown || stages.Shown(c.source, c.section, c.organisation, true) != c.toTesters {
			t.Errorf("%v: shown otherwise", c)
		}
	}
	if !stages.Speaks("lab", "C33", false) || stages.Speaks("lab", "B22", true) || stages.Speaks("odd", "A11", true) || !stages.Speaks("gp", "A11", false) {
		t.Error("another source speaks")
	}
	if stages.Mute("lab") || stages.Mute("gp") || !record.NewStages([]record.StageRule{{Source: "lab", Stage: record.Shadow}}).Mute("lab") {
		t.Error("another source is mute")
	}
	var none *record.Stages
	if none.Of("lab", "results", "A11") != record.Live || !none.Speaks("lab", "", false) || none.Mute("lab") {
		t.Error("without rules a source is not live")
	}
}
