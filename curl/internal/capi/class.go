package capi

// Class is the C argument type of an option, numbered as enum gocurl_class in cell.h.
type Class uint8

// The classes of option arguments.
const (
	ClassLong Class = iota
	ClassOff
	ClassString
	ClassList
	ClassBlob
	ClassBytes
	ClassFunction
)
