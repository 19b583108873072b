//go:build !race

package curl_test

const raceDetector = false
