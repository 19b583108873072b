//go:build race

package curl_test

// raceDetector says that the process's memory is the race detector's for the greater part: it keeps a record of every
// access, so that growth says nothing about ours.
const raceDetector = true
