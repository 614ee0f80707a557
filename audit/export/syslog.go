package export

import (
	"os"
	"strconv"
	"strings"

	"github.com/patchworkcare/patchwork/audit"
)

// Syslog writes ATNA audit messages (IHE ITI-20): RFC 5424 with a DICOM message inside,
// framed by its length in octets as RFC 5425 §4.3 and RFC 6587 §3.4.1 have it.
type Syslog struct {
	// Host is HOSTNAME and the audit source's id; "" is "-".
	Host string
}

const (
	// priority is facility 10, security, and severity 5, notice (ITI TF-2: 3.20.4.1.2).
	priority = "<85>1 "
	// message is the MSGID that IHE gives to audit messages.
	message = " IHE+RFC-3881 - "
	// mark says that the text is UTF-8 (RFC 5424 §6.4).
	mark = "\xef\xbb\xbf"
)

// Append appends the length, a blank and the message.
func (s Syslog) Append(b []byte, e *audit.Entry) ([]byte, error) {
	host := printable(s.Host)
	text, err := dicom(e, host)
	if err != nil {
		return b, err
	}
	head := priority + e.Time.UTC().Format(micro) + " " + host + " patchwork " + strconv.Itoa(os.Getpid()) + message + mark
	b = strconv.AppendInt(b, int64(len(head)+len(text)), 10)
	b = append(b, ' ')
	return append(append(b, head...), text...), nil
}

// printable is a name as a header may have it: printable ASCII without blanks, at most
// 255 (RFC 5424 §6).
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f {
			return r
		}
		return -1
	}, s)
	if s == "" {
		return "-"
	}
	return s[:min(len(s), 255)]
}
