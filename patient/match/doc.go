// Package match says how likely it is that two records are of one person, and whether
// they may be linked without a person looking (hazard H-01).
//
// It owns the comparison of names, birth dates, addresses and numbers, the weights of
// what agrees (Fellegi and Sunter, A Theory for Record Linkage, 1969, with term
// frequencies by Winkler), the family rules that no weight can outvote, and how weights
// are estimated from data. It does not own what becomes of a judgement (patient), and it
// is pure: no clock, no reading, no writing, the same answer to the same question.
//
// A judgement speaks in words for fields and levels and never in values: no name, number
// or date leaves by it. The rule everything here serves: a link that is wrong shows
// another person's record, one that is missing only costs a look. So Link needs a birth
// date and names that agree and something beyond them, whatever the score.
package match
