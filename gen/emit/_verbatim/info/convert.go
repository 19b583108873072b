package info

import (
	"math"
	"net/netip"
	"time"
)

// The functions in this file turn what libcurl answers into the types of the keys.

func toString(v Value) string { return v.Str }

func toList(v Value) []string { return v.List }

func toInt(v Value) int { return int(v.Int) }

func toInt64(v Value) int64 { return v.Int }

func toBool(v Value) bool { return v.Int != 0 }

func toFloat(v Value) float64 { return v.Float }

// toPort returns 0 for -1, by which some 8.x releases, such as 8.14.1, say that there is no connection.
func toPort(v Value) uint16 { return uint16(max(v.Int, 0)) }

func toEnum[T ~int32 | ~uint32](v Value) T { return T(v.Int) }

// toAddr returns the zero Addr for the empty string, which stands for no connection or a Unix domain socket.
func toAddr(v Value) netip.Addr {
	addr, err := netip.ParseAddr(v.Str)
	if err != nil {
		return netip.Addr{}
	}
	return addr
}

// toTime returns the zero time for -1, by which libcurl says that it does not know.
func toTime(v Value) time.Time {
	if v.Int == -1 {
		return time.Time{}
	}
	return time.Unix(v.Int, 0)
}

func fromMicroseconds(v Value) time.Duration { return scale(v.Int, time.Microsecond) }

// fromSeconds returns 0 for a moment that is over, as libcurl does itself since 8.12.0.
func fromSeconds(v Value) time.Duration { return scale(max(v.Int, 0), time.Second) }

// scale stops at the largest Duration, 292 years: a server may ask to be tried again after any number of seconds.
func scale(n int64, unit time.Duration) time.Duration {
	if n > int64(math.MaxInt64/unit) {
		return math.MaxInt64
	}
	return time.Duration(n) * unit
}

// fromFloatSeconds rounds to microseconds, the resolution of libcurl's clock.
func fromFloatSeconds(v Value) time.Duration {
	micros := math.Round(v.Float * 1e6)
	if micros > math.MaxInt64/1e3 {
		return math.MaxInt64
	}
	return time.Duration(micros) * time.Microsecond
}

func toSocket(v Value) uintptr { return uintptr(v.Int) }

func toTLSSession(v Value) TLSSession { return TLSSession{Backend: TLSBackend(v.Int), Pointer: v.Ptr} }
