package ldap

import (
	"net"
	"testing"
)

// TestAReaderThatIsEarly: the library reads before the first operation has begun. Once that
// ended the connection now and then, on a busy machine.
func TestAReaderThatIsEarly(t *testing.T) {
	t.Parallel()
	here, there := net.Pipe()
	defer here.Close()
	go func() {
		_, _ = there.Write([]byte("x"))
		_ = there.Close()
	}()
	if n, err := newWire(here).Read(make([]byte, 1)); n != 1 || err != nil {
		t.Errorf("%d %v", n, err)
	}
}
