package opt

import "strconv"

// Class is the kind of argument that libcurl takes for an option.
type Class uint8

// The classes. An Option is never of class ClassData or ClassObject: those belong to the runtime.
const (
	ClassLong     Class = iota + 1 // a C long: numbers, switches, enumerations, bit sets, durations
	ClassOff                       // a curl_off_t: 64 bit sizes and times
	ClassString                    // a C string
	ClassList                      // a list of strings
	ClassBlob                      // binary data with its length
	ClassBytes                     // a request body, whose length is an option of its own in libcurl
	ClassFunction                  // a callback
	ClassData                      // the user data pointer of a callback
	ClassObject                    // a pointer to another object of libcurl
)

var classNames = [...]string{
	ClassLong: "long", ClassOff: "off_t", ClassString: "string", ClassList: "list", ClassBlob: "blob",
	ClassBytes: "bytes", ClassFunction: "function", ClassData: "data", ClassObject: "object",
}

// String returns a word for the class: "long", "off_t", "string", "list", "blob", "bytes", "function", "data" or
// "object".
func (c Class) String() string {
	if int(c) < len(classNames) && classNames[c] != "" {
		return classNames[c]
	}
	return "Class(" + strconv.Itoa(int(c)) + ")"
}
