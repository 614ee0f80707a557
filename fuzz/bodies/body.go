// Package bodies holds request bodies that are made to cost a GraphQL server much, or to make
// it say what it should not: assurance.md §6. It knows GraphQL and the names of this schema,
// and nothing of the server.
package bodies

import (
	"encoding/json"
	"strings"
)

// Most is the largest body that a server reads, in bytes.
const Most = 64 << 10

// Canary stands in bodies wherever a caller can put words of their own. No answer repeats it.
const Canary = "9434765919"

// Body is one request.
type Body struct {
	// Name says what it tries; Family what it is one of.
	Family, Name string
	// Text is what is sent, at most Most bytes.
	Text string
	// Bound is the bound that it is to be refused by; "" is any refusal.
	Bound string
	// Runs: it is no attack that is refused, but costs what its answer costs.
	Runs bool
}

// operation makes a body of an operation's text.
func operation(text string) string { return with(text, nil) }

func with(text string, variables any) string {
	body := map[string]any{"query": text}
	if variables != nil {
		body["variables"] = variables
	}
	b, err := json.Marshal(body)
	if err != nil {
		panic(err) // strings and lists of this package
	}
	return string(b)
}

// filled repeats unit between head and tail until the body is as large as is read; each
// replaces # in the unit by its number.
func filled(head, unit, tail string) string {
	var b strings.Builder
	b.WriteString(head)
	left := Most - len(operation(head+tail)) - 16
	for i := 0; ; i++ {
		next := strings.ReplaceAll(unit, "#", number(i))
		quoted, err := json.Marshal(next)
		if err != nil {
			panic(err)
		}
		if left -= len(quoted) - 2; left < 0 {
			break
		}
		b.WriteString(next)
	}
	return operation(b.String() + tail)
}

// times is filled for a number of units.
func times(head, unit string, n int, tail string) string {
	var b strings.Builder
	b.WriteString(head)
	for i := range n {
		b.WriteString(strings.ReplaceAll(unit, "#", number(i)))
	}
	b.WriteString(tail)
	return operation(b.String())
}

func number(i int) string {
	const digits = "0123456789"
	if i < 10 {
		return digits[i : i+1]
	}
	return number(i/10) + digits[i%10:i%10+1]
}
