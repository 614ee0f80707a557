package sources

// Notice is something that a connector sees and that is for whoever joins the system, not
// for its readers.
type Notice string

// The notices, and what each is about.
const (
	// Strangers: a search was answered with people whom nobody asked for. They are left out,
	// but such a system may not heed what it is asked. About the key of the stanza.
	Strangers Notice = "strangers"
	// PagesUnread: an answer has what looks like a next page, and the stanza says nothing of
	// pages. About the key of the stanza.
	PagesUnread Notice = "pages-unread"
	// NextAbsent and NextSeen: the member that leads to the next page was not, or was, in an
	// answer. About the key of the stanza.
	NextAbsent Notice = "next-absent"
	NextSeen   Notice = "next-seen"
)

// Tell gives a notice to who listens, if anybody does.
func (e *Env) Tell(n Notice, about string) {
	if e.Notice != nil {
		e.Notice(n, about)
	}
}
