package resolvers

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/patient"
)

// understandNumbers says whom the numbers of a pasted text lead to, before any of them is
// added to anything.
func (r *Resolver) understandNumbers(ctx context.Context, text string, wait *int) (*model.PastedNumbers, error) {
	if err := requestFrom(ctx).errPinned(ctx); err != nil {
		return nil, err
	}
	if len(text) > mostPasted {
		return nil, refuse(ctx, CodeBadInput, "The text is too long: paste some thousand numbers at a time")
	}
	until := r.waitFor(ctx, wait)
	understood := understand(text)
	out := &model.PastedNumbers{Numbers: []*model.PastedNumber{}, Problems: make([]*model.PastedProblem, len(understood.problems))}
	for i, p := range understood.problems {
		out.Problems[i] = &model.PastedProblem{Line: p.line, Reason: p.reason}
	}
	numbers := understood.numbers[:min(len(understood.numbers), mostPeople)]
	out.Beyond = len(understood.numbers) - len(numbers)
	done, err := r.mayLookUp(ctx, len(numbers))
	if err != nil {
		return nil, err
	}
	defer done()
	people, problems, err := r.lookUp(ctx, numbers, until)
	if err != nil {
		return nil, err
	}
	if err := r.standAndLearn(ctx, distinct(people)); err != nil {
		return nil, err
	}
	var opened []*patient.Patient
	for i, p := range people {
		number := &model.PastedNumber{NhsNumber: numbers[i], Problem: orNil(problems[i])}
		switch {
		case p == nil:
		case requestFrom(ctx).seesListed(p) == sightShown:
			number.Patient = p
			opened = append(opened, p)
		default:
			problems[i] = CodePatientNotFound
			number.Problem = &problems[i]
		}
		out.Numbers = append(out.Numbers, number)
	}
	r.countNumbers(ctx, numbers, problems)
	r.open(ctx, until, distinct(opened), selectedOfPasted(ctx))
	return out, nil
}

// selectedOfPasted are the fields of Patient that the numbers select.
func selectedOfPasted(ctx context.Context) []graphql.CollectedField {
	var selected []graphql.CollectedField
	oc := graphql.GetOperationContext(ctx)
	for _, f := range graphql.CollectFieldsCtx(ctx, nil) {
		if f.Name != "numbers" {
			continue
		}
		for _, n := range graphql.CollectFields(oc, f.Selections, []string{"PastedNumber"}) {
			if n.Name == "patient" {
				selected = slices.Concat(selected, graphql.CollectFields(oc, n.Selections, []string{"Patient"}))
			}
		}
	}
	return selected
}
