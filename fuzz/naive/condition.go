package naive

// none is the value of a key that is not there.
const none = "none"

// holds reports whether a condition holds for the values that its key has: "a
// condition holds if one of them is listed (in), and fails if one of them is excluded
// (not)".
func (c Condition) holds(key string, values []string) bool {
	for _, v := range values {
		for _, excluded := range c.Not {
			if matches(key, excluded, v) {
				return false
			}
		}
	}
	if len(c.In) == 0 {
		return true
	}
	for _, v := range values {
		for _, listed := range c.In {
			if matches(key, listed, v) {
				return true
			}
		}
	}
	return false
}

func matches(key, listed, value string) bool {
	switch {
	case key == "time":
		return within(listed, value)
	case key == "relationship" && listed == "any":
		return value != none
	}
	return listed == value
}

// within reports whether a time of the day such as "07:30" is in a window such as
// "22:00-08:00": windows "may pass midnight; the end is not included". Times of two
// digits each are in order as texts.
func within(window, at string) bool {
	if len(window) != len("00:00-00:00") || len(at) != len("00:00") {
		return false
	}
	from, to := window[:5], window[6:]
	if from <= to {
		return from <= at && at < to
	}
	return from <= at || at < to
}

func has(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}

func isOne(list, values []string) bool {
	for _, v := range values {
		if has(list, v) {
			return true
		}
	}
	return false
}
