package smart

// ReadKeySet is for the fuzzer.
var ReadKeySet = readKeySet

// MayFetchFrom is for the table of addresses.
var MayFetchFrom = mayFetchFrom
