package main

import "fmt"

// Severity of the harm that a hazard may do, mildest first (DCB0129 implementation guidance,
// table of severity).
var severities = []string{"minor", "significant", "considerable", "major", "catastrophic"}

// Likelihood that it does, least first.
var likelihoods = []string{"very low", "low", "medium", "high", "very high"}

// matrix is the clinical risk matrix of the guidance to DCB0129: a row for each likelihood, a
// column for each severity.
var matrix = [5][5]int{
	{1, 1, 2, 2, 3},
	{1, 2, 2, 3, 4},
	{2, 2, 3, 3, 4},
	{2, 3, 3, 4, 5},
	{3, 4, 4, 5, 5},
}

// acceptability is what the guidance says of each risk, by its number.
var acceptability = [6]string{
	1: "Acceptable, no further action required",
	2: "Acceptable where the cost of further reduction outweighs the benefits gained, or where further risk reduction is impractical",
	3: "Undesirable: attempts should be made to eliminate or control it to an acceptable level; acceptable only where further reduction is impractical",
	4: "Mandatory elimination or control to reduce the risk to an acceptable level",
	5: "Unacceptable",
}

// Risk is how severe and how likely a hazard is.
type Risk struct {
	Severity   string `yaml:"severity"`
	Likelihood string `yaml:"likelihood"`
}

// Score is the number of the matrix, 1 to 5; 0 if one of the words is none of the matrix.
func (r Risk) Score() int {
	s, l := indexOf(severities, r.Severity), indexOf(likelihoods, r.Likelihood)
	if s < 0 || l < 0 {
		return 0
	}
	return matrix[l][s]
}

// Acceptability is what the guidance says of the score.
func (r Risk) Acceptability() string { return acceptability[r.Score()] }

func (r Risk) String() string {
	return fmt.Sprintf("%s × %s = %d", r.Severity, r.Likelihood, r.Score())
}

func indexOf(words []string, word string) int {
	for i, w := range words {
		if w == word {
			return i
		}
	}
	return -1
}
