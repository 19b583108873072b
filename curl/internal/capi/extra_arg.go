package capi

// MaxExtraArgs is how many arguments CallExtra takes.
const MaxExtraArgs = 4

// ExtraArg is an argument of CallExtra.
type ExtraArg struct {
	IsText bool
	Text   string
	Number int
}

// FunctionNamed says whether libcurl itself has a function of that name.
func FunctionNamed(name string) bool {
	for _, f := range functions {
		if f.name == name {
			return true
		}
	}
	return false
}
