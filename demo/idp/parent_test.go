package idp_test

import (
	"bufio"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/demo/idp"
	"github.com/patchworkcare/patchwork/demo/idp/idptest"
)

// asParent has this test binary be a process that starts providers and is killed.
const asParent = "PATCHWORK_TEST_IDP_PARENT"

func TestProvidersEndWithTheirParent(t *testing.T) {
	t.Parallel()
	if os.Getenv(asParent) != "" {
		beParent(t)
		return
	}
	parent := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestProvidersEndWithTheirParent$", "-test.v") //nolint:gosec // this very binary
	parent.Env = append(os.Environ(), asParent+"=1", "CI=", "TMPDIR="+t.TempDir())                                   // nobody is left to remove its folders
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	var addresses []string
	for lines := bufio.NewScanner(out); len(addresses) < 3 && lines.Scan(); {
		var address string
		if _, err := fmt.Sscanf(lines.Text(), "started http://%s", &address); err == nil {
			addresses = append(addresses, address)
		}
	}
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = parent.Wait() // it was killed
	if len(addresses) < 3 {
		t.Skip("skipped: absent: not every provider is installed")
	}
	for _, address := range addresses {
		waitUntilGone(t, address)
	}
}

// beParent starts one of each and waits to be killed.
func beParent(t *testing.T) {
	o, err := idp.StartOIDC(t.Context(), idp.OIDCOptions{})
	idptest.Started(t, err)
	s, err := idp.StartSAML(t.Context(), idp.SAMLOptions{})
	idptest.Started(t, err)
	d, err := idp.StartLDAP(t.Context(), idp.LDAPOptions{})
	idptest.Started(t, err)
	for _, address := range []string{o.Issuer, s.EntityID, d.URL} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("started http://%s\n", u.Host)
	}
	<-t.Context().Done()
}

func waitUntilGone(t *testing.T, address string) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		conn, err := net.DialTimeout("tcp", address, time.Second)
		if err != nil {
			return
		}
		_ = conn.Close()
	}
	t.Errorf("%s still listens although its parent was killed", address)
}
