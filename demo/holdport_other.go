//go:build !unix

package demo

import "errors"

// holdPort is only possible where sockets can be bound without listening; a
// port that is not kept is usually free again when it is wanted.
func holdPort(string) (release func(), err error) { return nil, errors.ErrUnsupported }
