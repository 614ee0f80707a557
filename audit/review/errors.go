package review

// InputError is a step or an entry that cannot be done as asked; its text is for the
// user. It holds nothing of what was typed.
type InputError struct{ text string }

func (e *InputError) Error() string { return e.text }

// BadInput reports that the text may be shown to whoever asked.
func (e *InputError) BadInput() bool { return true }

// What a step may be refused for; compare with errors.Is.
var (
	// ErrNotFound: no item has this id.
	ErrNotFound = &InputError{"There is no such item in the review queue"}
	// ErrOwnDoing: nobody reviews what they did themselves.
	ErrOwnDoing = &InputError{"This is about something you did yourself: somebody else has to review it"}
	// ErrTaken: somebody is reviewing it.
	ErrTaken = &InputError{"Somebody is already reviewing this item"}
	// ErrClosed: it is closed; Reopen it first.
	ErrClosed = &InputError{"This item is closed: reopen it first"}
	// ErrNotBegun: only what was begun can be closed.
	ErrNotBegun = &InputError{"Begin the review of this item before you close it"}
	// ErrNotReviewer: who began it closes it; Reopen puts it back for others.
	ErrNotReviewer = &InputError{"Somebody else is reviewing this item: only they close it, or you put it back first"}
	// ErrNew: there is nothing to put back.
	ErrNew = &InputError{"Nobody is reviewing this item"}
	// ErrOvertaken: another step was a moment faster.
	ErrOvertaken = &InputError{"Somebody else has just done something with this item: look at it again"}
	// ErrOutcome: the outcome is none of Outcomes.
	ErrOutcome = &InputError{"The outcome must be appropriate, inappropriate, needs-investigation or mistaken"}
	// ErrNote: the note is too short, too long or no plain text.
	ErrNote = &InputError{"The note must be plain text of 10 to 1000 characters"}
	// ErrFilter: no such state or kind.
	ErrFilter = &InputError{"There is no such state or kind of review item"}
	// ErrEntry: a register entry without a user, or with unusable text.
	ErrEntry = &InputError{"A register entry needs the user's issuer and subject, and plain text of at most 500 characters"}
)
