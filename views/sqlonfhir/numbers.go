package sqlonfhir

import (
	"encoding/json"
	"errors"
	"math/big"
	"strconv"
	"strings"
)

var errNumber = errors.New("a number is too long to be reckoned with")

func number(n int) json.Number { return json.Number(strconv.Itoa(n)) }

// rational reads a number exactly. Its length and exponent are bounded, because 1e999999999
// is short to write and long to hold.
func rational(n json.Number) (*big.Rat, error) {
	text := string(n)
	if len(text) > 100 {
		return nil, errNumber
	}
	if at := strings.IndexAny(text, "eE"); at >= 0 {
		if exponent, err := strconv.Atoi(text[at+1:]); err != nil || exponent > 100 || exponent < -100 {
			return nil, errNumber
		}
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil, errNumber
	}
	return r, nil
}

// decimals counts the digits behind the point as they were written.
func decimals(n json.Number) int {
	mantissa, exponent, _ := strings.Cut(strings.ToLower(string(n)), "e")
	_, behind, _ := strings.Cut(mantissa, ".")
	shift, _ := strconv.Atoi(exponent)
	return max(0, len(behind)-shift)
}

// arithmetic is + - * / div mod of two numbers; nothing where the divisor is zero.
func arithmetic(op string, a, b json.Number) ([]node, error) {
	x, err := rational(a)
	if err != nil {
		return nil, err
	}
	y, err := rational(b)
	if err != nil {
		return nil, err
	}
	places, result := max(decimals(a), decimals(b)), new(big.Rat)
	switch op {
	case "+":
		result.Add(x, y)
	case "-":
		result.Sub(x, y)
	case "*":
		places = decimals(a) + decimals(b)
		result.Mul(x, y)
	default:
		if y.Sign() == 0 {
			return nil, nil
		}
		result.Quo(x, y)
		whole := new(big.Rat).SetInt(new(big.Int).Quo(result.Num(), result.Denom()))
		switch op {
		case "div":
			places, result = 0, whole
		case "mod":
			result.Sub(x, whole.Mul(whole, y))
		default:
			return []node{{value: json.Number(shortest(result.FloatString(8))), kind: "decimal"}}, nil
		}
	}
	return []node{{value: json.Number(result.FloatString(places))}}, nil
}

// shortest drops the zeros a quotient ends with; it never had them written.
func shortest(text string) string {
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

func negative(n json.Number) (json.Number, error) {
	r, err := rational(n)
	if err != nil {
		return "", err
	}
	return json.Number(r.Neg(r).FloatString(decimals(n))), nil
}
