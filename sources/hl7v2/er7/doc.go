// Package er7 reads HL7 v2 messages in their ordinary encoding, bars and hats (HL7
// v2.5.1 chapter 2: "encoding rules seven").
//
// It owns delimiters, escapes, repetitions, components, line ends and character sets,
// and gives every text exactly as it was sent. What is absent and what is null (two
// double quotes: "delete what you hold") are told apart. It does not know what any
// segment means, keeps nothing and reads no stream: the caller has bounded the message.
// Nothing is split before it is asked for, so that a message costs little more memory
// than its own size, whatever it is made of.
package er7
