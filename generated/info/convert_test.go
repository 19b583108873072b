package info_test

import (
	"math"
	"net/netip"
	"reflect"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
)

func check[T any](t *testing.T, key info.Key[T], value info.Value, want T) {
	t.Helper()
	if got := key.Convert(value); !reflect.DeepEqual(got, want) {
		t.Errorf("%v: %+v became %#v, want %#v", key, value, got, want)
	}
}

func TestConvert(t *testing.T) {
	check(t, info.EffectiveURL, info.Value{Str: "http://x/"}, "http://x/")
	check(t, info.ResponseCode, info.Value{Int: 404}, 404)
	check(t, info.ConditionUnmet, info.Value{Int: 1}, true)
	check(t, info.SizeDownload, info.Value{Int: 1 << 40}, 1<<40)
	check(t, info.SpeedDownloadDouble, info.Value{Float: 1.5}, 1.5)
	check(t, info.PrimaryPort, info.Value{Int: 65535}, 65535)
	check(t, info.PrimaryPort, info.Value{Int: -1}, 0)
	check(t, info.HTTPAuthUsed, info.Value{Int: 1}, info.AuthBasic)
	check(t, info.ProxyError, info.Value{Int: 3}, codes.ProxyClosed)
	check(t, info.CookieList, info.Value{List: []string{"a"}}, []string{"a"})
	check(t, info.ActiveSocket, info.Value{Int: 7}, 7)
	check(t, info.ActiveSocket, info.Value{Int: -1}, info.NoSocket)
	check(t, info.TLSPointer, info.Value{Int: 1, Ptr: 4096}, info.TLSSession{Backend: info.TLSOpenSSL, Pointer: 4096})
}

func TestConvertTimes(t *testing.T) {
	check(t, info.TotalTime, info.Value{Int: 1_500_000}, 1500*time.Millisecond)
	check(t, info.TotalTime, info.Value{Int: math.MaxInt64}, math.MaxInt64)
	check(t, info.TotalTimeSeconds, info.Value{Float: 0.1}, 100*time.Millisecond)
	check(t, info.TotalTimeSeconds, info.Value{Float: 1e300}, math.MaxInt64)
	check(t, info.RetryAfter, info.Value{Int: 120}, 2*time.Minute)
	check(t, info.RetryAfter, info.Value{Int: math.MaxInt64}, math.MaxInt64)
	check(t, info.RetryAfter, info.Value{Int: -120}, 0) // before libcurl 8.12.0, for a moment that is over
	check(t, info.FileTime, info.Value{Int: 86400}, time.Unix(86400, 0))
	check(t, info.FileTime, info.Value{Int: -1}, time.Time{})
	check(t, info.FileTime, info.Value{Int: -2}, time.Unix(-2, 0))
}

func TestConvertAddresses(t *testing.T) {
	check(t, info.PrimaryIP, info.Value{Str: "127.0.0.1"}, netip.MustParseAddr("127.0.0.1"))
	check(t, info.PrimaryIP, info.Value{Str: "fe80::1%eth0"}, netip.MustParseAddr("fe80::1%eth0"))
	check(t, info.PrimaryIP, info.Value{}, netip.Addr{})
	check(t, info.LocalIP, info.Value{Str: "/run/socket"}, netip.Addr{})
}
