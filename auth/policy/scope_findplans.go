package policy

import "github.com/patchworkcare/patchwork/record"

func findCarePlan(param string, e record.Entry, see sees) traits {
	p, _ := e.(*record.CarePlan)
	switch {
	case p == nil:
	case param == "category":
		return see.concept("code", p.Code)
	case param == "status":
		return see.wordOr("status", p.Status, "draft", "active", "on-hold", "revoked", "completed", enteredInError)
	}
	return traits{}
}

func findAboutMe(param string, e record.Entry, see sees) traits {
	a, _ := e.(*record.AboutMe)
	switch {
	case a == nil:
	case param == "code":
		return see.concept("code", a.Code)
	case param == "status":
		return see.word("status", a.Status, "preliminary", "final", "amended", enteredInError)
	}
	return traits{}
}

func findEndOfLife(param string, e record.Entry, see sees) traits {
	x, _ := e.(*record.EndOfLife)
	switch {
	case x == nil:
	case param == "category":
		return see.concept("code", x.Code)
	case param == "status":
		return see.word("status", x.Status, "draft", "proposed", "active", "rejected", "inactive", enteredInError)
	}
	return traits{}
}
