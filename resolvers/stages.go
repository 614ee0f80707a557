package resolvers

import (
	"context"
	"regexp"
	"strings"

	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/stages"
)

// sourceStages gives in which stage every system is, and the rules that go before that.
func (r *Resolver) sourceStages(ctx context.Context) ([]*model.SourceStage, error) {
	list, err := r.stagesNow(ctx)
	if err == nil {
		requestFrom(ctx).trail.looked("", "source stages")
	}
	return list, err
}

func (r *Resolver) stagesNow(ctx context.Context) ([]*model.SourceStage, error) {
	states, err := r.Stages.States(ctx)
	if err != nil {
		return nil, err
	}
	var list []*model.SourceStage
	for _, s := range r.Systems {
		o := s.Origin()
		whole := &stages.State{StageRule: record.StageRule{Source: o.ID, Stage: r.Stages.Current().Of(o.ID, "", "")}}
		place := len(list)
		list = append(list, nil)
		for i := range states {
			switch state := &states[i]; {
			case state.Source != o.ID:
			case state.Section == "" && state.Organisation == "":
				whole = state
			default:
				list = append(list, stageOf(state, o.Name))
			}
		}
		list[place] = stageOf(whole, o.Name)
	}
	return list, nil
}

func stageOf(s *stages.State, name string) *model.SourceStage {
	return &model.SourceStage{
		Source: s.Source, Name: orNil(name), Section: orNil(s.Section), Organisation: orNil(s.Organisation), Stage: stageName(s.Stage),
		At: timeOrNil(s.At), By: orNil(s.Maker), Reason: orNil(s.Reason),
	}
}

func stageName(s record.Stage) model.SourceStageName {
	return model.SourceStageName(strings.ToUpper(strings.ReplaceAll(string(s), "-", "_")))
}

// odsForm is what an ODS code looks like, as policies have it.
var odsForm = regexp.MustCompile(`\A[A-Z0-9]{2,12}\z`)

// setSourceStage changes one stage and gives all as they are then. A slip of the finger is
// refused: it would change nothing and look as if it had.
func (r *Resolver) setSourceStage(ctx context.Context, source string, stage *model.SourceStageName, section, organisation *string, reason string) ([]*model.SourceStage, error) {
	if r.system(source) == nil {
		return nil, refuse(ctx, CodeBadInput, "`source` is not a system of this region")
	}
	rule := record.StageRule{Source: source, Section: deref(section), Organisation: deref(organisation)}
	if _, ok := record.SectionNamed(rule.Section); section != nil && !ok {
		return nil, refuse(ctx, CodeBadInput, "`section` is no section, such as allergies")
	}
	if organisation != nil && !odsForm.MatchString(rule.Organisation) {
		return nil, refuse(ctx, CodeBadInput, "`organisation` is no ODS code")
	}
	if stage != nil {
		rule.Stage = record.Stage(strings.ToLower(strings.ReplaceAll(string(*stage), "_", "-")))
	}
	if err := r.Stages.Set(ctx, rule, reason); err != nil {
		return nil, unwritten(ctx, err)
	}
	return r.stagesNow(ctx)
}

// sourceTrials gives how the systems answered that are tried out.
func (r *Resolver) sourceTrials(ctx context.Context) ([]*model.SourceTrial, error) {
	scores, err := r.Stages.Scores(ctx)
	if err != nil {
		return nil, err
	}
	requestFrom(ctx).trail.looked("", "source trials")
	list := make([]*model.SourceTrial, len(scores))
	for i, s := range scores {
		list[i] = &model.SourceTrial{
			Day: s.Day, Source: s.Source, Section: s.Section, Status: s.Status, Answers: int(s.Answers), Entries: int(s.Entries),
			MeanMilliseconds: int(s.Milliseconds / max(1, s.Answers)), SlowestMilliseconds: int(s.Slowest),
		}
	}
	return list, nil
}
