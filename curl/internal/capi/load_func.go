package capi

// Func is one function of libcurl: a row of the function table.
type Func uint8

type function struct {
	name     string
	since    uint32 // 0xXXYYZZ
	required bool   // every libcurl that is accepted has it
}

// String is the function's C name.
func (f Func) String() string { return functions[f].name }

// Since is the first libcurl that has the function, as 0xXXYYZZ.
func (f Func) Since() uint32 { return functions[f].since }
