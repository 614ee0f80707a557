package scope

import "strings"

// Words says in plain British English what the scope lets an app do, to the person it would
// do it for: one clause without a full stop, such as "Read and search observations of the
// one patient it is opened on". "" for the zero Scope.
func (s Scope) Words() string {
	if s.Context == "" {
		if words := castWords(s.Plain); words != "" {
			return words
		}
		return plainWords[s.Plain]
	}
	return s.May.words() + " " + resourceNames(s.Resource) + " " + contextWords[s.Context] + s.Query.words()
}

var plainWords = map[string]string{
	OpenID:          "Know that it is you who is signed in",
	FHIRUser:        "Look up your own entry as a member of staff",
	Profile:         "See your name and your role",
	Launch:          "Be opened from your patient record system, on the patient that you have open there",
	LaunchPatient:   "Ask you which patient to open, if none is open",
	LaunchEncounter: "Know which visit or stay of the patient you are working on",
	OnlineAccess:    "Stay connected for as long as you are signed in (online access)",
	OfflineAccess:   "Stay connected when you are not there (offline access)",
	Graph:           "Do everything here that you may do yourself",
	OpenLaunch:      "Have apps opened on a patient, for the staff who use it",
}

var contextWords = map[Context]string{
	ForPatient: "of the one patient it is opened on",
	ForUser:    "of every patient whom you may see",
	ForSystem:  "of every patient whom its own role may see, with nobody signed in",
}

var verbs = [...]string{"create", "read", "change", "delete", "search"}

// words are the verbs: "Create, read and search".
func (p Permissions) words() string {
	var may []string
	for i, verb := range verbs {
		if p&(1<<i) != 0 {
			may = append(may, verb)
		}
	}
	text := listed(may)
	if text == "" {
		return "Do nothing with"
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// words are the conditions: ", only where category is laboratory". Of a code with its system
// the code alone is said; the scope stands beside it.
func (q Query) words() string {
	if len(q) == 0 {
		return ""
	}
	conditions := make([]string, len(q))
	for i, p := range q {
		name, modifier, _ := strings.Cut(p.Name, ":")
		is := " is "
		switch modifier {
		case "":
		case "not":
			is = " is not "
		case "in":
			is = " is one of "
		default:
			name = p.Name
		}
		alternatives := strings.Split(p.Value, ",")
		for j, v := range alternatives {
			if _, code, ok := strings.Cut(v, "|"); ok && code != "" {
				alternatives[j] = code
			}
		}
		conditions[i] = strings.ReplaceAll(name, "-", " ") + is + strings.Join(alternatives, " or ")
	}
	return ", only where " + listed(conditions)
}

// listed joins as English does: a, b and c.
func listed(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
