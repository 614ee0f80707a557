package er7

// Error is why bytes are not a message. It quotes nothing of them.
type Error struct {
	// Code is machine-readable: "not-hl7", "charset-utf-16" …
	Code string
	// Text is one plain sentence without a full stop.
	Text string
}

// Error gives the sentence and the code.
func (e *Error) Error() string { return e.Text + " (" + e.Code + ")" }

// What can be wrong with bytes that should be a message.
var (
	ErrNotHL7 = &Error{"not-hl7", "It does not begin with a header (MSH)"}
	// ErrBatch is about files of many messages, which the protocol of single messages
	// does not carry.
	ErrBatch      = &Error{"batch", "It is a batch, not a single message"}
	ErrDelimiters = &Error{"delimiters", "Its header does not name delimiters that can be told apart"}
	ErrSegment    = &Error{"bad-segment", "A line of it is no segment"}
	ErrSegments   = &Error{"too-many-segments", "It has more segments than are read"}
	ErrTooLarge   = &Error{"too-large", "It is larger than is read"}
	ErrUTF16      = &Error{"charset-utf-16", "It is in UTF-16 or UTF-32, which the protocol cannot carry"}
	ErrCharset    = &Error{"charset-unknown", "It names a character set that is not known here"}
	ErrEncoding   = &Error{"charset-wrong", "Its bytes are not in the character set it is said to be in"}
)
