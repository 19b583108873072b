//go:build !cgo

package capi

// ExtraFunction is never called.
func ExtraFunction(name string) uintptr { return 0 }

// CallExtra is never called.
func (Cell) CallExtra(function uintptr, args []ExtraArg) int { return 0 }

// OptionNamed is never asked.
func OptionNamed(name string) int32 { return 0 }
