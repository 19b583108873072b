//go:build generate

// Package gocurl has no code: its tests keep the generated files in line with headers/. The API is in package curl.
package gocurl

//go:generate go run ./gen
