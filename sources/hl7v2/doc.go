// Package hl7v2 is a system that sends HL7 v2 messages as things happen, instead of
// being asked: admissions and demographics (ADT), results (ORU^R01), appointments (SIU)
// and documents (MDM).
//
// It owns the listener, what is answered to senders, and what the messages about one
// person come to (chart). Below it are er7 (the encoding), mllp (the connections) and
// feed (the store). A message is acknowledged when it is durable. Nothing is worked out
// when a message comes but whom it is about: the record is made of the messages
// themselves whenever it is asked for, in the order in which they came, so that a
// correction of this package corrects what was received before it.
//
// It does not own deadlines, breakers or the wrong-patient guard, which are package
// sources, nor the linking of people, which is package patient. See README.md for
// configuration and for what each segment becomes.
package hl7v2
