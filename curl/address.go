package curl

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"strconv"
	"syscall"
	"unsafe"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// decodeAddress reads the system's struct sockaddr. The layouts that Go's syscall package declares are the ones of the
// platform, so the offsets come from there.
func decodeAddress(s capi.SockAddr) opt.SocketAddress {
	a := opt.SocketAddress{Family: s.Family, Type: s.Type, Protocol: s.Protocol, Raw: append([]byte(nil), s.Addr...)}
	switch s.Family {
	case syscall.AF_INET:
		if len(s.Addr) >= 8 {
			ip := netip.AddrFrom4([4]byte(s.Addr[4:8]))
			a.Addr = netip.AddrPortFrom(ip, binary.BigEndian.Uint16(s.Addr[2:]))
		}
	case syscall.AF_INET6:
		if len(s.Addr) >= 28 {
			ip := netip.AddrFrom16([16]byte(s.Addr[8:24]))
			if zone := binary.NativeEndian.Uint32(s.Addr[24:]); zone != 0 {
				ip = ip.WithZone(fmt.Sprint(zone))
			}
			a.Addr = netip.AddrPortFrom(ip, binary.BigEndian.Uint16(s.Addr[2:]))
		}
	case syscall.AF_UNIX:
		if len(s.Addr) > int(sunPath) {
			a.Path = cString(s.Addr[sunPath:])
		}
	}
	return a
}

const sunPath = unsafe.Offsetof(syscall.RawSockaddrUnix{}.Path)

func sameAddress(a, b opt.SocketAddress) bool {
	return a.Family == b.Family && a.Type == b.Type && a.Protocol == b.Protocol && a.Addr == b.Addr && a.Path == b.Path &&
		string(a.Raw) == string(b.Raw)
}

// encodeAddress writes the address that an open-socket callback has chosen back for libcurl, if it is another one.
func encodeAddress(p unsafe.Pointer, a opt.SocketAddress) error {
	s := capi.SockAddr{Family: a.Family, Type: a.Type, Protocol: a.Protocol, Addr: a.Raw}
	was := decodeAddress(capi.DecodeSockAddr(p))
	if sameAddress(was, a) {
		return nil
	}
	switch {
	case a.Path != "" && a.Path != was.Path:
		s.Family = syscall.AF_UNIX
		s.Addr = append(familyBytes(s.Family, sunPath), a.Path...)
		s.Addr = append(s.Addr, 0)
	case a.Addr.IsValid() && a.Addr != was.Addr:
		ip := a.Addr.Addr()
		if ip.Is4() || ip.Is4In6() {
			s.Family = syscall.AF_INET
			s.Addr = familyBytes(s.Family, 16)
			v4 := ip.Unmap().As4()
			copy(s.Addr[4:], v4[:])
		} else {
			s.Family = syscall.AF_INET6
			s.Addr = familyBytes(s.Family, 28)
			v6 := ip.As16()
			copy(s.Addr[8:], v6[:])
			zone, err := scope(ip.Zone())
			if err != nil {
				return err
			}
			binary.NativeEndian.PutUint32(s.Addr[24:], zone)
		}
		binary.BigEndian.PutUint16(s.Addr[2:], a.Addr.Port())
	}
	if len(s.Addr) > capi.SockAddrRoom {
		return fmt.Errorf("an address of %d bytes does not fit libcurl's %d", len(s.Addr), capi.SockAddrRoom)
	}
	capi.EncodeSockAddr(p, s)
	return nil
}

// scope is the number of an IPv6 zone.
func scope(zone string) (uint32, error) {
	if zone == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(zone, 10, 32)
	if err != nil {
		return 0, fmt.Errorf("the zone %q of an address must be the index of an interface", zone)
	}
	return uint32(n), nil
}

// familyBytes starts a struct sockaddr of n bytes. BSD systems keep its length in front of a one-byte family.
func familyBytes(family int, n uintptr) []byte {
	b := make([]byte, n)
	if unsafe.Sizeof(syscall.RawSockaddrAny{}.Addr.Family) == 1 {
		b[0], b[1] = byte(n), byte(family)
	} else {
		binary.NativeEndian.PutUint16(b, uint16(family))
	}
	return b
}

func cString(b []byte) string {
	for i, c := range b {
		if c == 0 {
			return string(b[:i])
		}
	}
	return string(b)
}
