// Package mllp is the Minimal Lower Layer Protocol by which HL7 v2 messages come over
// TCP: a byte 0x0B, the message, the bytes 0x1C and 0x0D.
//
// It owns the frames, the connections and their limits: how long a frame may take and
// how large it may be, how many connections there are, and how much memory all of them
// use together. It does not know what is in a frame. Whoever keeps to the protocol is
// answered in the order of the frames; whoever does not is cut, and everybody else goes on.
package mllp
