package idp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"syscall"
	"time"
)

const (
	// readyWithin bounds how long a provider may take to answer; PHP and node on a busy
	// machine take seconds.
	readyWithin = 60 * time.Second
	// stopWithin is how long one may take to end when told to.
	stopWithin = 5 * time.Second
	pollEvery  = 25 * time.Millisecond
)

// child is a running provider: a group of processes of its own.
type child struct {
	name  string
	cmd   *exec.Cmd
	log   *tail
	stdin io.WriteCloser
	ended chan struct{}
	stop  sync.Once
}

// startChild starts cmd in a group of its own. Its standard input stays open for as long
// as this process lives; what it writes is kept for a failure's report.
func startChild(name string, cmd *exec.Cmd) (*child, error) {
	c := &child{name: name, cmd: cmd, log: &tail{}, ended: make(chan struct{})}
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	c.stdin = stdin
	if cmd.Stdout == nil {
		cmd.Stdout = c.log
	}
	cmd.Stderr = c.log
	cmd.SysProcAttr = ofItsOwn()
	cmd.WaitDelay = time.Second
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("%s does not start: %w", name, err)
	}
	go func() {
		_ = cmd.Wait() // why it ended is in its log
		close(c.ended)
	}()
	return c, nil
}

// ready polls answers until it is true. The child's own end and the bound are failures
// that show what it said.
func (c *child) ready(ctx context.Context, answers func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	for {
		err := answers(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-c.ended:
			return fmt.Errorf("%s ended at once; it said:\n%s", c.name, c.log)
		case <-ctx.Done():
			return fmt.Errorf("%s did not answer in time (%w); it said:\n%s", c.name, err, c.log)
		case <-time.After(pollEvery):
		}
	}
}

// Stop ends the whole group, kindly at first. It may be called again.
func (c *child) Stop() {
	c.stop.Do(func() {
		_ = c.stdin.Close()
		endGroup(c.cmd.Process.Pid, syscall.SIGTERM)
		select {
		case <-c.ended:
		case <-time.After(stopWithin):
		}
		endGroup(c.cmd.Process.Pid, syscall.SIGKILL) // whoever of the group is left
		<-c.ended
	})
}

// freeAddress gives an address of loopback that nobody listens at now.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// onFreePort tries again if somebody else takes the port between finding and using it.
func onFreePort[T any](ports int, start func(addresses []string) (T, error)) (T, error) {
	var none T
	var errs []error
	for try := 1; try <= 3; try++ {
		addresses := make([]string, ports)
		for i := range addresses {
			a, err := freeAddress()
			if err != nil {
				return none, err
			}
			addresses[i] = a
		}
		started, err := start(addresses)
		if err == nil {
			return started, nil
		}
		errs = append(errs, fmt.Errorf("try %s: %w", strconv.Itoa(try), err))
	}
	return none, errors.Join(errs...)
}

// tail keeps the last of what a provider wrote.
type tail struct {
	mu   sync.Mutex
	text []byte
}

const tailBytes = 32 << 10

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, p...)
	if over := len(t.text) - tailBytes; over > 0 {
		t.text = append([]byte(nil), t.text[over:]...)
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.text)
}

// folder makes the temporary folder of a provider.
func folder(kind string) (string, error) { return os.MkdirTemp("", "patchwork-"+kind+"-") }
