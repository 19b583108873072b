package multiopt

import "strconv"

// Class is the kind of argument that libcurl takes for an option.
type Class uint8

// The classes. An Option is never of class ClassData: that belongs to the runtime.
const (
	ClassLong     Class = iota + 1 // a C long: numbers, switches and bit sets
	ClassOff                       // a curl_off_t
	ClassList                      // an array of C strings
	ClassFunction                  // a callback
	ClassData                      // the user data pointer of a callback
)

var classNames = [...]string{
	ClassLong: "long", ClassOff: "off_t", ClassList: "list", ClassFunction: "function", ClassData: "data",
}

// String returns a word for the class: "long", "off_t", "list", "function" or "data".
func (c Class) String() string {
	if int(c) < len(classNames) && classNames[c] != "" {
		return classNames[c]
	}
	return "Class(" + strconv.Itoa(int(c)) + ")"
}
